"""Other workspaces and who writes: the workspaces opened lately, and the author."""

from typing import TYPE_CHECKING, Any

from textual.app import App

from fieldgate.domain.records.people import Member
from fieldgate.locations import Locations
from fieldgate.ui.messages import Done, JobRequested, WorkspaceRequested
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t
from fieldgate.workspace.recent import recent_workspaces

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen


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
        _offer_drafts(desk)
    else:
        choose_author(desk)


def _offer_drafts(desk: "DeskScreen") -> None:
    if desk.drafts:
        from fieldgate.ui.screens.left_behind import offer_drafts  # most starts have none

        offer_drafts(desk)


def choose_author(desk: "DeskScreen") -> None:
    """Ask who writes on this machine."""
    facts = desk.state.facts if desk.state is not None else None
    members = [each for each in facts.live("member") if isinstance(each, Member)] if facts is not None else []
    if not members:
        return
    rows = [Row(each.handle, (f"{each.handle} {each.name}",)) for each in members]

    def chosen(handle: str | None) -> None:
        if handle:
            desk.post_message(JobRequested(lambda opened: _author_kept(opened, handle), lambda _: _offer_drafts(desk)))
        else:
            _offer_drafts(desk)

    desk.app.push_screen(ChooseScreen(t("Who writes on this machine?"), rows), chosen)


def _author_kept(opened: Any, handle: str) -> Done:
    opened.choose_author(handle)
    return Done(None, opened.state())
