"""The gate: what each criterion says with its proof, and the moves that close, waive or re-date it."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from fieldgate.cli.acting import acting, do
from fieldgate.cli.answers import read_answers, split_answers
from fieldgate.cli.call import Call, command
from fieldgate.cli.deciding import decide
from fieldgate.cli.grammar import read_input
from fieldgate.cli.output import say_json, tell
from fieldgate.cli.reading import open_call
from fieldgate.cli.status import gate_report_data, say_gate
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.errors import BusyError, UsageError
from fieldgate.words import t
from fieldgate.workspace import reporting
from fieldgate.workspace.naming import find_record

if TYPE_CHECKING:
    from fieldgate.workspace.service import Workspace

PLACES: Mapping[str, str] = {
    "advance": "decide_by",
    "stop": "stop_kind",
    "redate": "decide_by",
    "reopen": "decide_by",
    "na": "criterion",
    "applies": "criterion",
    "hear": "evidence",
}
"""What the one word behind a move of the gate answers."""


@click.command(name="gate")
@command(words="[advance|pivot|stop|redate|na|applies|hear|reopen …]", writes=True)
@click.option("--reason", metavar="TEXT", help=t("Why: of stop, redate, na."))
@click.option("--decide-by", metavar="DAY", help=t("The day by which the next gate is decided."))
@click.option("--stop-if", metavar="TEXT", help=t("The state of the world on that day that means we stop."))
def gate_command(call: Call, **given: str | None) -> None:
    """The open gate with the proof of each criterion; behind it a move decides it.

    \b
    advance [DAY]            leave the step; the next gate opens
    pivot FILE|-             change beliefs: JSON, a list of {hypothesis, statement, pivot_kind, reason, segment}
    stop KIND --reason T     KIND is no_market, too_small or other; the closing
                             report is written beside the workspace
    redate DAY --reason T    once
    na CRITERION --reason T  it does not apply;  applies CRITERION takes that back
    hear N12:H3              the strongest contrary piece was opened
    reopen [DAY]             after a stop
    """  # noqa: D301  click's mark for a paragraph that is not to be wrapped
    told = {name: value for name, value in given.items() if value is not None}
    if not call.words:
        _show(call, told)
        return
    verb, *rest = call.words
    if f"gate.{verb}" not in MOVES:
        verbs = ", ".join(move.partition(".")[2] for move in MOVES if move.startswith("gate."))
        raise UsageError(t("The gate has no move {verb}.", verb=verb), t("Moves: {verbs}", verbs=verbs), verb)
    if verb == "pivot":
        _pivot(call, rest, told)
        return
    if rest and "=" not in rest[0] and verb in PLACES:
        rest[0] = f"{PLACES[verb]}={rest[0]}"
    answers = {**told, **split_answers(rest)}
    with acting(call) as workspace:
        decide(workspace, call, find_record(workspace.store, workspace.facts, "gate"), verb, answers)
        if verb == "stop":
            _write_closing(workspace)


def _write_closing(workspace: "Workspace") -> None:
    """Write the closing report; the stop stands also where it cannot be written."""
    try:
        tell(t("The closing report is in {path}", path=reporting.write_closing(workspace)))
    except BusyError as error:
        tell(error.message)
        tell(t("To write it elsewhere: fieldgate export closing --to FILE"))


def _show(call: Call, told: Mapping[str, str]) -> None:
    if told:
        raise UsageError(t("--{name} belongs to a move of the gate.", name=next(iter(told)).replace("_", "-")))
    with open_call(call) as reading:
        if call.as_json:
            say_json(gate_report_data(reading))
        else:
            say_gate(reading)


def _pivot(call: Call, words: Sequence[str], told: Mapping[str, str]) -> None:
    if len(words) != 1:
        raise UsageError(t("A file of changed beliefs is wanted, or -."), t("Form: fieldgate gate pivot FILE"))
    changes = _read_changes(words[0])
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, "gate")
        move = MOVES["gate.pivot"]
        kept = {name: value for name, value in told.items() if name != "reason"}
        answers = read_answers(move, kept, workspace.store, workspace.facts, call.clock.today())
        do(workspace, call, move.id, named.id, {**answers, "changes": changes})


def _read_changes(name: str) -> list[dict[str, Any]]:
    try:
        if name == "-":
            text = read_input()
        else:
            with open(name, encoding="utf-8") as source:  # noqa: PTH123  a path as it was typed
                text = source.read()
        changes = json.loads(text)
    except OSError as why:
        raise UsageError(t("{path} cannot be read: {why}.", path=name, why=why.strerror), where=name) from why
    except ValueError as why:
        raise UsageError(t("{path} is no JSON: {why}.", path=name, why=why), where=name) from why
    if not isinstance(changes, list) or not all(isinstance(each, dict) for each in changes):
        raise UsageError(
            t("{path} is no list of changed beliefs.", path=name),
            t('Write [{{"hypothesis": "H1", "statement": "…", "pivot_kind": "segment", "reason": "…"}}].', _=""),
            name,
        )
    return changes
