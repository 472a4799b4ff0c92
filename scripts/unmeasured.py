"""The tests that a coverage need not measure: of the steps from line to line that they take, others take almost all.

Measuring doubles the time of what runs while it is on. So the whole suite runs once with everything measured, test by
test; then tests are left out, first those that cost most for what they alone tell, until so much is lost that the
coverage would tell noticeably less than is true. What it tells is never more than is true.
"""

import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.costs import ANOTHER_SIZE, COST  # noqa: E402  from the checkout that this file lies in

LIST = ROOT / "tests" / "unmeasured.txt"
HEAD = """\
# Tests, or single cases of them, that the coverage does not measure: others take almost every step that these take,
# and measuring doubles their time. Those that take longest stand first, and are started first. Written by
# scripts/unmeasured; what is not here is measured.
"""
LOSS = 0.007
"""The share of all steps that may go unmeasured."""
SLOW = 0.04
"""Seconds of the processor under which leaving a case out wins nothing."""
WHOLE = ("src/fieldgate/domain/", "src/fieldgate/documents/", "src/fieldgate/sync/")
"""Of these rooms every step is measured."""
Step = tuple[str, int, int]


class Costs:
    """Seconds of the processor and of the clock that each case of a test took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.by_clock: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a case took."""
        if report.when == "call" and not ANOTHER_SIZE.search(report.nodeid):
            self.seconds[report.nodeid] = sum(took for name, took in report.user_properties if name == COST)
            self.by_clock[report.nodeid] = report.duration


def name_of(case: str) -> str:
    """Return the name of the test that a case belongs to."""
    return case.partition("[")[0]


def steps_of(path: Path) -> dict[str, set[Step]]:
    """Return what each case went through; the empty name has what loading every module does."""
    steps: defaultdict[str, set[Step]] = defaultdict(set)
    with sqlite3.connect(path) as data:
        contexts = dict(data.execute("SELECT id, context FROM context"))
        files = {
            number: Path(file).relative_to(ROOT).as_posix()
            for number, file in data.execute("SELECT id, path FROM file")
        }
        for context, file, first, then in data.execute("SELECT context_id, file_id, fromno, tono FROM arc"):
            case, _, _ = contexts[context].rpartition("|")
            if not ANOTHER_SIZE.search(case):
                steps[case].add((files[file], first, then))
    return steps


def spare(steps: dict[str, set[Step]], seconds: dict[str, float]) -> list[str]:
    """Return the cases that can be left out together."""
    takers = Counter(step for each in steps.values() for step in each)
    may_lose = int(LOSS * len(takers))

    def alone(case: str) -> set[Step]:
        return {step for step in steps.get(case, ()) if takers[step] == 1}

    def rank(case: str) -> float:
        return -seconds[case] / (1 + len(alone(case)))

    found: list[str] = []
    heap = [(rank(case), case) for case, took in seconds.items() if took >= SLOW]
    heapify(heap)
    while heap:
        before, case = heappop(heap)
        if (now := rank(case)) > before:  # others went since, and it tells more alone
            heappush(heap, (now, case))
            continue
        lost = alone(case)
        if len(lost) <= may_lose and not any(file.startswith(WHOLE) for file, _, _ in lost):
            may_lose -= len(lost)
            takers.subtract(steps.get(case, ()))
            found.append(case)
    return found


def lines_of(found: list[str], by_clock: dict[str, float]) -> list[str]:
    """Return the lines of the list: a test that is left out with all its cases stands there once."""
    left = Counter(name_of(case) for case in by_clock)
    left.subtract(name_of(case) for case in found)
    took: dict[str, float] = {}
    for case in found:
        line = case if left[name_of(case)] else name_of(case)
        took[line] = max(took.get(line, 0), by_clock[case])
    return sorted(took, key=lambda line: (-took[line], line))


def main(workers: str) -> int:
    """Run the suite, so many tests at once, and write the list; returns the status of pytest."""
    costs = Costs()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "coverage"
        settings = Path(folder) / "coveragerc"
        settings.write_text(f"[run]\nbranch = true\nsource = fieldgate\ndata_file = {data}\n", "utf-8")
        words = ["-n", workers, "--dist", "worksteal", "--measure-all", "--timeout", "600", "--cov", "--cov-report="]
        status = pytest.main([*words, f"--cov-config={settings}", "--cov-context=test"], plugins=[costs])
        if status == pytest.ExitCode.OK:
            found = spare(steps_of(data), costs.seconds)
            LIST.write_text(HEAD + "".join(f"{each}\n" for each in lines_of(found, costs.by_clock)), "utf-8")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
