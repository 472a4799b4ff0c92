"""The palette: every action with its key and every record, found by typing; what is chosen is done or gone to."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from fieldgate.domain.listing import Hit
from fieldgate.store.reader import Reader
from fieldgate.ui.keys import BY_ID, KEYS, Context
from fieldgate.ui.messages import OpenRequested
from fieldgate.ui.plain import pad, width_of
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.record_menu import show_moves
from fieldgate.ui.screens.verbs import HOUSEKEEPING
from fieldgate.ui.screens.working import start_move
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

FOUND = 60
"""Records shown for one wish."""
_KEYS = 10
_WIDEST = 84
_AROUND = 6
"""Cells of the widest picker, and of its frame, its cursor and the bar at its side."""
_MOVING = frozenset({"list.down", "list.up", "list.left", "list.right", "list.page_down", "list.page_up"})
"""Keys that mean nothing beside the row that they start from."""
_OF_THE_TOUR = frozenset({"tour.skip", "tour.leave"})
"""Keys that the bar of the tour offers while one is taken."""
LEFT_OUT = _MOVING | _OF_THE_TOUR


def show(desk: "DeskScreen") -> None:
    """Show the palette."""
    rows = [*_key_rows(desk), *_housekeeping_rows()]

    def more(wish: str, then: Callable[[Sequence[Row]], None]) -> None:
        def look(reader: Reader) -> list[Row]:
            return [_hit_row(hit) for hit in reader.search(wish, FOUND)] if wish.strip() else []

        desk.finder.look("palette", look, then)

    def chosen(name: str | None) -> None:
        if name is not None:
            _run(desk, name)

    picker = ChooseScreen(t("Commands and records"), rows, more=more, also=_in_english())
    picker.add_class("-palette")  # the tour looks for it
    desk.app.push_screen(picker, chosen)


def _key_rows(desk: "DeskScreen") -> Iterator[Row]:
    for key in KEYS:
        if Context.DESK in key.contexts and key.id not in LEFT_OUT:
            label = desk.keymap.label(key.id)
            room = min(desk.app.size.width, _WIDEST) - _KEYS - _AROUND
            # Nothing is cut: where there is no room for both, the sentence says it, or at least the word.
            says = (f"{t(key.words)} · {t(key.help)}", t(key.help), t(key.words))
            text = next((each for each in says if width_of(each) <= room), says[-1])
            yield Row(f"key {key.id}", (f"{pad(label, _KEYS)} {text}",))


def _in_english() -> dict[str, str]:
    """The English words of every action: an empty list names `import`, as the command line does, in any language."""
    keys = {f"key {key.id}": f"{key.words} {key.help}" for key in KEYS}
    return keys | {f"move {name}": words for name, words in HOUSEKEEPING}


def _housekeeping_rows() -> Iterator[Row]:
    for name, words in HOUSEKEEPING:
        yield Row(f"move {name}", (f"{pad('', _KEYS)} {t(words)}",))


def _hit_row(hit: Hit) -> Row:
    return Row(f"record {hit.kind} {hit.id}", (f"{pad(hit.code or t(hit.kind), _KEYS)} {hit.title}",))


def _run(desk: "DeskScreen", name: str) -> None:
    what, _, rest = name.partition(" ")
    if what == "key":
        # The key itself is pressed, so that it does here what it does everywhere.
        desk.app.simulate_key(desk.keymap.keys(BY_ID[rest].id)[0])
    elif what == "move":
        start_move(desk, rest)
    else:
        kind, _, record_id = rest.partition(" ")
        if kind in {"member", "workspace"}:
            show_moves(desk, kind, record_id)
        else:
            desk.post_message(OpenRequested(kind, record_id))
