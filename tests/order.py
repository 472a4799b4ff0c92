"""Which tests are measured, and in what order workers that share the tests take them."""

from functools import cache
from pathlib import Path

import pytest
from tests.costs import ANOTHER_SIZE

UNMEASURED = Path(__file__).with_name("unmeasured.txt")
"""Names of tests and of single cases that the coverage leaves out, one a line, those first that take longest;
scripts/unmeasured finds them."""

_SCREEN = Path(__file__).with_name("ui")


@cache
def unmeasured() -> dict[str, int]:
    """Return the names of the tests and cases that the coverage leaves out, each with its place in the list."""
    lines = UNMEASURED.read_text("utf-8").splitlines()
    return {line: place for place, line in enumerate(lines) if line and not line.startswith("#")}


def is_measured(item: pytest.Item) -> bool:
    """Whether the coverage runs while a test runs."""
    return _place(item) < 0


def _place(item: pytest.Item) -> int:
    """Return where a test stands in the list; what is measured stands before all of it, walks once more on top."""
    left_out = unmeasured()
    place = left_out.get(item.nodeid, left_out.get(item.nodeid.partition("[")[0], -1))
    return 0 if place < 0 and ANOTHER_SIZE.search(item.name) else place


def share_out(items: list[pytest.Item], workers: int) -> None:
    """Order tests so that workers that share them are busy to the end, and measure in one go.

    A test of the screen waits half of its time. Run side by side, they would leave the cores idle, so that their files
    stand evenly among the others. Each worker begins with a share, as even as can be, one after the other: it takes
    there first what is measured, then the rest, those first that take longest. Who has done with its share takes
    from the ends of others.
    """
    files = dict.fromkeys(item.path for item in items)
    of_screen = [path for path in files if _SCREEN in path.parents]
    others = [path for path in files if _SCREEN not in path.parents]
    spot = {path: (at + 0.5) / len(group) for group in (of_screen, others) for at, path in enumerate(group)}
    items.sort(key=lambda item: spot[item.path])
    start = 0
    for left in range(workers, 0, -1):
        end = start + (len(items) - start) // left
        items[start:end] = sorted(items[start:end], key=_place)
        start = end
