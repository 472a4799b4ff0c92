"""FieldForm: a form made from a list of fields. What is wrong is said beside the field; nothing typed is ever lost.

Letters are letters here. Ctrl+S, or Enter on the last field, saves; Escape leaves and keeps what was typed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Label

from fieldgate.domain.display import clean
from fieldgate.ui.bindings import binding
from fieldgate.ui.plain import cut, plain, width_of
from fieldgate.ui.widgets.controls import make_control
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.ui.widgets.fields import FieldKind, FieldSpec, Judged, judge
from fieldgate.ui.widgets.line_control import Finished
from fieldgate.ui.widgets.link_controls import LinkControl
from fieldgate.words import t

_LABEL = 20
"""Cells of the column of labels."""
_EXPLAINS = re.compile(r"[:,：，、]")
"""What stands between a name and the words that explain it."""


def short_label(text: str, room: int) -> str:
    """Return a label that fits: the name alone where the words that explain it have no room."""
    name = _EXPLAINS.split(text, maxsplit=1)[0].strip()
    return cut(text if width_of(text) <= room else name, room)


class FieldRow(Vertical):
    """A field: its label, its control, and below it what is wrong."""

    DEFAULT_CSS = f"""
    FieldRow {{
        height: auto;
        & > Horizontal {{ height: auto; }}
        & .field-row--label {{ width: {_LABEL + 2}; color: $text-muted; }}
        & .field-row--says {{ width: 1fr; height: auto; padding-left: {_LABEL + 2}; display: none; }}
        &:focus-within .field-row--label {{ color: $foreground; text-style: bold; }}
        &.-wrong .field-row--says {{ display: block; color: $error; text-style: bold; }}
    }}
    """

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.spec = spec
        self.control: Any = make_control(spec)
        self._says = Label("", classes="field-row--says", markup=False)
        self._label = Label(classes="field-row--label", markup=False)
        self._error = ""

    def compose(self) -> ComposeResult:
        """Make the label, the control and the line below."""
        star = " *" if self.spec.required else ""
        self._label.update(plain(short_label(self.spec.label, _LABEL - len(star)) + star))
        with Horizontal():
            yield self._label
            yield self.control
        yield self._says

    def judged(self) -> Judged:
        """Judge what is in the field now, and say beside it what is wrong."""
        control = self.control
        if isinstance(control, LinkControl) and control.is_open_question:
            judged = Judged("", self._none_called(control.typed))
        else:
            judged = judge(self.spec, control.typed)
        self.say(judged.error)
        return judged

    def _none_called(self, text: str) -> str:
        return " ".join(each for each in (t("no record is called {text}", text=text), self.spec.maker) if each)

    def on_input_changed(self) -> None:
        """Say at once where what is typed into a link finds nothing, and how to make it."""
        control = self.control
        if isinstance(control, LinkControl) and control.has_focus_within:
            self.say(self._none_called(control.typed) if control.finds_nothing else "")

    def say(self, error: str) -> None:
        """Say what is wrong, or take back what was said."""
        if error != self._error:
            self._error = error
            self._says.update(plain(f"! {error}"))
            self.set_class(bool(error), "-wrong")

    def on_descendant_blur(self) -> None:
        """Judge what was typed, but do not reproach an empty field before the form is saved."""
        if self.control.typed.strip() or self._error:
            self.judged()


class HelpLine(Drawn):
    """What helps with the field that has the focus; at the foot of the form, so that nothing moves."""

    DEFAULT_CSS = """
    HelpLine { height: 1; color: $text-muted; }
    """

    _text = ""

    def show(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        del y
        return self.strip_of([(clean(self._text), "")], self.size.width)


class FieldForm(Vertical):
    """A form.

    Args:
        specs: Its fields, in order.
    """

    DEFAULT_CSS = """
    FieldForm {
        height: 1fr;
        & > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("form.save", "save"),
        binding("form.keep", "keep"),
        binding("form.editor", "editor"),
    ]

    class Submitted(Message):
        """All fields are right; `values` are what they mean."""

        def __init__(self, form: "FieldForm", values: dict[str, str]) -> None:
            super().__init__()
            self.form = form
            self.values = values

    class Abandoned(Message):
        """Left by Escape; `values` are as typed, to be kept as a draft when `changed`."""

        def __init__(self, form: "FieldForm", values: dict[str, str], *, changed: bool) -> None:
            super().__init__()
            self.form = form
            self.values = values
            self.changed = changed

    class EditorAsked(Message):
        """Wants a long text edited outside; `FieldForm.fill` brings it back."""

        def __init__(self, form: "FieldForm", name: str, text: str) -> None:
            super().__init__()
            self.form = form
            self.name = name
            self.text = text

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows = [FieldRow(spec) for spec in specs]
        self._help = HelpLine()
        self._at_first = self.typed

    def compose(self) -> ComposeResult:
        """Make the fields."""
        with VerticalScroll(can_focus=False):
            yield from self._rows
        yield self._help

    @property
    def typed(self) -> dict[str, str]:
        """What is in the fields, as typed."""
        return {row.spec.name: row.control.typed for row in self._rows}

    @property
    def changed(self) -> bool:
        """Whether anything was typed since the form was made."""
        return self.typed != self._at_first

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into fields, as from a draft."""
        for row in self._rows:
            if row.spec.name in values:
                row.control.typed = values[row.spec.name]

    def say(self, errors: Mapping[str, str]) -> None:
        """Say beside fields what the rules found wrong, and go to the first of them."""
        for row in self._rows:
            row.say(errors.get(row.spec.name, ""))
        self._go_to_wrong(errors)

    def focus(self, scroll_visible: bool = True, *, from_app_focus: bool = False) -> Self:  # noqa: ARG002 - Textual's signature
        """Go to the first field."""
        if self._rows:
            self._rows[0].control.focus(scroll_visible)
        return self

    def action_save(self) -> None:
        """Hand the values on if nothing is wrong; otherwise go to the first field that is."""
        judged = {row.spec.name: row.judged() for row in self._rows}
        errors = {name: each.error for name, each in judged.items() if each.error}
        if errors:
            self._go_to_wrong(errors)
        else:
            self.post_message(self.Submitted(self, {name: each.value for name, each in judged.items()}))

    def action_keep(self) -> None:
        """Leave; what was typed goes along."""
        self.post_message(self.Abandoned(self, self.typed, changed=self.changed))

    def action_editor(self) -> None:
        """Ask for the long text under the cursor to be edited outside."""
        row = self._focused_row()
        if row is not None and row.spec.kind is FieldKind.TEXT:
            self.post_message(self.EditorAsked(self, row.spec.name, row.control.typed))

    @on(Finished)
    def _go_on(self, event: Finished) -> None:
        event.stop()
        row = self._focused_row()
        number = self._rows.index(row) + 1 if row is not None else 0
        if number < len(self._rows):
            self._rows[number].control.focus()
        else:
            self.action_save()

    def on_descendant_focus(self) -> None:
        """Show the help of the field that is entered."""
        row = self._focused_row()
        label = row.spec.label if row else ""
        told = row is not None and row.spec.help == label and short_label(label, _LABEL - 2) == label
        self._help.show(row.spec.help if row and not told else "")

    def _go_to_wrong(self, errors: Mapping[str, str]) -> None:
        for row in self._rows:
            if row.spec.name in errors:
                row.control.focus()
                return

    def _focused_row(self) -> FieldRow | None:
        return next((row for row in self._rows if row.has_focus_within), None)
