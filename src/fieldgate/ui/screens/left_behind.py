"""Drafts that were left behind: offered with their time at the start, and gone on with where they were typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldgate.domain.moves.catalog import MOVES
from fieldgate.ui.messages import AskRequested, SyncRequested
from fieldgate.ui.screens import ballot, batch, capture, capturing, pivot, policy
from fieldgate.ui.screens.ballot import VOTE
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.news import SHARE
from fieldgate.ui.screens.pivot_choices import PIVOT
from fieldgate.ui.screens.policy import POLICY
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_FEW = 60


def offer_drafts(desk: "DeskScreen") -> None:
    """Offer what was typed and not saved, with its time."""
    names = list(desk.drafts)
    if not names:
        return
    items = [Item(value=str(number), label=_draft_line(desk, name)) for number, name in enumerate(names)]
    items.append(Item(value="forget", label=t("Forget all of them"), letter="X"))

    def chosen(value: str | None) -> None:
        if value == "forget":
            _ask_to_forget(desk, names)
        elif value is not None:
            _open(desk, names[int(value)])

    desk.app.push_screen(MenuScreen(t("Typed and not saved"), items), chosen)


def _ask_to_forget(desk: "DeskScreen", names: Sequence[tuple[str, str]]) -> None:
    """Ask once more: what was typed and never saved is the one thing that no undo brings back."""

    def chosen(value: str | None) -> None:
        if value == "forget":
            for name in names:
                desk.drafts.pop(name, None)

    keep = Item(value="keep", label=t("Keep what was typed"), letter="k")
    forget = Item(value="forget", label=t("Forget all of them"), letter="X")
    desk.app.push_screen(MenuScreen(t("This cannot be undone"), [keep, forget]), chosen)


def _draft_line(desk: "DeskScreen", name: tuple[str, str]) -> str:
    at = getattr(desk.drafts, "at", None)
    # What a hat answers is for nobody to read before both have answered.
    words = "" if name[0] == VOTE else " ".join(desk.drafts[name].values())
    return t("{at} · {what}: {text}", at=at(name) if at else "", what=_what(name[0]), text=words[:_FEW])


def _what(move_id: str) -> str:
    move = MOVES.get(move_id)
    if move is not None:
        return t(move.label)
    names = {capture.DRAFT: t("Interview"), SHARE: t("Share: write it as text to a folder, and keep both in step")}
    return names.get(move_id, move_id)


def _open(desk: "DeskScreen", name: tuple[str, str]) -> None:
    """Go on with a draft where it was typed."""
    move_id, place = name
    if move_id == capture.DRAFT:
        capturing.go_on(desk, place)
    elif move_id == SHARE:
        desk.post_message(SyncRequested(SHARE))
    elif move_id == POLICY:
        policy.show(desk, place)
    elif " " not in place:
        desk.post_message(AskRequested(move_id, place))
    elif move_id == VOTE:
        ballot.go_on(desk, place)
    elif move_id == PIVOT:
        pivot.show(desk, *place.split())
    else:
        batch.start(desk, move_id, place.split())
