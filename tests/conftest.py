"""What every test shares: nothing of the person who runs it reaches a test."""

import os
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from tests.measuring import measure
from tests.order import share_out

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
    measure(session.config, everything=session.config.getoption("measure_all"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several workers share the tests, keep all of them busy to the end."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        share_out(items, workers)


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
