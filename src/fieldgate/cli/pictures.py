"""More commands that draw: the journey as a map, evidence over time, and the mirror. Read in one colour, in 80 cells."""

from collections.abc import Iterator
from typing import Any

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import columns, one_line
from fieldgate.cli.output import say, say_json
from fieldgate.cli.reading import open_call
from fieldgate.cli.status import workspace_data
from fieldgate.domain.display import clean, cut, pad
from fieldgate.domain.evidence_days import Row, evidence_rows, marks_of, span_of
from fieldgate.domain.gates import policy_of
from fieldgate.domain.journey_grid import Grid, GridCell, journey_grid
from fieldgate.domain.mirror import Reflection, mirror
from fieldgate.words import t

_CODE = 6
_BAR = 20
_NAME = 18
_LEAST = 11


@click.command(name="journey-map")
@command()
def journey_map_command(call: Call) -> None:
    """Phases across, functions down; in each cell gaps / to ask / ready, and a shade of the worst."""
    call.no_words("journey-map")
    with open_call(call) as reading:
        grid = journey_grid(reading.facts, reading.playbook)
        if call.as_json:
            cells = [_cell_data(phase, function, cell) for (phase, function), cell in sorted(grid.cells.items())]
            say_json({"workspace": workspace_data(reading), "today": reading.today, "count": len(cells),
                      "phases": [each for each, _ in grid.phases], "functions": [each for each, _ in grid.functions],
                      "cells": cells})  # fmt: skip
            return
        for row in grid_lines(grid, columns()):
            say(row)


@click.command(name="timeline")
@command()
def timeline_command(call: Call) -> None:
    """What was said for and against each belief, on the day it was said."""
    call.no_words("timeline")
    with open_call(call) as reading:
        rows = evidence_rows(reading.facts, policy_of(reading.facts, reading.playbook))
        if call.as_json:
            say_json({"workspace": workspace_data(reading), "today": reading.today, "count": len(rows),
                      "beliefs": [_row_data(each) for each in rows]})  # fmt: skip
            return
        for line in timeline_lines(rows, columns()):
            say(line)


@click.command(name="mirror")
@command()
def mirror_command(call: Call) -> None:
    """How many maybes each of us brings home; a high rate usually means a question badly asked."""
    call.no_words("mirror")
    with open_call(call) as reading:
        found = mirror(reading.facts, policy_of(reading.facts, reading.playbook))
        if call.as_json:
            say_json({"workspace": workspace_data(reading), "today": reading.today, "count": len(found),
                      "members": [_reflection_data(each) for each in found]})  # fmt: skip
            return
        for each in found:
            for line in mirror_lines(each, columns()):
                say(line)


def grid_lines(grid: Grid, width: int) -> Iterator[str]:
    """Draw the grid in characters alone."""
    label = max(_NAME, width - len(grid.phases) * (_LEAST + 6))
    cell = max(_LEAST, (width - label) // len(grid.phases))
    yield (" " * label + "".join(pad(cut(t(title), cell - 1), cell) for _, title in grid.phases)).rstrip()
    for function, title in grid.functions:
        name = pad(cut(f"{pad(function, 4)}{t(title)}", label - 1), label)
        cells = (pad(_cell_text(grid.cell(phase, function)), cell) for phase, _ in grid.phases)
        yield f"{name}{''.join(cells)}".rstrip()
    yield ""
    yield cut(t("█ gap  ▒ to ask  ░ ready  · none   counts: gap / to ask / ready"), width)


def timeline_lines(rows: tuple[Row, ...], width: int) -> Iterator[str]:
    """Draw a line for each belief, a sign for each day on which something was said."""
    span = span_of(rows)
    if span is None:
        yield t("Nobody has said anything of a belief yet.")
        return
    room = width - _CODE
    first, last = (each.isoformat() for each in span)
    yield f"{' ' * _CODE}{first}{' ' * max(1, room - len(first) - len(last))}{last}"
    for row in rows:
        cells = ["·"] * room
        for each in marks_of(row, span, room):
            cells[each.column] = each.glyph
        yield f"{pad(row.belief.code, _CODE)}{''.join(cells)}"
    yield ""
    yield cut(t("● yes  ✗ no  ? maybe, also what cost nothing  * they disagree"), width)
    for row in rows:
        yield f"{pad(row.belief.code, _CODE)}{one_line(row.belief.statement, width - _CODE)}"


def mirror_lines(one: Reflection, width: int) -> Iterator[str]:
    """Draw one of us: the part of maybes as a bar, and in figures."""
    full = round(one.rate * _BAR)
    figures = t("{maybe} maybe of {total}", maybe=len(one.maybes), total=one.total)
    name = pad(cut(clean(one.member.name), _NAME), _NAME)
    yield f"{name} {'█' * full}{'▒' * (_BAR - full)} {round(one.rate * 100):3} %  {figures}"
    by_belief: dict[str, list[str]] = {}
    for each in one.maybes:
        by_belief.setdefault(each.evidence.hypothesis_id, []).append(each.note.code)
    codes = ", ".join(code for found in by_belief.values() for code in found)
    if codes:
        yield cut(f"{' ' * (_NAME + 1)}{codes}", width)


def _cell_text(cell: GridCell) -> str:
    counts = f"{cell.gaps} / {cell.unasked} / {cell.ready}" if cell.cards else ""
    return f"{cell.shade}{cell.shade} {counts}"


def _cell_data(phase: str, function: str, cell: GridCell) -> dict[str, Any]:
    return {"phase": phase, "function": function, "gaps": cell.gaps, "unasked": cell.unasked, "ready": cell.ready,
            "codes": sorted(each.code for each in cell.cards)}  # fmt: skip


def _row_data(row: Row) -> dict[str, Any]:
    pieces = [
        {"day": each.day, "note": each.note.code, "stance": each.evidence.stance, "strength": each.evidence.strength,
         "counts": each.counts} for each in row.pieces
    ]  # fmt: skip
    return {"id": row.belief.id, "code": row.belief.code, "statement": row.belief.statement, "pieces": pieces}


def _reflection_data(one: Reflection) -> dict[str, Any]:
    return {"id": one.member.id, "handle": one.member.handle, "firm": one.firm, "maybe": len(one.maybes),
            "rate": round(one.rate, 3), "notes": [each.note.code for each in one.maybes]}  # fmt: skip
