"""Commands that read: status, list, show, search."""

from collections.abc import Mapping
from typing import Any

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.grammar import joined_text
from fieldgate.cli.output import say, say_json
from fieldgate.domain.display import cut, pad
from fieldgate.domain.gates import CriterionReport, GateReport, phase
from fieldgate.domain.kinds import KIND_NAMES, OWN_FILE, kinds
from fieldgate.domain.listing import Linked
from fieldgate.domain.records.record import Record
from fieldgate.errors import NotFoundError, UsageError
from fieldgate.words import mark, t
from fieldgate.workspace.reading import Reading, open_reading

RESULTS: Mapping[str, tuple[str, str]] = {
    "met": ("✓", mark("met")),
    "unmet": ("✗", mark("missing")),
    "na": ("–", mark("not applicable")),
}
PLURALS: Mapping[str, str] = {"hypotheses": "hypothesis"} | {f"{name}s": name for name in KIND_NAMES}
_WIDE = 110
_BAR = 10


def open_call(call: Call) -> Reading:
    """Open the workspace that a call means, for reading."""
    return open_reading(call.target(), call.locations, call.clock)


@click.command(name="status")
@command()
def status_command(call: Call) -> None:
    """What the next gate lacks, which record would fix it, and what is next."""
    if call.words:
        raise UsageError(t("status takes no {word}.", word=call.words[0]), t("Form: fieldgate status [PATH]"))
    with open_call(call) as reading:
        if call.as_json:
            say_json(status_data(reading))
        else:
            _say_status(reading)


@click.command(name="list")
@command(words="KIND")
def list_command(call: Call) -> None:
    """All records of a kind, oldest first: hypotheses, customers, meetings, notes, touchpoints, actions and so on."""
    kind = _kind(call.one_word(t("kind of record")))
    with open_call(call) as reading:
        records = list(reading.reader.records(kind))
        if call.as_json:
            rows = [reading.fields_of(record, kind) for record in records]
            say_json({"today": reading.today, "kind": kind, "count": len(rows), "records": rows})
            return
        for record in records:
            say(_line(kind, record))


@click.command(name="show")
@command(words="CODE")
def show_command(call: Call) -> None:
    """One record by its code, such as H3 or BY-SAL-10, with everything linked to it."""
    code = call.one_word(t("code"))
    with open_call(call) as reading:
        found = reading.reader.find(code)
        detail = reading.reader.detail(found[0], found[1]) if found else None
        if found is None or detail is None:
            raise NotFoundError(
                t("There is no record {code}.", code=code), t("`fieldgate search WORDS` finds records by words."), code
            )
        if call.as_json:
            links = [_link_data(each) for each in (*detail.links, *detail.backlinks)]
            count = reading.reader.history_count(found[1])
            record = reading.fields_of(detail.record, found[0])
            say_json({"record": record, "links": links, "history_count": count, "by_former_code": found[2]})
            return
        if found[2]:
            say(
                t(
                    "{old} was given to another record in a merge; this one is {new} now.",
                    old=code.upper(),
                    new=_code(detail.record),
                )
            )
        for name, value in reading.fields_of(detail.record, found[0]).items():
            if value not in (None, "", (), {}, frozenset()):
                say(f"{name}: {_plain(value)}")
        for each in (*detail.links, *detail.backlinks):
            say(f"  {each.role}: {each.kind} {each.code} {cut(each.title, _WIDE)}".rstrip())


@click.command(name="search")
@command(words="WORDS")
def search_command(call: Call) -> None:
    """Find words in everything, in any script; `!word` leaves out."""
    wish = joined_text(call.words, t("word to look for"))
    with open_call(call) as reading:
        hits = reading.reader.search(wish)
        if call.as_json:
            rows = []
            for hit in hits:
                record = reading.reader.record(hit.kind, hit.id)
                if record is not None:
                    rows.append({**reading.fields_of(record, hit.kind), "found_in": hit.where})
            say_json({"today": reading.today, "kind": None, "count": len(rows), "records": rows})
            return
        for hit in hits:
            say(f"{pad(hit.code or hit.kind, 11)} {cut(hit.title, _WIDE)}")
        if not hits:
            say(t("Nothing has these words."))


