"""Adding cards of the journey: from the catalogue, the core set, all of it, a fit card, or one's own.

Codes never change. A card of the catalogue has the id that every copy gives it, so adding it twice
is adding it once; an archived one comes back. A card of one's own is numbered within its cell, `BY-SAL-C01`, never
reusing a number, and asks at least one question. A cell's fit card is `BY-SAL-00`.
"""

from collections.abc import Iterable
from typing import Any

from fieldgate.domain.changes import Act, Change, Create
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.fields import PLACE, asked
from fieldgate.domain.moves.making import card_changes, check_changes
from fieldgate.domain.moves.move import Move
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.playbook import CheckText
from fieldgate.domain.records.journey import Origin, Touchpoint
from fieldgate.domain.records.people import Workspace
from fieldgate.errors import NotFoundError
from fieldgate.words import mark, t

_MOST = 99
"""Questions of one card."""


def absent(scene: Scene[Any], codes: Iterable[str]) -> list[str]:
    """Those of some catalogue codes whose card is not in the workspace, or archived."""
    cards = scene.facts.touchpoints
    ids = {code: scene.named("touchpoint", code) for code in codes}
    return [code for code, row_id in ids.items() if row_id not in cards or not cards[row_id].live]


def _added(scene: Scene[Any], codes: Iterable[str]) -> tuple[Change, ...]:
    playbook = scene.occasion.playbook
    changes: list[Change] = []
    for code in codes:
        changes += card_changes(scene, playbook.card(code), playbook.card_checks(code))
    return tuple(changes)


def _add(scene: Scene[Workspace], answers: Answers) -> Act:
    codes = list(dict.fromkeys(code.strip().upper() for code in answers["codes"]))
    try:
        new = absent(scene, (scene.occasion.playbook.card(code).code for code in codes))
    except NotFoundError as error:
        raise refusal(error.message, hint=error.hint, where="codes") from error
    if not new:
        raise refusal(t("{names} is here already.", names=", ".join(codes)), where="codes")
    words = t("{names} added", names=", ".join(new))
    return Act(action="create", changes=_added(scene, new), words=words)


def _core(scene: Scene[Any]) -> list[str]:
    return absent(scene, (card.code for card in scene.occasion.playbook.core_cards()))


def _whole(scene: Scene[Any]) -> list[str]:
    return absent(scene, scene.occasion.playbook.cards)


def _add_core(scene: Scene[Workspace], answers: Answers) -> Act:
    del answers
    codes = _core(scene)
    return Act(action="create", changes=_added(scene, codes), words=t("{n} cards added", n=len(codes)))


def _add_all(scene: Scene[Workspace], answers: Answers) -> Act:
    del answers
    codes = _whole(scene)
    return Act(action="create", changes=_added(scene, codes), words=t("{n} cards added", n=len(codes)))


def _no_core(scene: Scene[Workspace]) -> Iterable[str]:
    if not _core(scene):
        yield t("The core set is here already.")


def _nothing_left(scene: Scene[Workspace]) -> Iterable[str]:
    if not _whole(scene):
        yield t("The whole catalogue is here already.")


def _own(scene: Scene[Workspace], answers: Answers) -> Act:
    values = dict(answers.values)
    questions = values.pop("questions")
    code = own_code(scene, values["phase"].value, values["function"].value)
    made = Touchpoint(**scene.stamp(), code=code, state_on=scene.today, origin=Origin.CUSTOM, **values)
    texts = _texts(questions, 1)
    changes = (Create(made), *check_changes(scene, made, texts))
    return Act(action="create", changes=changes, words=t("{name} added", name=code))


def own_code(scene: Scene[Any], phase: str, function: str) -> str:
    """The next code of a card of one's own in a cell; codes lost in a merge are not given again."""
    start = f"{phase}-{function}-C"
    cards = scene.facts.touchpoints.values()
    codes = (code for each in cards for code in (each.code, *each.former_codes))
    numbers = [code.removeprefix(start) for code in codes if code.startswith(start)]
    highest = max((int(each) for each in numbers if each.isdecimal() and each.isascii()), default=0)
    return f"{start}{highest + 1:02d}"


def _question(scene: Scene[Touchpoint], answers: Answers) -> Act:
    keys = {each.key for each in scene.facts.checks.values() if each.touchpoint_id == scene.record.id}
    number = next(n for n in range(1, len(keys) + 2) if f"own.{n}" not in keys)
    changes = check_changes(scene, scene.record, (CheckText(key=f"own.{number}", text=answers["text"]),))
    return Act(action="create", changes=changes, words=t("{name} asks one more question", name=scene.name))


def _texts(questions: Iterable[str], first: int) -> tuple[CheckText, ...]:
    return tuple(CheckText(key=f"how.{n}", text=text) for n, text in enumerate(list(questions)[:_MOST], first))


_CODES = Ask(name="codes", words=mark("codes of the catalogue"), holds="texts")
_QUESTIONS = Ask(name="questions", words=mark("questions that begin with how, one a line"), holds="texts")
_TEXT = Ask(name="text", words=mark("question"))

CARD_MOVES: tuple[Move, ...] = (
    Move(
        id="touchpoint.add",
        kind="workspace",
        label=mark("Add a card from the catalogue"),
        letter="+",
        asks=(_CODES,),
        changes=_add,
    ),
    Move(
        id="touchpoint.add_core",
        kind="workspace",
        label=mark("Add the core set"),
        lacks=_no_core,
        changes=_add_core,
    ),
    Move(
        id="touchpoint.add_all",
        kind="workspace",
        label=mark("Add the whole catalogue"),
        lacks=_nothing_left,
        changes=_add_all,
    ),
    Move(
        id="touchpoint.create",
        kind="workspace",
        label=mark("Add a card of our own"),
        asks=(*PLACE, *asked("touchpoint", "title"), _QUESTIONS),
        changes=_own,
    ),
    Move(
        id="touchpoint.question",
        kind="touchpoint",
        label=mark("Ask one more question"),
        asks=(_TEXT,),
        changes=_question,
    ),
)
