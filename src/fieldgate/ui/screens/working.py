"""Working: what the keys that change something do on the desk. Loaded at the first of them, not at the start.

Every verb is a move of the rules; what it asks is asked in a form. With marks set, a verb acts on all marked after
one preview.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fieldgate.domain.records.journey import Touchpoint
from fieldgate.ui.messages import Done, JobRequested, ScreenRequested, SyncRequested
from fieldgate.ui.panes.journey import JourneyPane
from fieldgate.ui.screens import recording
from fieldgate.ui.screens.board_work import by_rule, card_column, rank, shift
from fieldgate.ui.screens.doing import ask, ask_at_once, make, open_by, say
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.ui.screens.verbs import MOVES, NEW, NEW_UNDER
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.changes import Act
    from fieldgate.ui.screens.desk import DeskScreen

_ALL_MAYBES = {"hypothesis": "hypothesis_id", "note": "note_id"}


def do(desk: "DeskScreen", name: str) -> None:
    """Do what the key with an id means for what is under the cursor."""
    special = _SPECIAL.get(name)
    if special is not None:
        special(desk)
    elif name in MOVES:
        _do_move(desk, name)


def _do_move(desk: "DeskScreen", name: str) -> None:
    kind, record_id = desk.at_hand
    if not record_id:
        say(desk, t("No record is under the cursor."))
        return
    move_id = MOVES[name].get(kind, "")
    state = desk.state
    if name == "record.action" and (kind in {"hypothesis", "meeting"} or _is_no_gap(desk, kind, record_id)):
        ask(desk, "action.create", "", {f"{kind}_id": record_id})
        return
    if not move_id or state is None:
        words = t("{key} means nothing here; {other} shows what can be done.", key=desk.keymap.label(name),
                  other=desk.keymap.label("record.moves"))  # fmt: skip
        say(desk, words)
        return
    make(desk, move_id, record_id)


def _is_no_gap(desk: "DeskScreen", kind: str, record_id: str) -> bool:
    return kind == "touchpoint" and card_column(desk, record_id) != "gap"


# New records


def _new(desk: "DeskScreen") -> None:
    kind, record_id = desk.at_hand
    if desk.is_reading and kind in NEW_UNDER:
        move_id, field = NEW_UNDER[kind]
        ask(desk, move_id, "", {field: record_id})
        return
    move_id = NEW.get(desk.view, "")
    if not move_id:
        say(desk, t("Nothing new is made here; go to a list first."))
        return
    ask(desk, move_id, "", _prefilled(desk, move_id, kind, record_id))


def _prefilled(desk: "DeskScreen", move_id: str, kind: str, record_id: str) -> dict[str, object]:
    """What the place of the cursor says about a new record."""
    state = desk.state
    record: Any = state.reader.record(kind, record_id) if state is not None and record_id else None
    if move_id == "touchpoint.create" and isinstance(record, Touchpoint):
        return {"phase": record.phase, "function": record.function}
    if move_id == "note.create" and record is not None:
        return {name: value for name in ("meeting_id", "customer_id") if (value := getattr(record, name))}
    if move_id == "hypothesis.create" and state is not None and state.summary is not None:
        return {"step": state.summary.step}
    return {}


def _catalogue(desk: "DeskScreen") -> None:
    from fieldgate.ui.screens.choose import ChooseScreen  # a picker is loaded when one is wanted

    phase, function = journey_of(desk).cell
    cell = f"{phase}-{function}-" if phase and function else ""

    def absent(opened: Any) -> Done:
        facts, playbook = opened.facts, opened.playbook
        there = {card.code for card in facts.touchpoints.values() if card.live}
        cards = [each for each in (*playbook.cards.values(), *playbook.fit_cards()) if each.code not in there]
        # Those of the cell that one looks at stand first; what its function needs from us is asked there too.
        cards.sort(key=lambda each: not (cell and each.code.startswith(cell)))
        return Done([(each.code, each.title) for each in cards])

    def show(cards: list[tuple[str, str]]) -> None:
        rows = [Row(code, (f"{code} {t(title)}",)) for code, title in cards]

        def chosen(code: str | None) -> None:
            if code:
                ask_at_once(desk, "touchpoint.add", "", {"codes": [code]})

        desk.app.push_screen(ChooseScreen(t("Add a card from the catalogue"), rows), chosen)

    open_by(desk, absent, show)


# Undo


def _undo(desk: "DeskScreen") -> None:
    _take_back(desk, lambda opened: opened.undo(), t("Taken back"), "app.redo")


def _redo(desk: "DeskScreen") -> None:
    _take_back(desk, lambda opened: opened.redo(), t("Done again"), "app.undo")


def _take_back(desk: "DeskScreen", job: Callable[[Any], Any], words: str, other: str) -> None:
    def run(opened: Any) -> Done:
        state = job(opened)
        return Done(opened.last_act, state)

    def done(act: "Act | None") -> None:
        said = f"{words}: {act.words}" if act is not None and act.words else words
        for change in act.changes if act is not None else ():
            if change.kind == "touchpoint":
                desk.put_cursor(change.kind, change.row_id)
                break
        desk.notify(f"{said} · {desk.keymap.label(other)}", timeout=4)

    desk.post_message(JobRequested(run, done))


# Asking again


def _chase(desk: "DeskScreen") -> None:
    kind, record_id = desk.at_hand

    def found(opened: Any) -> Done:
        return Done(recording.maybes(opened.facts, kind, record_id))

    def chosen(piece: str | None) -> None:
        if piece:
            ask(desk, "evidence.chase", piece)

    def show(pieces: list[tuple[str, str]]) -> None:
        if not pieces:
            say(desk, t("No maybe waits here."))
        elif len(pieces) == 1:
            ask(desk, "evidence.chase", pieces[0][0])
        else:
            items = [Item(value=piece, label=label) for piece, label in pieces]
            desk.app.push_screen(MenuScreen(t("Ask whom again?"), items), chosen)

    open_by(desk, found, show)


def journey_of(desk: "DeskScreen") -> JourneyPane:
    """The board."""
    return desk.query_one(JourneyPane)


def _late(module: str, name: str) -> Callable[["DeskScreen"], None]:
    """What a key does in a module that is loaded when the key is pressed first."""

    def run(desk: "DeskScreen") -> None:
        from importlib import import_module  # most of these are pressed seldom

        getattr(import_module(f"fieldgate.ui.screens.{module}"), name)(desk)

    return run


def _screen(name: str) -> Callable[["DeskScreen"], None]:
    """What a key does that is about this machine."""

    def run(desk: "DeskScreen") -> None:
        desk.post_message(ScreenRequested(name))

    return run


def _with_others(what: str) -> Callable[["DeskScreen"], None]:
    """What a key does that is about other founders."""

    def run(desk: "DeskScreen") -> None:
        desk.post_message(SyncRequested(what))

    return run


_SPECIAL: Mapping[str, Callable[["DeskScreen"], None]] = {
    "record.moves": _late("record_menu", "show"),
    "record.new": _new,
    "record.chase": _chase,
    "record.history": _late("history", "show"),
    "record.capture": _late("capturing", "start"),
    "record.questions": _late("tomorrow", "show"),
    "record.editor": _late("editing", "edit_text"),
    "board.catalogue": _catalogue,
    "board.left": lambda desk: shift(desk, -1),
    "board.right": lambda desk: shift(desk, 1),
    "board.lower": lambda desk: rank(desk, 1),
    "board.higher": lambda desk: rank(desk, -1),
    "board.by_rule": by_rule,
    "list.filter": _late("filtering", "start"),
    "list.copy": _late("copying", "copy_row"),
    "app.undo": _undo,
    "app.redo": _redo,
    "app.next": _late("what_next", "show"),
    "app.log": _late("log", "show_log"),
    "app.commands": _late("palette", "show"),
    "app.goto": _late("goto", "show"),
    "app.switch": _screen("switch"),
    "app.themes": _screen("themes"),
    "app.sync": _with_others("sync"),
    "app.news": _with_others("news"),
}
"""Keys that are no single move."""


# What has no key


def start_move(desk: "DeskScreen", name: str) -> None:
    """Do what the palette offers beside the keys: a move of the workspace or of the record under the cursor."""
    if name in _SCREENS:
        _SCREENS[name](desk)
        return
    kind, record_id = desk.at_hand
    of_kind = name.partition(".")[0]
    if not name.endswith(".merge"):
        ask(desk, name, "")
    elif kind == of_kind and record_id:
        ask(desk, name, record_id)
    else:
        say(desk, t("Put the cursor on the record that is to be merged away first."))


_SCREENS: Mapping[str, Callable[["DeskScreen"], None]] = {
    "decide": _late("gate_menu", "show"),
    "sync": _late("sync", "show"),
    "assumption_map": _late("assumption_map", "show"),
    "pivot_tree": _late("pivot_tree", "show"),
    "timeline": _late("timeline", "show"),
    "mirror": _late("mirror", "show"),
    "time_machine": _late("time_machine", "show"),
    "snapshot": _late("snapshot", "show"),
    "policy": _late("policy", "show"),
    "archived": _late("archived", "show"),
    "backups": _late("rescue", "show_backups"),
    "what_next": _late("what_next", "show"),
    "author": _late("switching", "choose_author"),
    "attach": _late("attaching", "show"),
    "import": _late("importing", "show"),
    "new": _screen("new"),
    "tour": _screen("tour"),
    "template": _late("beginning", "start_from"),
    "share": _with_others("share"),
}
