"""The menu of a record: what it can do now, legal moves with their letters, the others with what they lack."""

from typing import TYPE_CHECKING

from fieldgate.ui.messages import Done
from fieldgate.ui.screens.doing import make, open_by
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.verbs import MOVES
from fieldgate.workspace.menus import ATTACH, Entry, Menu, menu_of

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen


def show(desk: "DeskScreen") -> None:
    """Show what the record under the cursor can do."""
    kind, record_id = desk.at_hand
    if record_id:
        show_moves(desk, kind, record_id)
    else:
        # The gate is known before its rules have run.
        show_moves(desk, "gate" if desk.view == "gate" else "workspace", "")


def show_moves(desk: "DeskScreen", kind: str, record_id: str) -> None:
    """Show the menu of a record, of the workspace where no record is named, or of the gate."""
    if kind == "gate":
        from fieldgate.ui.screens import gate_menu  # few keys lead there

        gate_menu.show(desk)
        return

    def open_menu(menu: Menu) -> None:
        items = [
            Item(value=str(number), label=each.label, letter=_letter(desk, menu, each), missing=each.missing)
            for number, each in enumerate(menu.entries)
        ]

        def chosen(value: str | None) -> None:
            if value is None:
                return
            entry = menu.entries[int(value)]
            if entry.move_id == "note.evidence":
                from fieldgate.ui.screens.linking import start  # few notes are linked by hand

                start(desk, entry.id)
            elif entry.move_id == ATTACH:
                from fieldgate.ui.screens.attaching import ask_for_file  # few records have files

                ask_for_file(desk, entry.kind, entry.id)
            elif entry.move_id:
                make(desk, entry.move_id, entry.id)
            else:
                show_moves(desk, entry.kind, entry.id)

        desk.app.push_screen(MenuScreen(menu.title, items), chosen)

    open_by(desk, lambda opened: Done(menu_of(opened, kind, record_id or opened.facts.workspace.id)), open_menu)


def _letter(desk: "DeskScreen", menu: Menu, entry: Entry) -> str:
    """The letter of a move; one that has none takes the key of the desk that does the same, where it is free here.

    The letter by which the desk edits means that here too, so another move of that letter has none.
    """
    edit = desk.keymap.label("record.edit") if entry.kind in MOVES["record.edit"] else ""
    if entry.letter not in {"", edit} or not entry.move_id:
        return entry.letter
    names = (name for name, moves in MOVES.items() if entry.move_id in moves.values())
    letter = next((desk.keymap.label(name) for name in names), "")
    return "" if letter in {each.letter for each in menu.entries} - {edit} else letter
