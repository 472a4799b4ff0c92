"""Commands that change something: who acts, doing one move, and saying what came of it."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.call import Call
from fieldgate.cli.output import say, say_error, say_json, tell
from fieldgate.domain.changes import Act, Create
from fieldgate.domain.folding import same
from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.record import Record
from fieldgate.errors import FieldgateError, UsageError
from fieldgate.settings import load_settings
from fieldgate.words import t
from fieldgate.workspace.door import open_workspace

if TYPE_CHECKING:
    from fieldgate.domain.gates import GateReport
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.state import State


@contextmanager
def acting(call: Call) -> Iterator["Workspace"]:
    """Open the workspace of a call for writing, and settle who acts.

    Raises:
        UsageError: Nobody said who, or nobody here has that handle.
    """
    workspace = open_workspace(call.target(), call.locations, call.clock, call.author)
    try:
        told = "" if call.as_is else _take_in(workspace)
        _settle_author(workspace, call)
        yield workspace
        unwritten = "" if call.no_sync else _give_out(workspace)
        if unwritten not in {"", told}:
            tell(unwritten)
    finally:
        workspace.close(give_out=False)
        trouble = workspace.guard.take_trouble()
        if trouble is not None:
            say_error(trouble, as_json=False)


def _take_in(workspace: "Workspace") -> str:
    """Take in what is new, and say so; returns why nothing can be written, where that is known already."""
    _, report = workspace.take_in_shared()
    if not report.quiet:
        tell(report.line)
    return report.unwritten


def _give_out(workspace: "Workspace") -> str:
    """Write to the folder; returns why not, for what was done stands, and was answered: once more would double it."""
    try:
        return workspace.give_out().unwritten
    except FieldgateError as error:
        return f"{error.message} {error.hint}".strip()


def _settle_author(workspace: "Workspace", call: Call) -> None:
    handles = sorted(each.handle for each in workspace.facts.members.values() if each.live)
    if call.author and not any(same(each, call.author) for each in handles):
        raise UsageError(
            t("Nobody here has the handle {handle}.", handle=call.author),
            t("Members: {handles}", handles=", ".join(handles)),
            "--as",
        )
    if workspace.author:
        return
    told = load_settings(call.locations).author_of(workspace.facts.workspace.id)
    if told and any(same(each, told) for each in handles):
        workspace.act_as(told)
    elif sys.stdin.isatty() and handles:
        chosen = click.prompt(t("Who are you?"), type=click.Choice(handles), err=True)
        workspace.choose_author(str(chosen))


def do(
    workspace: "Workspace", call: Call, move_id: str, record_id: str | None, answers: Mapping[str, object]
) -> Act | None:
    """Do one move and say what came of it.

    Raises:
        RefusedError: A rule refuses it; `missing` says what it lacks.
    """
    before = workspace.report()
    state = workspace.perform(move_id, record_id, answers)
    tell_done(workspace, call, state, before)
    return workspace.last_act


def tell_done(
    workspace: "Workspace", call: Call, state: "State", before: "GateReport | None", form: str = "{words}"
) -> None:
    """Say what an act did: the codes of new records on standard output, its words and what turned on the other.

    Args:
        workspace: Where it was done.
        call: How to answer.
        state: The state after it.
        before: What the gate said before it.
        form: The sentence around its words.
    """
    act = workspace.last_act
    made = made_records(act)
    turned = list(turned_criteria(before, state.report))
    if call.as_json:
        say_json(
            {
                "done": act.words if act else "",
                "records": [record_key(each) for each in made],
                "turned": [{"id": name, "result": result} for name, _, result in turned],
                "step": state.report.gate.step if state.report else None,
                "met": state.report.met if state.report else 0,
                "total": state.report.total if state.report else 0,
                "readiness": state.report.readiness if state.report else 0,
            }
        )
        return
    for each in made:
        if code_of(each):
            say(code_of(each))
    if act and act.words:
        tell(form.format(words=act.words))
    for _, title, result in turned:
        tell(t("{title}: now {result}", title=t(title), result=RESULT_WORDS[result]()))


def made_records(act: Act | None) -> list[Record]:
    """Return what an act created, as it was stored: with its code."""
    made: dict[str, Record] = {}
    for each in act.changes if act else ():
        if isinstance(each, Create) and KIND_OF[type(each.record)] != "check":
            made[each.record.id] = each.record
    return list(made.values())


def record_key(record: Record) -> dict[str, Any]:
    """Return what a record is told apart by, as JSON has it."""
    return {"kind": KIND_OF[type(record)], "id": record.id, "code": code_of(record) or None}


def code_of(record: Record) -> str:
    """Return what people call a record: its code, a handle, the key of a check, step and round of a gate; or nothing."""
    step = getattr(record, "step", None)
    if KIND_OF[type(record)] == "gate" and step:
        return f"{step}.{getattr(record, 'round', '')}"
    return str(getattr(record, "code", "") or getattr(record, "handle", "") or getattr(record, "key", ""))


def turned_criteria(before: "GateReport | None", after: "GateReport | None") -> Iterator[tuple[str, str, str]]:
    """Yield id, title and new result of the criteria that an act turned, while the gate is the same."""
    if before is None or after is None or before.gate.id != after.gate.id:
        return
    old = {each.criterion.id: each.result for each in before.criteria}
    for each in after.criteria:
        if old.get(each.criterion.id, each.result) != each.result:
            yield each.criterion.id, each.criterion.title, each.result


RESULT_WORDS = {"met": lambda: t("met"), "unmet": lambda: t("missing"), "na": lambda: t("not applicable")}
