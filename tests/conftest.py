"""What every test shares: nothing of the person who runs it reaches a test."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.measuring import measure, unmeasured

SCREEN = Path(__file__).with_name("ui")

# How quickly examples are made is the machine's business on a busy day, and no property of ours.
settings.register_profile("house", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
# Other examples each time; where the coverage is measured the same, or its gates would waver.
settings.register_profile("measured", settings.get_profile("house"), derandomize=True)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let scripts/unmeasured measure everything."""
    parser.addoption("--measure-all", action="store_true", help="measure what tests/unmeasured.txt leaves out, too")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Let the coverage, where there is one, be measured test by test."""
    everything = session.config.getoption("measure_all")
    measure(session.config, left_out=frozenset() if everything else unmeasured())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with tests of the screen evenly among the others.

    A test of the screen waits half of its time. Run side by side, they would leave the cores idle at the end.
    """
    files = dict.fromkeys(item.path for item in items)
    of_screen = [path for path in files if SCREEN in path.parents]
    others = [path for path in files if SCREEN not in path.parents]
    place = {path: (at + 0.5) / len(group) for group in (of_screen, others) for at, path in enumerate(group)}
    items.sort(key=lambda item: place[item.path])


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
