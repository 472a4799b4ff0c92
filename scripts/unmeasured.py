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
LIST = ROOT / "tests" / "unmeasured.txt"
HEAD = """\
# Tests that the coverage does not measure: others take almost every step that these take, and measuring doubles their
# time. Written by scripts/unmeasured; a test that is not here is measured.
"""
LOSS = 0.007
"""The share of all steps that may go unmeasured."""
SLOW = 0.15
"""Seconds under which leaving a test out wins nothing."""
WHOLE = ("src/fieldgate/domain/", "src/fieldgate/documents/", "src/fieldgate/sync/")
"""Of these rooms every step is measured."""
Step = tuple[str, int, int]


class Costs:
    """Seconds of each test, all its cases together."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what a case took."""
        if report.when == "call":
            self.seconds[name_of(report.nodeid)] += report.duration


def name_of(case: str) -> str:
    """Return the name of the test that a case belongs to."""
    return case.partition("[")[0]


def steps_of(path: Path) -> dict[str, set[Step]]:
    """Return what each test went through; the empty name has what loading every module does."""
    steps: defaultdict[str, set[Step]] = defaultdict(set)
    with sqlite3.connect(path) as data:
        contexts = dict(data.execute("SELECT id, context FROM context"))
        files = {
            number: Path(file).relative_to(ROOT).as_posix()
            for number, file in data.execute("SELECT id, path FROM file")
        }
        for context, file, first, then in data.execute("SELECT context_id, file_id, fromno, tono FROM arc"):
            case, _, _ = contexts[context].rpartition("|")
            steps[name_of(case)].add((files[file], first, then))
    return steps


def spare(steps: dict[str, set[Step]], seconds: Counter[str]) -> list[str]:
    """Return the tests that can be left out together."""
    takers = Counter(step for each in steps.values() for step in each)
    may_lose = int(LOSS * len(takers))

    def alone(test: str) -> set[Step]:
        return {step for step in steps.get(test, ()) if takers[step] == 1}

    def rank(test: str) -> float:
        return -seconds[test] / (1 + len(alone(test)))

    found: list[str] = []
    heap = [(rank(test), test) for test, took in seconds.items() if took >= SLOW]
    heapify(heap)
    while heap:
        before, test = heappop(heap)
        if (now := rank(test)) > before:  # others went since, and it tells more alone
            heappush(heap, (now, test))
            continue
        lost = alone(test)
        if len(lost) <= may_lose and not any(file.startswith(WHOLE) for file, _, _ in lost):
            may_lose -= len(lost)
            takers.subtract(steps.get(test, ()))
            found.append(test)
    return sorted(found)


def main() -> int:
    """Run the suite and write the list; returns the status of pytest."""
    costs = Costs()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "coverage"
        settings = Path(folder) / "coveragerc"
        settings.write_text(f"[run]\nbranch = true\nsource = fieldgate\ndata_file = {data}\n", "utf-8")
        words = ["-n", "6", "--dist", "worksteal", "--measure-all", "--timeout", "600", "--cov", "--cov-report="]
        status = pytest.main([*words, f"--cov-config={settings}", "--cov-context=test"], plugins=[costs])
        if status == pytest.ExitCode.OK:
            LIST.write_text(HEAD + "".join(f"{each}\n" for each in spare(steps_of(data), costs.seconds)), "utf-8")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
