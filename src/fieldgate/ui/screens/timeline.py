"""Evidence over time: a line for each belief, a sign on the day something was said of it; Enter opens the words.

Every sign is read without colour: ● yes, ✗ no, ? maybe, * where what was said on one day disagrees.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.domain.evidence_days import Mark, Piece, Row, evidence_rows, marks_of, span_of
from fieldgate.domain.gates import policy_of
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested, OpenRequested
from fieldgate.ui.plain import cut, pad, width_of, wrap
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

_CODE = 6
_ABOVE = 2
_BELOW = 6
"""Lines below the rows: a blank, the legend, a blank, and what the sign under the cursor stands for on three."""


class TimelineView(Drawn, can_focus=True):
    """The rows."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "time--label": "$text-muted",
        "time--strong": "bold",
        "time--cursor": "bold $block-cursor-foreground on $block-cursor-background",
    }
    DEFAULT_CSS = """
    TimelineView {
        height: 1fr;
        background: $surface;
    }
    """
    HELP = mark(
        "A line for each belief, the first day on the left, the last on the right. ● yes, ✗ no, ? maybe, also what cost "
        "nothing; * where what was said at one time disagrees. j and k go to another belief, h and l from sign to sign, "
        "Enter opens what was said."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("list.down", "row(1)"),
        binding("list.up", "row(-1)"),
        binding("list.left", "sign(-1)"),
        binding("list.right", "sign(1)"),
        binding("list.open", "open"),
    ]

    class Opened(Message):
        """What was said was opened."""

        def __init__(self, note_id: str) -> None:
            super().__init__()
            self.id = note_id

    def __init__(self, rows: tuple[Row, ...], words_of: Callable[[str], str]) -> None:
        super().__init__()
        self._rows = rows
        self._words_of = words_of
        self._y = 0
        self._piece = 0

    @property
    def piece(self) -> Piece | None:
        """What is under the cursor."""
        return self._rows[self._y].pieces[self._piece] if self._rows else None

    def action_row(self, by: int) -> None:
        """Go to another belief, to what was said there nearest to the same day."""
        here = self.piece
        y = max(0, min(self._y + by, len(self._rows) - 1))
        if here is None or y == self._y:
            return
        pieces = self._rows[y].pieces
        self._piece = min(range(len(pieces)), key=lambda number: abs((pieces[number].day - here.day).days))
        self._y = y
        self.refresh()

    def action_sign(self, by: int) -> None:
        """Go to what was said before or after."""
        if self._rows:
            self._piece = max(0, min(self._piece + by, len(self._rows[self._y].pieces) - 1))
            self.refresh()

    def action_open(self) -> None:
        """Open the words."""
        if self.piece is not None:
            self.post_message(self.Opened(self.piece.note.id))

    @property
    def _room(self) -> int:
        return max(2, self.size.width - _CODE - 2)

    @property
    def _first(self) -> int:
        """The first row shown, where there is no room for all."""
        return max(0, self._y - max(1, self.size.height - _ABOVE - _BELOW) + 1)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        span = span_of(self._rows)
        if span is None:
            words = t(" Nobody has said anything of a belief yet. Triage links what was said to what you believe.")
            return self.strip_of([(words, "") if y == 0 else ("", "")], width)
        shown = self._rows[self._first : self._first + max(1, self.size.height - _ABOVE - _BELOW)]
        if y == 0:
            return self.strip_of([(f" {t('Evidence over time')}", "time--strong")], width)
        if y == 1:
            first, last = (each.isoformat() for each in span)
            gap = " " * max(1, self._room - width_of(first) - width_of(last))
            return self.strip_of([(f" {' ' * _CODE}{first}{gap}{last}", "time--label")], width)
        if y - _ABOVE < len(shown):
            return self.strip_of(self._row_parts(shown[y - _ABOVE], span), width)
        below = self._below(width)
        y -= _ABOVE + len(shown)
        return self.strip_of(below[y] if y < len(below) else [], width)

    def _row_parts(self, row: Row, span: tuple[date, date]) -> list[tuple[str, str]]:
        here = row is self._rows[self._y]
        parts = [(f"{'▌' if here else ' '}{pad(clean(row.belief.code), _CODE)}", "time--strong" if here else "")]
        at = 0
        for each in marks_of(row, span, self._room):
            on = here and self.piece in each.pieces
            start = max(at, each.column - on)
            parts += [("·" * (start - at), "time--label"), self._sign(each, on=on)]
            at = start + (3 if on else 1)
        parts.append(("·" * max(0, self._room - at), "time--label"))
        return parts

    @staticmethod
    def _sign(each: Mark, *, on: bool) -> tuple[str, str]:
        return (f"[{each.glyph}]", "time--cursor") if on else (each.glyph, "time--strong")

    def _below(self, width: int) -> list[list[tuple[str, str]]]:
        legend = t("● yes  ✗ no  ? maybe, also what cost nothing  * they disagree")
        lines: list[list[tuple[str, str]]] = [[], [(cut(f" {legend}", width), "time--label")], []]
        piece = self.piece
        if piece is not None:
            belief = self._rows[self._y].belief
            said = f"{piece.evidence.stance.value} {piece.evidence.strength}"
            facts = t("{day} · {code} · {said}", day=piece.day, code=piece.note.code, said=said)
            lines.append([(cut(f" {belief.code} {clean(belief.statement)}", width), "")])
            lines += [
                [(f" {each}", "time--strong")]
                for each in list(wrap(clean(self._words_of(piece.note.id)), width - 2))[:1]
            ]
            lines.append([(cut(f" {facts}", width), "time--label")])
        return lines


class TimelineScreen(ModalScreen[str], inherit_bindings=False):
    """The picture over the desk; closes with the id of the note that was opened, or with nothing."""

    DEFAULT_CSS = """
    TimelineScreen {
        align: center middle;
        background: $background 60%;
        & > #timeline { width: 100%; height: 100%; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "close"), binding("app.help", "app.explain")]

    def __init__(self, rows: tuple[Row, ...], keymap: Keymap, words_of: Callable[[str], str]) -> None:
        super().__init__()
        self._view = TimelineView(rows, words_of)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The picture over its keys."""
        with Vertical(id="timeline"):
            yield self._view
            yield HintLine(id="timeline-hints")

    def on_mount(self) -> None:
        """Start with the first belief."""
        names = ("list.down", "list.right", "list.open", "list.back", "app.help")
        self.query_one(HintLine).show([self._keymap.hint(name) for name in names])
        self._view.focus()

    def on_timeline_view_opened(self, event: TimelineView.Opened) -> None:
        """Go to the words."""
        event.stop()
        self.dismiss(event.id)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def show(desk: "DeskScreen") -> None:
    """Show the picture."""

    def left(note_id: str | None) -> None:
        if note_id:
            desk.post_message(OpenRequested("note", note_id))

    def words_of(note_id: str) -> str:
        # The facts hold no long text; one line is read where the cursor stands.
        note: Any = desk.state.reader.record("note", note_id) if desk.state is not None else None
        return note.text if note is not None else ""

    def found(rows: tuple[Row, ...]) -> None:
        desk.app.push_screen(TimelineScreen(rows, desk.keymap, words_of), left)

    desk.post_message(
        JobRequested(lambda opened: Done(evidence_rows(opened.facts, policy_of(opened.facts, opened.playbook))), found)
    )
