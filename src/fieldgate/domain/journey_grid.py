"""The journey as a grid: for each phase and function how many cards are in which state."""

from collections.abc import Mapping

from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.touchpoints import live_cards
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """The cards of one phase and function that apply. A gap that is being fixed counts as a gap."""

    cards: tuple[Touchpoint, ...] = ()

    def count(self, *states: TouchpointState) -> int:
        """How many are in one of these states."""
        return sum(each.state in states for each in self.cards)

    @property
    def gaps(self) -> int:
        """Cards that fall short, also those that are being fixed."""
        return self.count(TouchpointState.GAP, TouchpointState.FIXING)

    @property
    def unasked(self) -> int:
        """Cards of which nobody has asked yet."""
        return self.count(TouchpointState.UNASKED)

    @property
    def ready(self) -> int:
        """Cards that are well."""
        return self.count(TouchpointState.READY)

    @property
    def shade(self) -> str:
        """The worst in the cell: █ a gap, ▒ a question not asked, ░ all ready, · no card."""
        if self.gaps:
            return "█"
        if self.unasked:
            return "▒"
        return "░" if self.ready else "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Phases and functions by id and title, in their order, and the cells that have cards."""

    phases: tuple[tuple[str, str], ...]
    functions: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], GridCell]

    def cell(self, phase: str, function: str) -> GridCell:
        """Return the cell of a phase and a function."""
        return self.cells.get((phase, function), GridCell())


def journey_grid(facts: Snapshot, playbook: Playbook) -> Grid:
    """Count the cards of the journey; those that do not apply are left out."""
    found: dict[tuple[str, str], list[Touchpoint]] = {}
    for card in live_cards(facts):
        if card.state is not TouchpointState.NA:
            found.setdefault((card.phase.value, card.function.value), []).append(card)
    return Grid(
        phases=tuple((each.id, each.title) for each in playbook.phases),
        functions=tuple((each.id, each.title) for each in playbook.functions),
        cells={place: GridCell(cards=tuple(cards)) for place, cards in found.items()},
    )
