"""What every test shares: nothing of the person who runs it reaches a test."""

import os
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

# How quickly examples are made is the machine's business on a busy day, and no property of ours.
settings.register_profile("house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


UNMEASURED = {
    "tests/cli/test_road.py",
    "tests/store/test_salvage.py",
    "tests/store/test_undo_machine.py",
    "tests/sync/test_invariants_of_merges.py",
    "tests/sync/test_simulation.py",
    "tests/ui/screens/test_hostile.py",
    "tests/ui/screens/test_road.py",
    "tests/ui/test_counts.py",
    "tests/ui/test_languages.py",
    "tests/workspace/test_agenda.py",
    "tests/workspace/test_road.py",
    "tests/workspace/test_service.py",
    "tests/workspace/test_sharing.py",
    "tests/workspace/test_sharing_by_git.py",
    "tests/workspace/test_sharing_copies.py",
    "tests/workspace/test_sharing_histories.py",
    "tests/workspace/test_sharing_kills.py",
    "tests/workspace/test_triage.py",
    "tests/workspace/test_undo_of_moves.py",
}
"""Long walks over lines that other tests enter too. Measuring coverage doubles the time of everything that runs while
it is on, and would tell nothing more here."""

_ANOTHER_SIZE = re.compile(r"\[(?:.*-)?size[1-9]\b")
"""The same walk once more on a screen of another size."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the coverage what would tell nothing more."""
    for item in items:
        if item.location[0] in UNMEASURED or _ANOTHER_SIZE.search(item.name):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home, so that it reads no settings and writes no data of ours."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        # COLUMNS and LINES would tell a program another size than its terminal has.
        # Without caches of bytecode every program that a test starts would compile every module anew.
        if name.startswith(("XDG_", "FIELDGATE_", "GIT_", "LC_")) or name in {
            "COLUMNS",
            "LINES",
            "LANGUAGE",
            "PYTHONDONTWRITEBYTECODE",
        }:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name, folder in (("CONFIG", "config"), ("DATA", "data"), ("CACHE", "cache"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a line of counts past the capture of pytest, so that a run shows them."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n    {line}\n")

    return say
