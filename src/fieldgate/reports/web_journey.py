"""The customer journey in the report: a map of all moments, and in words those that somebody has looked at."""

from collections.abc import Iterator

from fieldgate.domain.journey_grid import Grid, journey_grid
from fieldgate.domain.records.journey import Phase, Touchpoint, TouchpointState
from fieldgate.reports.material import Material
from fieldgate.reports.web_drawings import WIDTH, drawing
from fieldgate.reports.web_text import anchor, inline

_LABEL = 260
_ROW = 24
_WORDS = {"█": "gap", "▒": "to ask", "░": "ready"}
_LOOKS = {"█": "no", "▒": "maybe", "░": "yes"}
_NAMES = {
    TouchpointState.GAP: "gap",
    TouchpointState.FIXING: "being fixed",
    TouchpointState.READY: "ready",
    TouchpointState.UNASKED: "not asked yet",
}


def journey(material: Material) -> Iterator[str]:
    """Yield the section."""
    grid = journey_grid(material.facts, material.playbook)
    if not grid.cells:
        return
    yield '<h2>Customer journey</h2>\n<p class="dim">Every moment in which a customer deals with us, by phase and by the '
    yield "function that serves it. In a cell: gaps / not asked yet / ready.</p>\n"
    yield _map(grid)
    cards = [each for cell in grid.cells.values() for each in cell.cards]
    looked = [each for each in cards if each.state is not TouchpointState.UNASKED or each.goal]
    yield from _tables(material, looked)
    left = len(cards) - len(looked)
    if left:
        yield f'<p class="dim">{left} more moments are known and not asked yet.</p>\n'


def _map(grid: Grid) -> str:
    cell = (WIDTH - _LABEL) / len(grid.phases)
    parts = [
        f'<text class="dimmed" x="{_LABEL + number * cell:.0f}" y="14">{inline(title)}</text>'
        for number, (_, title) in enumerate(grid.phases)
    ]
    rows = [each for each in grid.functions if any(grid.cell(phase, each[0]).cards for phase, _ in grid.phases)]
    for y, (function, title) in enumerate(rows):
        top = y * _ROW + 24
        parts.append(f'<text x="8" y="{top + 14}">{inline(title)}</text>')
        for x, (phase, phase_title) in enumerate(grid.phases):
            found = grid.cell(phase, function)
            if not found.cards:
                continue
            left = _LABEL + x * cell
            words = f"{phase_title}, {title}: {found.gaps} gaps, {found.unasked} not asked yet, {found.ready} ready"
            parts.append(
                f'<g><title>{inline(words)}</title><rect class="{_LOOKS[found.shade]}" x="{left:.0f}" y="{top}" width="14" '
                f'height="{_ROW - 6}"/><text x="{left + 20:.0f}" y="{top + 14}">{found.gaps} / {found.unasked} / '
                f"{found.ready} {_WORDS[found.shade]}</text></g>"
            )
    return drawing("Customer journey", len(rows) * _ROW + 32, parts)


def _tables(material: Material, cards: list[Touchpoint]) -> Iterator[str]:
    """One table for each phase, with the columns that say anything."""
    titles = {each.id: each.title for each in material.playbook.phases}
    for phase in Phase:
        found = sorted((each for each in cards if each.phase is phase), key=_place)
        if not found:
            continue
        columns = (
            ("Moment", [each.title for each in found]),
            ("The customer wants", [each.goal or "" for each in found]),
            ("Brings", [each.goes_in or "" for each in found]),
            ("Takes away", [each.comes_out or "" for each in found]),
            ("What is wrong", [each.gap or "" for each in found]),
            ("State", [_NAMES[each.state] for each in found]),
        )
        shown = [(name, texts) for name, texts in columns if any(texts)]
        yield f"<h3>{inline(titles.get(phase.value, phase.value))}</h3>\n<table>\n<thead><tr>"
        yield "".join(f"<th>{name}</th>" for name, _ in shown) + "</tr></thead>\n<tbody>\n"
        for number, card in enumerate(found):
            cells = "".join(f'<td dir="auto">{inline(texts[number])}</td>' for _, texts in shown)
            yield f'<tr id="{anchor(card.id)}">{cells}</tr>\n'
        yield "</tbody>\n</table>\n"


def _place(card: Touchpoint) -> tuple[bool, int, str]:
    return card.position is None, card.position or 0, card.code
