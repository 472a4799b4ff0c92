"""Commands that decide: rule, lock, move, archive, restore, and the gate's moves."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from fieldgate.cli.acting import acting, do
from fieldgate.cli.answers import ask_line, read_answers, split_answers
from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json
from fieldgate.cli.upkeep import is_backup, restore_backup
from fieldgate.cli.versions import bring_back
from fieldgate.domain.display import pad
from fieldgate.domain.moves.catalog import MOVES, possible
from fieldgate.domain.moves.move import Move
from fieldgate.errors import NotFoundError, UsageError
from fieldgate.words import t
from fieldgate.workspace.naming import Named, find_record

if TYPE_CHECKING:
    from fieldgate.domain.records.record import Record
    from fieldgate.workspace.service import Workspace

RULINGS: Mapping[str, str] = {"supported": "hypothesis.support", "refuted": "hypothesis.refute"}
_CELLS = 14


@click.command(name="rule")
@command(words="CODE supported|refuted", writes=True)
@click.option("--learned", metavar="TEXT", help=t("What was learned."))
@click.option("--therefore", metavar="TEXT", help=t("What follows from it."))
@click.option("--reason", metavar="TEXT", help=t("Why, if you rule against the numbers."))
def rule_command(call: Call, **given: str | None) -> None:
    """Rule on a hypothesis that is being tested."""
    if len(call.words) != len(("CODE", "RULING")) or call.words[1] not in RULINGS:
        raise UsageError(
            t("A code and a ruling are wanted here."),
            t("Form: fieldgate rule [PATH] CODE supported|refuted --learned TEXT"),
        )
    code, ruling = call.words
    _decide(call, code, RULINGS[ruling], {name: value for name, value in given.items() if value is not None})


@click.command(name="lock")
@command(words="CODE [FIELD=VALUE…]", writes=True)
def lock_command(call: Call) -> None:
    """Lock the prediction of a hypothesis: from now on it is tested, and the bet stays the bet."""
    if not call.words:
        raise UsageError(t("Which hypothesis?"), t("Form: fieldgate lock [PATH] CODE"))
    _decide(call, call.words[0], "hypothesis.lock", split_answers(call.words[1:]))


@click.command(name="archive")
@command(words="CODE", writes=True)
def archive_command(call: Call) -> None:
    """Put a record away: it counts nowhere and can be brought back."""
    _decide(call, call.one_word(t("code")), "archive", {})


@click.command(name="restore")
@command(words="CODE [VERSION]|BACKUP", writes=True)
def restore_command(call: Call) -> None:
    """Bring an archived record back, or what it said before (`fieldgate versions`), or a backup (`fieldgate backups`)."""
    if is_backup(call.words):
        restore_backup(call)
        return
    if len(call.words) == len(("CODE", "VERSION")):
        bring_back(call)
        return
    _decide(call, call.one_word(t("code")), "restore", {})


@click.command(name="move")
@command(words="CODE [MOVE [ASK=VALUE…]]", writes=True)
def move_command(call: Call) -> None:
    """Do what a record can do now; `fieldgate move CODE` lists it, with what the other moves lack."""
    if not call.words:
        raise UsageError(t("Which record?"), t("Form: fieldgate move [PATH] CODE [MOVE [ASK=VALUE…]]"))
    code, *rest = call.words
    if rest:
        _decide(call, code, rest[0], split_answers(rest[1:]))
        return
    with acting(call) as workspace:
        show_moves(workspace, call, find_record(workspace.store, workspace.facts, code))


def show_moves(workspace: "Workspace", call: Call, named: Named) -> None:
    """List what a record can do now: legal moves with what they ask for, the others with what they lack."""
    record = whole_record(workspace, named)
    listed = possible(workspace.facts, record, workspace.occasion())
    if call.as_json:
        say_json({"moves": [_move_data(workspace, record, move, missing) for move, missing in listed]})
        return
    for move, missing in listed:
        verb = _verb(move, named.kind)
        if missing:
            say_wrapped(
                t("{label}: not yet. {missing}", label=t(move.label), missing=" ".join(missing)),
                f"  {pad(verb, _CELLS)}",
            )
            continue
        say(f"· {pad(verb, _CELLS)}{t(move.label)}")
        if verb != "edit":  # whose fields are many: `fieldgate set` names them
            _say_asks(workspace, record, move)


def _say_asks(workspace: "Workspace", record: "Record", move: Move) -> None:
    occasion = workspace.occasion()
    defaults = move.defaults(workspace.facts, record, occasion)
    for ask in move.asked(workspace.facts, record, occasion):
        options = [each.value for each in ask.options(workspace.facts, record, occasion)]
        say_wrapped(ask_line(ask, options, defaults[ask.name]), " " * (_CELLS + 2), " " * (_CELLS + 4))


def whole_record(workspace: "Workspace", named: Named) -> "Record":
    """Return a record that was named, whole.

    Raises:
        NotFoundError: It is not there any more.
    """
    record = workspace.record(named.kind, named.id)
    if record is None:
        raise NotFoundError(t("There is no {kind} {id}.", kind=named.kind, id=named.id))
    return record


def decide(workspace: "Workspace", call: Call, named: Named, verb: str, given: Mapping[str, str]) -> None:
    """Do a move of a record, named by its verb or its whole id.

    Raises:
        UsageError: Records of this kind have no such move, or it does not ask for a name.
        RefusedError: A rule refuses it.
    """
    move = MOVES.get(verb) or MOVES.get(f"{named.kind}.{verb}")
    if move is None or move.kind != named.kind:
        verbs = [_verb(each, named.kind) for each in MOVES.values() if each.kind == named.kind]
        raise UsageError(
            t("A {kind} has no move {verb}.", kind=named.kind, verb=verb),
            t("Moves: {verbs}", verbs=", ".join(verbs)),
            verb,
        )
    answers = read_answers(move, given, workspace.store, workspace.facts, call.clock.today())
    do(workspace, call, move.id, named.id, answers)


def _decide(call: Call, code: str, verb: str, given: Mapping[str, str]) -> None:
    with acting(call) as workspace:
        decide(workspace, call, find_record(workspace.store, workspace.facts, code), verb, given)


def _verb(move: Move, kind: str) -> str:
    owner, _, verb = move.id.partition(".")
    return verb if owner == kind else move.id


def _move_data(workspace: "Workspace", record: "Record", move: Move, missing: tuple[str, ...]) -> dict[str, object]:
    occasion = workspace.occasion()
    defaults = move.defaults(workspace.facts, record, occasion)
    return {
        "move": _verb(move, move.kind),
        "label": t(move.label),
        "missing": list(missing),
        "asks": [
            {
                "name": ask.name,
                "text": t(ask.words),
                "holds": ask.holds,
                "required": ask.required,
                "default": defaults[ask.name],
                "choices": [each.value for each in ask.options(workspace.facts, record, occasion)],
            }
            for ask in move.asked(workspace.facts, record, occasion)
        ],
    }
