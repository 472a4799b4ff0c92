"""Commands that draw: the assumption map, and the tree of pivots."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import columns, one_line, say_wrapped
from fieldgate.cli.output import say, say_json
from fieldgate.cli.reading import open_call
from fieldgate.cli.status import workspace_data
from fieldgate.domain.assumption_map import LEVELS, Placed, Plot, Point, laid_out, points_of
from fieldgate.domain.display import cell_width, clean, wrap
from fieldgate.domain.gates import policy_of
from fieldgate.domain.lineage import Branch, Generation, pivot_tree
from fieldgate.domain.records.learning import HypothesisState
from fieldgate.words import t

_HEIGHT = 15
_GLYPHS = {
    HypothesisState.DRAFT: "·",
    HypothesisState.TESTING: "?",
    HypothesisState.SUPPORTED: "✓",
    HypothesisState.REFUTED: "✗",
    HypothesisState.RETIRED: "—",
}
_AXIS = 4
"""Cells before the map: the importance and its stroke."""


@click.command(name="assumption-map")
@command()
def assumption_map_command(call: Call) -> None:
    """Importance against confidence: what to test next stands at the top in the middle, marked with !."""
    call.no_words("assumption-map")
    with open_call(call) as reading:
        points = points_of(reading.facts, policy_of(reading.facts, reading.playbook))
        if call.as_json:
            head = {"workspace": workspace_data(reading), "today": reading.today, "count": len(points)}
            say_json({**head, "points": [_point_data(each) for each in points]})
            return
        plot = laid_out(points, columns() - _AXIS, _HEIGHT)
        for row in map_lines(plot):
            say(row)
        for number, point in enumerate(points):
            if number == 0:
                say()
            words = t("{mark} {code} importance {n}, confidence {c}, risk {risk}: {statement}", mark=_glyph(point),
                      code=point.belief.code, n=point.belief.importance, c=f"{point.confidence:+.2f}",
                      risk=f"{point.risk:.2f}", statement=point.belief.statement)  # fmt: skip
            say(one_line(("! " if point.riskiest else "  ") + words, columns()))


@click.command(name="pivot-tree")
@command()
def pivot_tree_command(call: Call) -> None:
    """Which belief came out of which: statement, counts, kind of change, gate and day of each generation."""
    call.no_words("pivot-tree")
    with open_call(call) as reading:
        branches = pivot_tree(reading.facts, policy_of(reading.facts, reading.playbook))
        if call.as_json:
            data = [_branch_data(each) for each in branches]
            say_json(
                {"workspace": workspace_data(reading), "today": reading.today, "count": len(data), "beliefs": data}
            )
            return
        shown = [each for each in branches if each.depth or each.children]
        kinds = {each.id: t(each.title) for each in reading.playbook.pivot_kinds}
        for each in shown:
            for row in branch_lines(each, columns(), kinds):
                say(row)
        if not shown:
            say(t("No belief came out of another one yet."))
        alone = [each.generation.belief.code for each in branches if not each.depth and not each.children]
        if alone and shown:
            say()
            say_wrapped(t("Never changed: {codes}", codes=", ".join(alone)))


def map_lines(plot: Plot) -> Iterator[str]:
    """Draw a map with its axes, in characters alone."""
    lines: list[list[str]] = [[" "] * plot.width for _ in range(plot.height)]
    for row in lines:
        row[plot.middle] = "┊"
    for each in plot.placed:
        lines[each.line][each.column : each.column + each.width] = _label(each)
    for number, row in enumerate(lines):
        level = LEVELS - number // plot.band
        head = f"{level} ┤" if number % plot.band == 0 else "  │"
        yield f"{head} {''.join(row)}".rstrip()
    left, middle, right = t("-1 they say no"), t("0 not known: the riskiest is on top"), t("they say yes +1")
    room = plot.width - cell_width(left) - cell_width(right)
    yield f"  └{'─' * (plot.width + 1)}"
    spare = room - cell_width(middle)
    gap = " " * (spare // 2) + middle + " " * (spare - spare // 2) if spare > 1 else " " * max(1, room)
    yield f"    {left}{gap}{right}"
    if plot.hidden:
        yield t("No room for {codes}", codes=", ".join(each.belief.code for each in plot.hidden))


def branch_lines(branch: Branch, width: int, kinds: Mapping[str, str]) -> Iterator[str]:
    """Write one belief of the tree: its code, state and statement, then how it came and how it went.

    Args:
        branch: The belief and where it hangs.
        width: The cells that a line may take.
        kinds: The names of the kinds of change, by their ids.
    """
    one = branch.generation
    head = f"{one.belief.code} {t(one.belief.state.value)}"
    rows = list(wrap(clean(f"{head}: {one.belief.statement}"), width - cell_width(branch.follow)))
    rows.extend(wrap(clean(" · ".join(generation_facts(one, kinds))), width - cell_width(branch.follow)))
    for number, row in enumerate(rows):
        yield f"{branch.follow if number else branch.lead}{row}".rstrip()


def generation_facts(one: Generation, kinds: Mapping[str, str]) -> list[str]:
    """Say of a generation what its line of descent shows: kind of change, gate, day, counts, what became of it."""
    said = []
    if one.belief.pivot_kind is not None:
        said.append(kinds.get(one.belief.pivot_kind.value, one.belief.pivot_kind.value))
    if one.gate is not None:
        said.append(t("at the {step} gate, round {n}", step=t(one.gate.step.value), n=one.gate.round))
    said.append(t("since {day}", day=one.born_on))
    said.append(t("{yes} yes, {no} no, {maybe} maybe", yes=one.yes, no=one.no, maybe=one.maybe))
    if one.changed:
        said.append(t("changed: {fields}", fields=", ".join(one.changed)))
    if one.settled_on is not None:
        said.append(t("{state} on {day}", state=t(one.belief.state.value), day=one.settled_on))
    return said


def _label(placed: Placed) -> str:
    point = placed.point
    return f"{_glyph(point)}{point.belief.code}{'!' if point.riskiest else ''}"[: placed.width]


def _glyph(point: Point) -> str:
    return _GLYPHS[point.belief.state]


def _point_data(point: Point) -> dict[str, Any]:
    belief = point.belief
    return {
        "id": belief.id,
        "code": belief.code,
        "statement": belief.statement,
        "area": belief.area,
        "step": belief.step,
        "state": belief.state,
        "importance": belief.importance,
        "confidence": point.confidence,
        "risk": point.risk,
        "firm": point.firm,
        "key": point.key,
        "riskiest": point.riskiest,
    }


def _branch_data(branch: Branch) -> dict[str, Any]:
    one = branch.generation
    belief = one.belief
    return {
        "id": belief.id,
        "code": belief.code,
        "statement": belief.statement,
        "state": belief.state,
        "segment": belief.segment,
        "depth": branch.depth,
        "parent": one.parent.code if one.parent else None,
        "pivot_kind": belief.pivot_kind,
        "gate": {"id": one.gate.id, "step": one.gate.step, "round": one.gate.round} if one.gate else None,
        "since": one.born_on,
        "settled_on": one.settled_on,
        "reason": belief.verdict_reason,
        "changed": list(one.changed),
        "yes": one.yes,
        "no": one.no,
        "maybe": one.maybe,
        "confidence": one.confidence,
    }
