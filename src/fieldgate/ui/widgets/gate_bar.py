"""GateBar: where the workspace stands; the four steps with the next gate highlighted, and the one thing to do next.

Two lines where there is room, one on a narrow screen. Cut by cells, never wrapped, and read without colour: the step
that counts has `▶`, its criteria are counted in figures and in a bar.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, NamedTuple

from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from fieldgate.domain.display import clean
from fieldgate.ui.plain import cut, width_of
from fieldgate.ui.widgets.drawn import Drawn
from fieldgate.words import t

WIDE = 120
"""From this many cells on the bar has two lines."""

_LONGEST_BAR = 12
_LEAST_NAME = 12


class StepState(StrEnum):
    """How far a step is."""

    DONE = "✓"
    CURRENT = "▶"
    AHEAD = "·"
    STOPPED = "✗"


class Step(NamedTuple):
    """One of the steps of the method."""

    number: int
    title: str
    state: StepState


class GateBarData(NamedTuple):
    """What the bar shows, as raw text and figures."""

    workspace: str
    steps: tuple[Step, ...]
    met: int
    total: int
    next_text: str
    """The one thing that would move the gate."""
    next_key: str = ""
    """The key that shows all of what is next; a narrow bar has room for one entry, cut."""
    next_hint: str = ""
    """Which keys lead there."""
    due: str = ""
    """When the gate is to be decided, in words."""
    overdue: bool = False
    stale: bool = False
    """The figures are those of the last time; the new ones are being computed."""


class GateBar(Drawn):
    """The strip on top of the desk."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "gate-bar--workspace": "bold",
        "gate-bar--gate": "bold $accent",
        "gate-bar--bar": "$accent",
        "gate-bar--other": "$text-muted",
        "gate-bar--next": "bold",
        "gate-bar--late": "bold $warning",
    }
    DEFAULT_CSS = """
    GateBar {
        height: auto;
        background: $panel;
    }
    """

    class Clicked(Message):
        """Wants to see why the gate is not open yet."""

    def __init__(
        self,
        data: GateBarData | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._data = data

    def show(self, data: GateBarData) -> None:
        """Show other figures."""
        if data != self._data:
            self._data = data
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return two lines where there is room for them."""
        return 2 if width >= WIDE else 1

    def render_line(self, y: int) -> Strip:
        """Draw the steps, or what is next, or both in one line."""
        width = self.size.width
        data = self._data
        if data is None:
            parts: list[tuple[str, str]] = []
        elif width < WIDE:
            parts = self._narrow(data)
        elif y == 0:
            parts = self._steps(data, width)
        else:
            parts = self._next(data)
        return self.strip_of(parts, width)

    def on_click(self) -> None:
        """Ask why the gate is not open yet."""
        self.post_message(self.Clicked())

    def _steps(self, data: GateBarData, width: int) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        for step in data.steps:
            parts.append(("   ", ""))
            if step.state is StepState.CURRENT:
                parts += self._gate(data, step, count=t("{met} of {total}", met=data.met, total=data.total), roomy=True)
            else:
                parts.append((f"{step.state} {step.number} {clean(step.title)}", "gate-bar--other"))
        used = sum(width_of(text) for text, _ in parts)
        name = cut(clean(data.workspace), max(_LEAST_NAME, width - used - 1))
        return [(f" {name}", "gate-bar--workspace"), *parts]

    def _next(self, data: GateBarData) -> list[tuple[str, str]]:
        parts = [(" ", ""), (t("NEXT"), "gate-bar--next"), (f"   {clean(data.next_text)}", "")]
        if data.next_hint:
            parts.append((f"   {clean(data.next_hint)}", "gate-bar--other"))
        return parts

    def _narrow(self, data: GateBarData) -> list[tuple[str, str]]:
        current = next((step for step in data.steps if step.state is StepState.CURRENT), None)
        parts = self._gate(data, current, count=f"{data.met}/{data.total}", roomy=False) if current else []
        stopped = next((step for step in data.steps if step.state is StepState.STOPPED), None)
        if stopped is not None:
            parts.append((f"{stopped.state} {stopped.number} {clean(stopped.title)}", "gate-bar--late"))
        key = f" {data.next_key}" if data.next_key else ""
        return [*parts, (" ", ""), (f"{t('NEXT')}{key}", "gate-bar--next"), (f" {clean(data.next_text)}", "")]

    @staticmethod
    def _gate(data: GateBarData, step: Step, *, count: str, roomy: bool) -> list[tuple[str, str]]:
        count += "…" if data.stale else ""
        parts = [
            (f"{step.state} {step.number} {clean(step.title)} {count} ", "gate-bar--gate"),
            (bar(data.met, data.total), "gate-bar--bar"),
        ]
        if data.due and roomy:
            late = ("! ", "gate-bar--late") if data.overdue else ("", "gate-bar--other")
            parts.append((f" {late[0]}{clean(data.due)}", late[1]))
        elif data.overdue:
            parts.append((" !", "gate-bar--late"))
        return parts


def bar(met: int, total: int) -> str:
    """Return a bar with a cell for each criterion, fewer if they are very many; full only when all are met."""
    cells = min(total, _LONGEST_BAR)
    full = met * cells // total if total else 0
    return "█" * full + "▒" * (cells - full)
