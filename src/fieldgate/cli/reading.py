"""Commands that read: status, list, show, search."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from fieldgate.cli.call import Call, command, read_day
from fieldgate.cli.grammar import joined_text
from fieldgate.cli.kind_words import kind_named
from fieldgate.cli.layout import columns, one_line, say_wrapped
from fieldgate.cli.listing import say_list
from fieldgate.cli.output import plain_value, say, say_json
from fieldgate.cli.status import say_status, status_data, tell_troubles
from fieldgate.domain.display import pad
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import kinds
from fieldgate.domain.listing import Linked
from fieldgate.domain.records.learning import Evidence
from fieldgate.errors import NotFoundError, UsageError
from fieldgate.words import t
from fieldgate.workspace.naming import Named, find_record
from fieldgate.workspace.reading import Reading, open_reading

_ELSEWHERE = frozenset(
    {"id", "kind_of_record", "code", "derived", "conflicts", "former_codes", "snapshot", "created_at", "updated_at",
     "created_by", "updated_by", "deleted_at"}
)  # fmt: skip
"""Fields of a record that stand in its title or its last line, or are for programs only."""
_CODE = 11
_ROLE = 16


def open_call(call: Call) -> Reading:
    """Open the workspace that a call means, for reading; files that had to be left out are told."""
    reading = open_reading(call.target(), call.locations, call.clock, as_is=call.as_is)
    tell_troubles(reading)
    return reading


@click.command(name="status")
@command()
@click.option("--at", callback=read_day, metavar="DATE", help=t("As it stood at the end of this day."))
def status_command(call: Call, *, at: date | None = None) -> None:
    """What the next gate lacks, which record would fix it, and what is next."""
    if call.words:
        raise UsageError(
            t("{word} is no workspace.", word=call.words[0]),
            t("A workspace is a folder with workspace.md, or a file that ends in .fieldgate or .zip."),
            call.words[0],
        )
    with open_call(call) as reading:
        if at is not None:
            from fieldgate.cli.past import say_past  # few look back

            say_past(call, reading, at)
        elif call.as_json:
            say_json(status_data(reading))
        else:
            say_status(reading)


@click.command(name="list")
@command(words="KIND")
@click.option("--archived", is_flag=True, help=t("Those that were put away; `fieldgate restore CODE` brings one back."))
def list_command(call: Call, *, archived: bool = False) -> None:
    """All records of a kind: hypotheses, customers, meetings, notes, touchpoints, requirements, actions and so on."""
    kind = kind_named(call.one_word(t("kind of record")))
    with open_call(call) as reading:
        if call.as_json:
            rows = [reading.fields_of(record, kind) for record in reading.reader.records(kind, archived=archived)]
            say_json({"today": reading.today, "kind": kind, "count": len(rows), "records": rows})
        else:
            say_list(reading, kind, archived=archived)


@click.command(name="show")
@command(words="CODE", writes=True)
@click.option(
    "--contrary", is_flag=True, help=t("The strongest piece against a hypothesis; the gate then has it heard.")
)
def show_command(call: Call, *, contrary: bool = False) -> None:
    """One record, with everything linked to it; CODE is such as H3, BY-SAL-10, a handle, gate or workspace."""
    code = call.one_word(t("code"))
    if contrary:
        from fieldgate.cli.contrary import say_contrary  # it writes; the rest of show needs no writing side

        say_contrary(call, code)
        return
    with open_call(call) as reading:
        named = find_record(reading.reader, reading.facts, code)
        detail = reading.reader.detail(named.kind, named.id)
        if detail is None:
            raise NotFoundError(t("There is no record {code}.", code=code), where=code)
        record = reading.fields_of(detail.record, named.kind)
        links = (*detail.links, *detail.backlinks)
        if call.as_json:
            count = reading.reader.history_count(named.id)
            data = {"record": record, "links": [_link_data(each) for each in links], "history_count": count}
            say_json({**data, "by_former_code": named.former})
            return
        if named.former:
            new = record.get("code") or named.id
            say_wrapped(
                t("{old} was given to another record in a merge; this one is {new}.", old=code.upper(), new=new)
            )
        _say_record(reading, named.kind, record)
        _say_links(reading, named, links)


@click.command(name="search")
@command(words="WORDS")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help=t("How many at most."))
def search_command(call: Call, *, limit: int) -> None:
    """Find words in everything, in any script; `!word` leaves out."""
    wish = joined_text(call.words, t("word to look for"))
    with open_call(call) as reading:
        hits = reading.reader.search(wish, limit)
        if call.as_json:
            rows = []
            for hit in hits:
                record = reading.reader.record(hit.kind, hit.id)
                if record is not None:
                    rows.append({**reading.fields_of(record, hit.kind), "found_in": hit.where})
            say_json({"today": reading.today, "kind": None, "count": len(rows), "records": rows})
            return
        for hit in hits:
            say(f"{pad(hit.code or hit.kind, _CODE)} {one_line(hit.title, columns() - _CODE - 1)}".rstrip())
        if not hits:
            say(t("Nothing has these words."))


def _say_record(reading: Reading, kind: str, record: Mapping[str, Any]) -> None:
    spec = kinds()[kind]
    title = _title(kind, record)
    say_wrapped(title, first=f"{record.get('code') or kind}  ")
    say()
    linked = {name for name in record if name.endswith("_id")}
    hidden = _ELSEWHERE | linked | {*spec.body_fields, spec.title_field}
    for name, value in {**record, **record["derived"]}.items():
        asked = name in spec.fields and spec.fields[name].optional and value is False
        if name not in hidden and (asked or _worth(value)):
            handles = [_handle(reading, each) for each in value] if name == "members" else value
            say_wrapped(_shown(handles), first=f"{name}: ")
    for name in spec.body_fields:
        if record[name] and name not in _ELSEWHERE and record[name] != title:
            say()
            say(f"{name}:")
            say_wrapped(str(record[name]), first="  ")
    for each in record["conflicts"]:
        field = ".".join(str(part) for part in each["field"])
        say_wrapped(t("There are two versions of {field}; --json tells both.", field=field), first="! ")
    say()
    say(_stamps(record))


def _stamps(record: Mapping[str, Any]) -> str:
    text = t("written {day} by {who}", day=record["created_at"][:10], who=record["created_by"] or "?")
    if record["updated_at"] != record["created_at"]:
        text += t(", changed {day} by {who}", day=record["updated_at"][:10], who=record["updated_by"] or "?")
    return text + (t(", archived {day}", day=record["deleted_at"][:10]) if record["deleted_at"] else "")


def _handle(reading: Reading, member_id: str) -> str:
    member = reading.facts.members.get(member_id)
    return member.handle if member else member_id


def _title(kind: str, record: Mapping[str, Any]) -> str:
    spec = kinds()[kind]
    names = (spec.title_field, *spec.body_fields, "name", "step")
    found = next((str(record[name]) for name in names if name and record.get(name)), kind)
    return found if "\n" not in found.strip() else found.strip().partition("\n")[0]


def _say_links(reading: Reading, named: Named, links: tuple[Linked, ...]) -> None:
    if links:
        say()
    for each in links:
        if each.kind == "evidence":
            code, facts, title = _evidence_words(reading, named, each)
        else:
            told = (str(value) for value in each.facts.values() if value not in (None, "", 0, False))
            code, title = each.code or each.kind, each.title
            facts = " ".join(word for word in told if not is_id(word) and not word.endswith("Z"))
        left = f"{pad(each.role.removesuffix('_id'), _ROLE)} {pad(code, _CODE)} "
        text = f"{title}  ({facts})" if facts else title
        say(f"{left}{one_line(text, max(10, columns() - _ROLE - _CODE - 2))}".rstrip())


def _evidence_words(reading: Reading, named: Named, linked: Linked) -> tuple[str, str, str]:
    """Return code, answer and text of what stands at the other end of a piece of evidence."""
    piece = reading.reader.record("evidence", linked.id)
    if not isinstance(piece, Evidence):
        return linked.kind, "", linked.title
    kind, other = ("hypothesis", piece.hypothesis_id) if named.kind == "note" else ("note", piece.note_id)
    record = reading.reader.record(kind, other)
    text = getattr(record, "text", "") or getattr(record, "statement", "")
    return getattr(record, "code", kind), "", f"{piece.stance} {piece.strength}  {text}"


def _link_data(linked: Linked) -> dict[str, Any]:
    return {
        "kind": linked.kind,
        "id": linked.id,
        "code": linked.code,
        "title": linked.title,
        "role": linked.role,
        "facts": linked.facts,
    }


def _worth(value: Any) -> bool:
    return value not in (None, False, "", [], {}, ()) and value != 0


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_shown(each) for each in value)
    return str(plain_value(value)) if not isinstance(value, int | float) else f"{value:g}"
