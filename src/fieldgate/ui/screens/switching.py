"""Other workspaces and who writes: the workspaces opened lately, the author, and drafts that were left behind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App

from fieldgate.domain.records.people import Member
from fieldgate.locations import Locations
from fieldgate.ui.messages import AskRequested, Done, JobRequested, WorkspaceRequested
from fieldgate.ui.screens import capture, capturing
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t
from fieldgate.workspace.recent import recent_workspaces

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_FEW = 60


def show(app: App[Any], locations: Locations) -> None:
    """Offer the workspaces opened lately, and any other by its path."""
    rows = [Row(each.path, (f"{each.name} · {each.path}",)) for each in recent_workspaces(locations)]

    def chosen(path: str | None) -> None:
        if path:
            app.post_message(WorkspaceRequested(path.removeprefix("+")))

    app.push_screen(ChooseScreen(t("Workspaces"), rows, free=t("Open")), chosen)


def welcome(desk: "DeskScreen", author: str) -> None:
    """Ask who writes where nobody said so, then offer what was typed and not saved."""
    if author or desk.state is None or desk.state.read_only:
        offer_drafts(desk)
    else:
        choose_author(desk)


def choose_author(desk: "DeskScreen") -> None:
    """Ask who writes on this machine."""
    facts = desk.state.facts if desk.state is not None else None
    members = [each for each in facts.live("member") if isinstance(each, Member)] if facts is not None else []
    if not members:
        return
    rows = [Row(each.handle, (f"{each.handle} {each.name}",)) for each in members]

    def chosen(handle: str | None) -> None:
        if handle:
            desk.post_message(JobRequested(lambda opened: _author_kept(opened, handle), lambda _: offer_drafts(desk)))
        else:
            offer_drafts(desk)

    desk.app.push_screen(ChooseScreen(t("Who writes on this machine?"), rows), chosen)


def _author_kept(opened: Any, handle: str) -> Done:
    opened.choose_author(handle)
    return Done(None, opened.state())


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
    words = " ".join(desk.drafts[name].values())
    return t("{at} · {what}: {text}", at=at(name) if at else "", what=_what(name[0]), text=words[:_FEW])


def _what(move_id: str) -> str:
    from fieldgate.domain.moves.catalog import MOVES  # the rules are loaded by now

    move = MOVES.get(move_id)
    return t("Interview") if move_id == capture.DRAFT else t(move.label) if move else move_id


def _open(desk: "DeskScreen", name: tuple[str, str]) -> None:
    move_id, record_id = name
    if move_id == capture.DRAFT:
        capturing.go_on(desk, record_id)
    else:
        desk.post_message(AskRequested(move_id, record_id))
