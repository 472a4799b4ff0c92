"""Triage without the screen: the same questions as lines, the queue as JSON, one verdict at a time for scripts."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.acting import acting, tell_done
from fieldgate.cli.answers import read_answers, split_answers
from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.moves.ask import Ask
from fieldgate.errors import FieldgateError, RefusedError, UsageError
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.triage import Session
    from fieldgate.workspace.triage_sheet import Sheet
    from fieldgate.workspace.triage_values import EndCard, Gauge, Option

PROMPT = mark("Letter and answers, space to skip, u to undo, q to end: ")
UNKNOWN = mark("{word} is no verdict here.")


@click.command(name="triage")
@command(writes=True)
@click.option("--plain", is_flag=True, help=t("Ask as lines on standard output, answered on standard input."))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help=t("Only this kind; may be given several times."))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=t("End after so many verdicts."))
@click.option("--minutes", type=click.IntRange(min=1), metavar="N", help=t("End after so many minutes."))
def triage_command(call: Call, *, plain: bool, kinds: tuple[str, ...], limit: int | None, minutes: int | None) -> None:
    """Empty the queue by deciding, one item at a time; --json lists what waits with its legal verdicts."""
    from fieldgate.workspace.triage import Session  # loads the rules, which --help does not need
    from fieldgate.workspace.triage_values import Limits  # as above
    from fieldgate.workspace.triage_view import kind_names  # as above

    for kind in kinds:
        if kind not in kind_names():
            raise UsageError(
                t("There is no kind of triage called {kind}.", kind=kind),
                t("Kinds: {kinds}", kinds=", ".join(kind_names())),
                kind,
            )
    if not (plain or call.as_json):
        raise UsageError(
            t("Triage on the screen starts with t; here it is asked as lines or listed."),
            t("Say --plain to be asked, or --json for the list. The screen: fieldgate, then t."),
        )
    with acting(call) as workspace:
        session = Session(workspace, Limits(kinds=kinds, items=limit, minutes=minutes))
        if call.as_json:
            _say_queue(workspace, session, limit)
        else:
            _ask(workspace, session)


@click.command(name="decide")
@command(words="ITEM VERDICT [NAME=VALUE…]", writes=True)
def decide_command(call: Call) -> None:
    """Take one verdict on an item that waits, by the rules and refusals of a session."""
    from fieldgate.workspace.triage import Session  # loads the rules, which --help does not need

    if len(call.words) < 2:  # noqa: PLR2004  an item and a verdict
        raise UsageError(
            t("An item and a verdict are wanted."), t("`fieldgate triage --json` lists both for everything that waits.")
        )
    item_id, verdict, *rest = call.words
    with acting(call) as workspace:
        session = Session(workspace)
        item = next((each for each in session.items if item_id in {each.id, each.code}), None)
        found = item_id if item is None else item.id
        move_id = verdict if "." in verdict or item is None else _move_id(session, item, verdict)
        before = workspace.report()
        answers: dict[str, object] = {}
        if item is not None:
            answers = _answers(workspace, session, item, move_id, split_answers(rest))
        state = session.decide(found, move_id, answers)
        tell_done(workspace, call, state, before)


def _say_queue(workspace: "Workspace", session: "Session", limit: int | None) -> None:
    from fieldgate.workspace.triage_sheet import sheet_of  # as above

    rows = []
    for item in session.items[:limit]:
        sheet = sheet_of(workspace, item)
        rows.append(
            {
                "item": item.id,
                "kind": item.kind,
                "record": {"kind": item.record_kind, "id": item.record_id, "code": item.code or None},
                "since": item.since,
                "text": sheet.text,
                "facts": [{"label": label, "text": text} for label, text in sheet.lines],
                "verdicts": [_verdict_data(session, item, each) for each in session.options(item)],
            }
        )
    gauge = session.gauge()
    say_json({"today": workspace.clock.today(), "count": len(rows), "items": rows, "readiness": gauge.readiness})


def _verdict_data(session: "Session", item: "Item", option: "Option") -> dict[str, Any]:
    defaults = session.defaults(item, option.move.id)
    return {
        "verdict": option.move.id,
        "letter": option.letter or None,
        "words": option.label,
        "legal": not option.missing,
        "missing": list(option.missing),
        "asks": [
            {"name": ask.name, "words": t(ask.words), "holds": ask.holds, "required": ask.required,
             "now": defaults.get(ask.name)}
            for ask in option.move.asks
        ],
    }  # fmt: skip


def _ask(workspace: "Workspace", session: "Session") -> None:
    while True:
        item = session.current()
        if item is None:
            break
        _say_item(workspace, session, item)
        if not _decide_by_lines(workspace, session, item):
            break
    _say_end(session.end())


def _decide_by_lines(workspace: "Workspace", session: "Session", item: "Item") -> bool:
    """Ask until the item is decided, skipped or another comes; False when the session is to end."""
    while True:
        line = _line(t(PROMPT))
        if line is None or line.strip() == "q":
            return False
        try:
            if line.strip() == "u":
                session.undo()
                say(t("Taken back."))
                return True
            if not line.strip():
                session.skip(item.id)
                return True
            _take(workspace, session, item, line.strip())
        except FieldgateError as error:
            _say_refusal(error)
            continue
        return True


def _take(workspace: "Workspace", session: "Session", item: "Item", line: str) -> None:
    word, _, rest = line.partition(" ")
    letter, strength = (word[0], word[1:]) if word[:1] in "yn" and word[1:].isdecimal() else (word, "")
    move_id = _move_id(session, item, letter)
    given = split_answers(_words(rest)) if rest else {}
    option = next(each for each in session.options(item) if each.move.id == move_id)
    if option.missing:
        raise RefusedError(option.missing[0], missing=option.missing)
    if strength:
        given.setdefault("strength", strength)
    _complete(workspace, session, item, option, given)
    before = session.gauge()
    session.decide(item.id, move_id, _answers(workspace, session, item, move_id, given))
    if session.last is not None:
        say(f"{session.last.words}  {_moved(before, session.gauge())}".rstrip())


def _complete(
    workspace: "Workspace", session: "Session", item: "Item", option: "Option", given: dict[str, str]
) -> None:
    """Ask for what the verdict needs and nobody gave; an empty line leaves what stands there."""
    defaults = session.defaults(item, option.move.id)
    for ask in option.move.asks:
        now = defaults.get(ask.name)
        if ask.name in given or (not ask.required and now is None) or (now is not None and not _asked_for(ask)):
            continue
        shown = f" [{getattr(now, 'value', now)}]" if now is not None else ""
        choices = "/".join(each.value for each in _choices(workspace, session, item, option, ask))
        line = _line(f"  {t(ask.words)}{f' ({choices})' if choices else ''}{shown}: ")
        if line is None:
            raise RefusedError(t("{words} is missing.", words=t(ask.words)))
        if line.strip():
            given[ask.name] = line.strip()


def _asked_for(ask: Ask) -> bool:
    """Whether a verdict asks for it even where something stands there: what a person has to say themselves."""
    return ask.name in {"strength", "due", "until"}


def _choices(workspace: "Workspace", session: "Session", item: "Item", option: "Option", ask: Ask) -> Iterator[Any]:
    del session, item
    record = workspace.facts.get(option.move.kind, option.record_id)
    if record is not None:
        yield from ask.options(workspace.facts, record, workspace.occasion())


def _say_item(workspace: "Workspace", session: "Session", item: "Item") -> None:
    from fieldgate.workspace.triage_sheet import sheet_of  # as above

    number, total = session.position()
    gauge = session.gauge()
    say()
    say(t("{kind} {number} of {total}   gate {met}/{all}, {percent} %", kind=t(session.kind_of(item).title),
          number=number, total=total, met=gauge.met, all=gauge.total, percent=gauge.readiness))  # fmt: skip
    sheet = sheet_of(workspace, item)
    say_wrapped(sheet.text, f"{sheet.code} " if sheet.code else "")
    for label, text in sheet.lines:
        say_wrapped(text, f"  {label}: ")
    _say_beliefs(sheet)
    for option in session.options(item):
        lacks = f"  ({option.missing[0]})" if option.missing else ""
        say_wrapped(f"{option.label}{lacks}", f"  {option.letter or option.move.id.partition('.')[2]:<2} ")


def _say_beliefs(sheet: "Sheet") -> None:
    for belief in sheet.beliefs:
        key = t("key") if belief.key else ""
        counts = t("yes {yes} maybe {maybe} no {no}", yes=belief.yes, maybe=belief.maybe, no=belief.no)
        say_wrapped(f"{belief.statement} · {counts} {key}".rstrip(), f"  {belief.code} ")


def _say_refusal(error: FieldgateError) -> None:
    say(error.message)
    for each in getattr(error, "missing", ()):
        if each != error.message:
            say_wrapped(each, "  - ")
    if error.hint:
        say(error.hint)


def _say_end(card: "EndCard") -> None:
    say()
    decided = ", ".join(f"{kind} {count}" for kind, count in card.decided.items())
    say(t("Decided: {decided}", decided=decided or t("nothing")))
    if card.snoozed or card.skipped:
        say(t("Snoozed {snoozed}, skipped {skipped}", snoozed=card.snoozed, skipped=card.skipped))
    for words, ids in ((t("Now met: {ids}"), card.met), (t("No longer met: {ids}"), card.unmet)):
        if ids:
            say(words.format(ids=", ".join(ids)))
    waiting = ", ".join(f"{kind} {count}" for kind, count in card.waiting.items())
    say(t("Still waiting: {waiting}", waiting=waiting or t("nothing")))


def _moved(before: "Gauge", after: "Gauge") -> str:
    return "" if before.met == after.met else t("gate {before} → {after}", before=before.met, after=after.met)


def _move_id(session: "Session", item: "Item", verdict: str) -> str:
    """Return the verdict that a letter or a name means: a legal one before one that lacks something."""
    options = session.options(item)
    named = [each for each in options if verdict in {each.letter, each.move.id.partition(".")[2]}]
    named.sort(key=lambda each: bool(each.missing))
    if not named:
        offered = ", ".join(f"{each.letter or each.move.id.partition('.')[2]} {each.label}" for each in options)
        raise RefusedError(t(UNKNOWN, word=verdict), t("Verdicts: {offered}", offered=offered), item.id)
    return named[0].move.id


def _answers(
    workspace: "Workspace", session: "Session", item: "Item", move_id: str, given: dict[str, str]
) -> dict[str, object]:
    option = next((each for each in session.options(item) if each.move.id == move_id), None)
    if option is None:
        return dict(given)
    return read_answers(option.move, given, workspace.store, workspace.facts, workspace.clock.today())


def _words(rest: str) -> list[str]:
    """Split NAME=VALUE words; what follows without a `=` belongs to the value before."""
    words: list[str] = []
    for part in rest.split():
        if "=" in part or not words:
            words.append(part)
        else:
            words[-1] += f" {part}"
    return words


def _line(prompt: str) -> str | None:
    """Ask for a line; None at the end of the input."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        tell("")
        return None
    return line.rstrip("\n")
