"""What every test shares: nothing of the person who runs it reaches a test."""

import importlib
import os
import re
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import HealthCheck, settings

# How quickly examples are made is the machine's business on a busy day, and no property of ours.
settings.register_profile("house", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


HOUSE = Path(__file__).parent.parent / "src" / "fieldgate"
UNMEASURED = Path(__file__).with_name("unmeasured.txt")
"""Names of tests that the coverage leaves out, one a line; scripts/unmeasured finds them."""

_ANOTHER_SIZE = re.compile(r"\[(?:.*-)?size[1-9]\b")
"""The same walk once more on a screen of another size."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let scripts/unmeasured measure everything."""
    parser.addoption("--measure-all", action="store_true", help="measure what tests/unmeasured.txt leaves out, too")


def unmeasured() -> frozenset[str]:
    """Return the names of the tests that the coverage leaves out."""
    lines = UNMEASURED.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Measuring:
    """Has the coverage run only while a test runs that is measured, and not while tests are found and prepared.

    Args:
        controller: What starts and stops the coverage.
        left_out: Names of the tests that are not measured.
    """

    def __init__(self, controller: Any, left_out: frozenset[str]) -> None:
        self._controller = controller
        self._left_out = left_out

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure the test with what it sets up."""
        another_size = self._left_out and _ANOTHER_SIZE.search(item.name)
        if another_size or item.nodeid.partition("[")[0] in self._left_out:
            return (yield)
        self._controller.resume()
        try:
            return (yield)
        finally:
            self._controller.pause()


def load_every_module() -> None:
    """What a module does when it is loaded counts, whichever test, measured or not, needs it first."""
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        importlib.import_module(name.removesuffix(".__init__"))


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Where the coverage is measured: load every module, then measure test by test."""
    config = session.config
    controller = getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    only_hands_out = config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput")
    if controller is None or only_hands_out:
        return
    if getattr(config, "workerinput", {}).get("workerid", "gw0") == "gw0":  # once is enough
        load_every_module()
    controller.pause()
    # In a worker pytest-cov has started one more beforehand, which nobody asks, and which would go on in every pause.
    while (another := coverage.Coverage.current()) is not None:
        another.stop()
    left_out = frozenset() if config.getoption("measure_all") else unmeasured()
    config.pluginmanager.register(Measuring(controller, left_out))


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
