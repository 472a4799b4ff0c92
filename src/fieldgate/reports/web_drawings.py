"""The drawings of the report, as inline SVG: assumption map, evidence over time, tree of pivots.

What a mark stands for is also said in words beside it, so that colour is never the only sign.
"""

from datetime import date

from fieldgate.domain.assumption_map import LEVELS, points_of
from fieldgate.domain.display import cut
from fieldgate.domain.lineage import pivot_tree
from fieldgate.domain.records.learning import Evidence, Hypothesis, Note, PivotKind, Stance
from fieldgate.reports.material import Material
from fieldgate.reports.web_text import anchor, inline

WIDTH = 900
_LEFT = 60
_BAND = 70
_ROW = 26
_BRANCH = 44
_INDENT = 28
_STEP = 46
"""Pixels by which labels of one spot are moved apart."""

_KIND_WORDS = {None: "", PivotKind.NARROW: "narrowed, "}
_CELLS = 90


def assumption_map(material: Material) -> str:
    """Draw importance against confidence; the riskiest corner is the top in the middle."""
    height = LEVELS * _BAND + 40
    room = WIDTH - _LEFT - _STEP
    middle = _LEFT + room / 2
    parts = [f'<path class="axis" d="M{middle:.0f} 0V{LEVELS * _BAND}M{_LEFT} 0V{LEVELS * _BAND}H{WIDTH}"/>']
    parts.extend(
        f'<text class="dimmed" x="20" y="{(LEVELS - level) * _BAND + _BAND / 2:.0f}">{level}</text>'
        for level in range(1, LEVELS + 1)
    )
    parts.append(
        f'<text class="dimmed" x="{_LEFT + 8}" y="{LEVELS * _BAND - 8}">importance: 1 little hangs on it, 5 all</text>'
    )
    for x, words in ((_LEFT, "they say no"), (middle - 30, "not known"), (WIDTH - 90, "they say yes")):
        parts.append(f'<text class="dimmed" x="{x:.0f}" y="{LEVELS * _BAND + 24}">{words}</text>')
    taken: dict[tuple[int, int], int] = {}
    for point in points_of(material.facts, material.policy):
        spot = round((point.confidence + 1) / 2 * 18), point.belief.importance
        number = taken[spot] = taken.get(spot, -1) + 1
        x = _LEFT + 8 + (point.confidence + 1) / 2 * (room - 16) + number // 3 * _STEP
        y = (LEVELS - point.belief.importance) * _BAND + 14 + number % 3 * 20
        label = f"{point.belief.code}{'!' if point.riskiest else ''}"
        parts.append(
            f'<a href="#{anchor(point.belief.id)}"><title>{inline(point.belief.statement)}</title>'
            f'<circle class="point" cx="{x:.0f}" cy="{y}" r="4"/><text x="{x + 7:.0f}" y="{y + 4}">{inline(label)}</text></a>'
        )
    return drawing("Assumption map", height, parts)


def timeline(material: Material) -> str:
    """Draw a row for each belief that somebody spoke to, and a mark on the day for each piece."""
    rows = [(each, material.pieces_of(each)) for each in material.hypotheses()]
    rows = [(each, found) for each, found in rows if found]
    days = [note.said_on for _, found in rows for _, note in found]
    if not days:
        return "<p>Nobody has said anything yet.</p>\n"
    first, last = min(days), max(days)
    height = len(rows) * _ROW + 40
    parts = [f'<path class="axis" d="M{_LEFT} {len(rows) * _ROW + 8}H{WIDTH}"/>']
    parts.append(f'<text class="dimmed" x="{_LEFT}" y="{height - 10}">{first}</text>')
    parts.append(f'<text class="dimmed" x="{WIDTH - 80}" y="{height - 10}">{last}</text>')
    for number, (belief, found) in enumerate(rows):
        parts.extend(_timeline_row(number * _ROW + 16, belief, found, (first, last)))
    return drawing("Evidence over time", height, parts)


def _timeline_row(y: int, belief: Hypothesis, found: list[tuple[Evidence, Note]], days: tuple[date, date]) -> list[str]:
    first, last = days
    span = max(1, (last - first).days)
    parts = [f'<a href="#{anchor(belief.id)}"><text x="8" y="{y + 4}">{inline(belief.code)}</text></a>']
    for piece, note in found:
        x = _LEFT + 10 + (note.said_on - first).days / span * (WIDTH - _LEFT - 20)
        size = 3 + piece.strength
        mark = _mark(piece.stance, round(x), y, size)
        words = f"{belief.code} {piece.stance.value} {piece.strength}, {note.said_on}: {cut(note.text, _CELLS)}"
        parts.append(f'<a href="#{anchor(piece.id)}"><title>{inline(words)}</title>{mark}</a>')
    return parts


def _mark(stance: Stance, x: int, y: int, size: int) -> str:
    """A shape for each stance, so that colour is not the only sign."""
    if stance is Stance.NO:
        return f'<rect class="no" x="{x - size}" y="{y - size}" width="{2 * size}" height="{2 * size}"/>'
    if stance is Stance.MAYBE:
        wide = size + 2
        return f'<path class="maybe" d="M{x - wide} {y}L{x} {y - wide}L{x + wide} {y}L{x} {y + wide}Z"/>'
    return f'<circle class="yes" cx="{x}" cy="{y}" r="{size}"/>'


def tree(material: Material) -> str:
    """Draw every belief below the one that it came out of; those that never changed are left out."""
    branches = [each for each in pivot_tree(material.facts, material.policy) if each.depth or each.children]
    if not branches:
        return "<p>No belief came out of another one yet.</p>\n"
    parts: list[str] = []
    above: dict[int, int] = {}
    for number, branch in enumerate(branches):
        one = branch.generation
        x, y = 10 + branch.depth * _INDENT, number * _BRANCH + 16
        if branch.depth:
            parts.append(f'<path class="axis" d="M{x - _INDENT + 4} {above[branch.depth - 1] + 6}V{y}H{x - 6}"/>')
        above[branch.depth] = y
        kind = _KIND_WORDS.get(one.belief.pivot_kind, f"pivot ({str(one.belief.pivot_kind).replace('_', ' ')}), ")
        facts = f"{kind}{one.belief.state.value}, since {one.born_on}: {one.yes} yes, {one.no} no, {one.maybe} maybe"
        statement = cut(f"{one.belief.code} {one.belief.statement}", max(20, _CELLS - 4 * branch.depth))
        parts.append(
            f'<a href="#{anchor(one.belief.id)}"><circle class="point" cx="{x}" cy="{y}" r="4"/>'
            f'<text x="{x + 10}" y="{y + 4}">{inline(statement)}</text></a>'
            f'<text class="dimmed" x="{x + 10}" y="{y + 20}">{inline(facts)}</text>'
        )
    return drawing("How beliefs changed", len(branches) * _BRANCH + 10, parts)


def drawing(name: str, height: int, parts: list[str]) -> str:
    """Return parts as one drawing as wide as the page."""
    head = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{name}" xmlns="http://www.w3.org/2000/svg">'
    return f"{head}\n" + "\n".join(parts) + "\n</svg>\n"