def status_data(reading: Reading) -> dict[str, Any]:
    """Return what `status --json` says."""
    report, summary, facts = reading.report, reading.summary, reading.facts
    gate = report.gate if report else None
    return {
        "workspace": {"id": facts.workspace.id, "name": facts.workspace.name, "path": str(reading.path)},
        "today": reading.today,
        "at": None,
        "phase": phase(facts),
        "step": gate.step if gate else None,
        "gate": None
        if gate is None
        else {
            "id": gate.id,
            "round": gate.round,
            "opened_on": gate.opened_on,
            "decide_by": gate.decide_by,
            "overdue": bool(report and report.overdue),
            "stop_if": gate.stop_if,
        },
        "criteria": [criterion_data(each) for each in report.criteria] if report else [],
        "met": summary.met,
        "total": summary.total,
        "readiness": summary.readiness,
        "next": [
            {
                "rule": each.rule,
                "text": each.text,
                "kind": each.kind,
                "id": each.id,
                "code": each.code,
                "command": each.command,
            }
            for each in summary.next
        ],
        "waiting": dict(summary.waiting),
    }


def criterion_data(report: CriterionReport) -> dict[str, Any]:
    """Return one criterion as JSON has it."""
    return {
        "id": report.criterion.id,
        "title": t(report.criterion.title),
        "kind": report.criterion.kind,
        "result": report.result,
        "text": report.text,
        "reason": report.reason or None,
        "fix": [{"kind": each.kind, "id": each.id, "code": each.code, "text": each.text} for each in report.fix],
    }


def _say_status(reading: Reading) -> None:
    report, summary = reading.report, reading.summary
    if report is None:
        words = {"stopped": t("stopped"), "done": t("done")}
        say(f"{summary.name} · {words.get(summary.phase, summary.phase)}")
        return
    _say_head(reading, report)
    for each in report.criteria:
        glyph, word = RESULTS[each.result]
        say(f"  {glyph} {pad(t(word), 14)} {t(each.criterion.title)}")
        say(f"      {each.reason or each.text}")
        if each.result == "unmet":
            for fix in each.fix:
                say(f"      → {(fix.code + ' ') if fix.code else ''}{cut(fix.text, _WIDE)}")
    say()
    for number, entry in enumerate(summary.next):
        say(f"{t('NEXT') if number == 0 else '    '}  {entry.text}")
    if summary.waiting_in_all:
        waiting = ", ".join(f"{kind} {count}" for kind, count in summary.waiting.items() if count)
        say()
        say(t("Triage: {count} waiting ({kinds})", count=summary.waiting_in_all, kinds=waiting))


def _say_head(reading: Reading, report: GateReport) -> None:
    summary, gate = reading.summary, report.gate
    step = reading.playbook.step(gate.step)
    filled = _BAR * summary.met // max(1, summary.total)
    say(t("{name} · {step}, round {round} · {met} of {total} met {bar} {percent} %",
          name=summary.name, step=t(step.title), round=gate.round, met=summary.met, total=summary.total,
          bar="█" * filled + "▒" * (_BAR - filled), percent=summary.readiness))  # fmt: skip
    late = t("overdue") if report.overdue else ""
    say(t("Decide by {day} {late}", day=gate.decide_by, late=late).rstrip())
    say(t("Stop if: {text}", text=gate.stop_if or t("not written yet")))
    say()


def _kind(word: str) -> str:
    name = PLURALS.get(word.lower(), word.lower())
    if name not in kinds():
        allowed = ", ".join(each if each == "evidence" else f"{each}s" for each in OWN_FILE).replace(
            "hypothesiss", "hypotheses"
        )
        raise UsageError(
            t("There is no kind of record called {word}.", word=word), t("Kinds: {kinds}", kinds=allowed), word
        )
    return name


def _line(kind: str, record: Record) -> str:
    spec = kinds()[kind]
    title = next(
        (
            str(getattr(record, name))
            for name in (spec.title_field, *spec.body_fields)
            if name and getattr(record, name)
        ),
        "",
    )
    state = getattr(record, "state", None) or getattr(record, "status", None) or getattr(record, "outcome", None) or ""
    return f"{pad(_code(record) or record.id, 11)} {pad(str(state), 10)} {cut(title, _WIDE)}".rstrip()


def _code(record: Record) -> str:
    return str(getattr(record, "code", "") or getattr(record, "handle", "") or getattr(record, "key", ""))


def _link_data(linked: Linked) -> dict[str, Any]:
    return {
        "kind": linked.kind,
        "id": linked.id,
        "code": linked.code,
        "title": linked.title,
        "role": linked.role,
        "facts": linked.facts,
    }


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return str(value)
