"""Rescue: backups of a workspace, restoring one, and the way out of a damaged store, without leaving the screen."""

from typing import TYPE_CHECKING, Any, NamedTuple

from fieldgate.errors import FieldgateError
from fieldgate.ui.messages import Done, JobRequested, RescueRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.words import mark, t
from fieldgate.workspace import door

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from fieldgate.locations import Locations
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.upkeep.backups import Backup

NEW, REPAIR, RESTORE = "new", "repair", "restore"
_KILO = 1024
REASONS = {
    "start": mark("as a screen started"),
    "change": mark("after changes"),
    "sync": mark("before a sync"),
    "merge": mark("before a merge"),
    "bulk": mark("before a bulk change"),
    "asked": mark("asked for"),
    "replaced": mark("replaced by a restore"),
}


class Listed(NamedTuple):
    """A backup, as it is offered."""

    name: str
    words: str


def listed(backups: "Sequence[Backup]") -> list[Listed]:
    """Return backups with when, why and how big."""
    return [
        Listed(
            each.name,
            f"{each.at.astimezone():%Y-%m-%d %H:%M} · {t(REASONS.get(each.reason, each.reason))}"
            f" · {each.path.stat().st_size // _KILO} kB",
        )
        for each in backups
    ]


def show_backups(desk: "DeskScreen") -> None:
    """Offer to make a backup now, or to restore one."""

    def read(opened: Any) -> Done:
        return Done(listed(opened.guard.backups.listed()))

    open_by(desk, read, lambda found: _choose(desk.app, found, new=desk))


def offer(app: "App[Any]", error: FieldgateError, target: door.Target, locations: "Locations") -> None:
    """Offer the ways out of a damaged store."""
    try:
        found = listed(door.keeper(target, locations).backups.listed())
    except (FieldgateError, OSError):
        found = []  # it does not even say which workspace it is
    none = () if found else (t("there is no backup"),)
    repair = t("Repair: all of the last backup and what else can be read; the damaged file is kept")
    items = [
        Item(value=REPAIR, label=repair, letter="r"),
        Item(value=RESTORE, label=t("Restore a backup; the damaged file is kept"), letter="b", missing=none),
    ]

    def chosen(value: str | None) -> None:
        if value == REPAIR:
            app.post_message(RescueRequested(REPAIR))
        elif value == RESTORE:
            _choose(app, found)

    app.push_screen(MenuScreen(error.message, items), chosen)


def _choose(app: "App[Any]", found: "Sequence[Listed]", *, new: "DeskScreen | None" = None) -> None:
    items = [Item(value=each.name, label=each.words) for each in found]
    if new is not None:
        items.insert(0, Item(value=NEW, label=t("Make one now"), letter="b"))

    def chosen(name: str | None) -> None:
        if name == NEW and new is not None:
            new.post_message(JobRequested(_back_up, lambda path: new.notify(t("Backed up: {path}", path=path))))
        elif name is not None:
            _ask(app, next(each for each in found if each.name == name))

    app.push_screen(MenuScreen(t("Backups"), items), chosen)


def _back_up(opened: Any) -> Done:
    return Done(opened.guard.backups.make(opened.store, "asked").path)


def _ask(app: "App[Any]", backup: Listed) -> None:
    items = [
        Item(value="", label=t("Leave all as it is"), letter="n"),
        Item(value=backup.name, label=t("Restore it; what is there now is kept as a backup"), letter="y"),
    ]

    def chosen(name: str | None) -> None:
        if name:
            app.post_message(RescueRequested(RESTORE, name))

    app.push_screen(MenuScreen(backup.words, items), chosen)


# In the thread of the workspace, after it was let go of


def put_right(what: str, name: str, target: door.Target, locations: "Locations", clock: "Clock") -> str:
    """Restore a backup, or repair the store; return what came of it, to be said.

    Raises:
        FieldgateError: It could not be done; nothing was changed.
    """
    if what == REPAIR:
        return _repaired(door.repair(target, locations, clock))
    chosen, kept = door.keeper(target, locations).restore(name)
    lines = [t("Restored {name}.", name=chosen.name)]
    if kept:
        lines.append(t("What was there is kept: {path}", path=kept))
    lines.append(t("A shared folder still holds what is newer; the next sync takes that in again."))
    return "\n".join(lines)


def _repaired(done: Any) -> str:
    came = done.salvaged
    lines = [t("Repaired: {n} records are in the store now.", n=sum(came.saved.values()))]
    if came.lost:
        lines.append(t("Not saved, though known to have existed: {n} records.", n=len(came.lost)))
    if came.doubtful:
        lines.append(t("Look at these, they may lack a part: {ids}", ids=", ".join(came.doubtful)))
    return "\n".join((*lines, t("The damaged file is kept: {path}", path=done.kept)))
