"""AskScreen: the questions of any move as a form. What the rules refuse is said beside the field, and nothing is lost.

Ctrl+S, or Enter on the last field, saves; Escape leaves and hands back what was typed, to be kept as a draft.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label

from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.plain import cut, plain
from fieldgate.ui.screens.questions import Find, answer_of, sort_out, spec_of
from fieldgate.ui.widgets.field_form import FieldForm
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.values import dataclass
from fieldgate.words import mark, t
from fieldgate.workspace.forms import Form

if TYPE_CHECKING:
    from fieldgate.ui.widgets.long_text import LongText

Send = Callable[[dict[str, object], Callable[[FieldgateError | None], None]], None]
"""Sends answers off; calls back with None when they were taken, or with what refused them."""

_AROUND = 5
"""Lines beside the fields and what is said: the frame, the keys."""
_SENTENCES = 4
"""So many refusals are said at once: more would leave no room for the fields that answer them."""
_SAVED, _HEAD_CHARACTERS = 60, 100_000
_MOMENT = 1.0
"""Seconds of typing that a kill may lose."""


@dataclass(frozen=True, slots=True)
class Left:
    """How a form was left: `answers` when they were taken or given, `draft` what was typed and is not taken yet."""

    answers: dict[str, object] | None = None
    draft: dict[str, str] = field(default_factory=dict)


class AskScreen(ModalScreen[Left], inherit_bindings=False):
    """A form over the screen below.

    Args:
        form: What is asked.
        keymap: The keys in force.
        today: The day that `+7` and `fri` count from.
        find: Finds records for links.
        send: Sends the answers off; None leaves with them at once.
        draft: What was typed before and kept.
        draft_at: When it was typed.
        keep: Keeps what is typed while one types, so that a kill loses a moment of it at most.
        place: What it is kept under.
    """

    DEFAULT_CSS = """
    AskScreen {
        align: center middle;
        background: $background 60%;
        & > #ask {
            width: 84;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            background: $surface;
            padding: 0 1;
        }
        #ask-said { width: 1fr; height: auto; color: $warning; display: none; }
        #ask-said.-said { display: block; }
        FieldForm, FieldForm > VerticalScroll { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("form.next", "app.focus_next"),
        binding("form.previous", "app.focus_previous"),
        binding("form.help", "app.explain"),
    ]
    HINTS: ClassVar[tuple[str, ...]] = ("form.next", "form.save", "form.keep", "form.help")
    HELP = mark(
        "Letters are letters here; * must be filled in. A day may be typed as 2026-12-01, today, +7 or fri. A record is "
        "found by typing part of its name or its code, in any script. What is wrong is said below its field, and nothing "
        "that was typed is lost."
    )

    def __init__(
        self,
        form: Form,
        keymap: Keymap,
        *,
        today: date,
        find: Find | None = None,
        send: Send | None = None,
        draft: Mapping[str, str] | None = None,
        draft_at: str = "",
        keep: Callable[[dict[str, str]], None] | None = None,
        place: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__()
        self.form = form
        self._keymap = keymap
        self._send = send
        self._draft = dict(draft or {})
        self._draft_at = draft_at
        self._fields = FieldForm(
            [
                spec_of(each, today, find, keymap.label("app.commands") if form.move_id else "")
                for each in form.questions
            ]
        )
        self._first: dict[str, str] = {}
        self._waits = False
        self._keep = keep
        self._place = place
        self._keeping = False

    def compose(self) -> ComposeResult:
        """The title in the frame, what is said, the fields, the keys."""
        with Vertical(id="ask"):
            yield Label("", id="ask-said", markup=False)
            yield self._fields
            yield HintLine(id="ask-hints")

    def on_mount(self) -> None:
        """Start in the first field; a draft that was kept stands in its fields."""
        self.query_one("#ask").border_title = plain(self.form.title)
        hints = [self._keymap.hint(name) for name in self.HINTS]
        self.query_one(HintLine).show(hints)
        self._first = self._fields.typed
        if self._draft:
            self._fields.fill(self._draft)
        self.say("\n".join((*self._draft_lines(), *self.form.warnings)))
        self._fields.focus()

    def _draft_lines(self) -> Iterator[str]:
        """Say when the draft was typed, and beside it what is saved in the fields that it changes."""
        if not self._draft:
            return
        if self._draft_at:
            yield t("Typed {at} and not saved: it stands here again.", at=self._draft_at)
        else:
            yield t("Typed before and not saved: it stands here again.")
        for each in self.form.questions:
            saved = self._first.get(each.name, "")
            if each.name in self._draft and saved and len(saved) < _HEAD_CHARACTERS:
                yield t("{field}, as saved: {text}", field=each.words, text=cut(" ".join(saved.split()), _SAVED))

    # Keeping what is typed

    def on_input_changed(self) -> None:
        """Keep what is typed, a moment later."""
        if not self._keeping and self._keep is not None:
            self._keeping = True
            self.set_timer(_MOMENT, self.keep_now)

    def on_long_text_too_long(self, event: "LongText.TooLong") -> None:
        """Say that more was pasted than fits; none of it was taken in, and what was pasted is where it came from."""
        event.stop()
        size = len(event.text.encode("utf-8", "surrogatepass")) // 1000
        self.say(
            t(
                "{size} kB were pasted, which is more than this field holds, and left out. Paste a part of it, several "
                "notes of it, or name the file as an attachment.",
                size=size,
            )
        )

    on_text_area_changed = on_input_changed
    on_choice_control_changed = on_input_changed

    def keep_now(self) -> None:
        """Keep what is typed at once, as when the terminal goes away."""
        self._keeping = False
        if self._keep is not None and self._first and self.is_attached:
            self._keep(self._left_behind())

    def _left_behind(self) -> dict[str, str]:
        return {name: text for name, text in self._fields.typed.items() if text != self._first.get(name)}

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the frame, what is said, and the keys; the fields scroll in the rest."""
        self._make_room(event.size.height)

    def _make_room(self, height: int) -> None:
        said = self.query_one("#ask-said", Label).outer_size.height
        for each in self._fields.query(VerticalScroll):
            each.styles.max_height = max(3, height - _AROUND - max(1, said))

    def say(self, text: str) -> None:
        """Say something above the fields; nothing when empty."""
        label = self.query_one("#ask-said", Label)
        label.update(plain(text, lines=True))
        label.set_class(bool(text), "-said")
        self.call_after_refresh(lambda: self._make_room(self.size.height))

    @on(FieldForm.Submitted)
    def _submit(self, event: FieldForm.Submitted) -> None:
        event.stop()
        if self._waits:
            return
        answers = self._answers(event.values)
        if self._send is None:
            self._go(Left(answers=answers, draft=self._left_behind()))
            return
        self._waits = True
        self._send(answers, lambda error: self._sent(answers, error))

    def _go(self, left: Left) -> None:
        """Leave, once and for all: a moment that is still running would keep what was saved, for the next new record."""
        self._keep = None
        self.dismiss(left)

    def _answers(self, values: Mapping[str, str]) -> dict[str, object]:
        """What a person gave: fields left as they stood keep their default."""
        typed = self._fields.typed
        kept = {name: value for name, value in values.items() if typed[name] != self._first.get(name)}
        return {each.name: answer_of(each, kept[each.name]) for each in self.form.questions if each.name in kept}

    def _sent(self, answers: dict[str, object], error: FieldgateError | None) -> None:
        self._waits = False
        if not self.is_attached:
            return
        if error is None:
            self._go(Left(answers=answers))
            return
        missing = getattr(error, "missing", ()) or (error.message,)
        found, rest = sort_out(self.form, [each for each in missing if each != error.hint])
        if len(rest) > _SENTENCES:
            rest[_SENTENCES:] = [t("… and {count} more.", count=len(rest) - _SENTENCES)]
        self.say("\n".join(each for each in (*rest, error.hint) if each))
        self._fields.say(found)

    @on(FieldForm.Abandoned)
    def _leave(self, event: FieldForm.Abandoned) -> None:
        event.stop()
        kept = {name: text for name, text in event.values.items() if text != self._first.get(name)}
        self._go(Left(draft=kept))

    @on(FieldForm.EditorAsked)
    def _edit_outside(self, event: FieldForm.EditorAsked) -> None:
        """Hand a long text to the app's way to `$EDITOR`, where it has one."""
        event.stop()
        edit = getattr(self.app, "edit_outside", None)
        if edit is None:
            self.say(t("An own editor is not set up here."))
            return

        def take(text: str) -> None:
            self._fields.fill({event.name: text})
            self.keep_now()

        self.keep_now()
        edit(event.text, (*self._place, event.name), take)
