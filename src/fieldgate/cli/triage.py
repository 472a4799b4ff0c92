"""Triage without the screen: the same questions as lines, the queue as JSON, one verdict at a time for scripts."""

from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.acting import acting, tell_done
from fieldgate.cli.answers import split_answers
from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say_json
from fieldgate.cli.verdicts import answers_of, move_of
from fieldgate.errors import UsageError
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.triage import Session
    from fieldgate.workspace.triage_values import Option


@click.command(name="triage")
@command(writes=True)
@click.option("--plain", is_flag=True, help=t("Ask as lines on standard output, answered on standard input."))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help=t("Only this kind; may be given several times."))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=t("End after so many verdicts."))
@click.option("--minutes", type=click.IntRange(min=1), metavar="N", help=t("End after so many minutes."))
@click.option("--go-on", is_flag=True, help=t("Take up the session that was interrupted, with its undo."))
def triage_command(
    call: Call, *, plain: bool, kinds: tuple[str, ...], limit: int | None, minutes: int | None, go_on: bool
) -> None:
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
        limits = Limits(kinds=kinds, items=limit, minutes=minutes)
        as_before = go_on and limits == Limits()
        session = Session(workspace, None if as_before else limits, go_on=go_on, lasting=plain)
        if call.as_json:
            _say_queue(workspace, session, limit)
        else:
            from fieldgate.cli.triage_plain import ask_by_lines  # as above

            ask_by_lines(workspace, session)


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
        session = Session(workspace, lasting=False)
        item = next((each for each in session.items if item_id in {each.id, each.code}), None)
        found = item_id if item is None else item.id
        move_id = verdict if "." in verdict or item is None else move_of(session, item, verdict)
        before = workspace.report()
        answers: dict[str, object] = {}
        if item is not None:
            answers = answers_of(workspace, session, item, move_id, split_answers(rest))
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
                "question": check.text if (check := session.question(item)) else None,
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
