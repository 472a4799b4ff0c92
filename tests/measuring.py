"""When the coverage is measured: while a test runs that is measured, and not while tests are found and prepared."""

import importlib
import sys
from collections.abc import Generator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import settings
from tests.costs import ANOTHER_SIZE, Costs

HOUSE = Path(__file__).parent.parent / "src" / "fieldgate"
UNMEASURED = Path(__file__).with_name("unmeasured.txt")
"""Names of tests and of single cases that the coverage leaves out, one a line; scripts/unmeasured finds them."""


def unmeasured() -> frozenset[str]:
    """Return the names of the tests and cases that the coverage leaves out."""
    lines = UNMEASURED.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Measuring:
    """Has the coverage run only while a test runs that is measured; each worker begins with those.

    Args:
        controller: What starts and stops the coverage.
        left_out: Names of the tests and cases that are not measured.
        workers: How many share the tests.
    """

    def __init__(self, controller: Any, left_out: frozenset[str], workers: int) -> None:
        self._controller = controller
        self._left_out = left_out
        self._workers = workers
        self._runs = False

    def measures(self, item: pytest.Item) -> bool:
        """Whether a test is measured."""
        if not self._left_out:
            return True
        names = {item.nodeid, item.nodeid.partition("[")[0]}
        return self._left_out.isdisjoint(names) and not ANOTHER_SIZE.search(item.name)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, object, object]:
        """Put what is measured first in each share of the tests; shares are as even as can be, one after the other."""
        answer = yield
        start = 0
        for workers in range(self._workers, 0, -1):
            end = start + (len(items) - start) // workers
            items[start:end] = sorted(items[start:end], key=lambda item: not self.measures(item))
            start = end
        return answer

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure the test with what it sets up, or not."""
        measured = self.measures(item)
        if measured and not self._runs:
            forget()
            self._controller.resume()
        elif self._runs and not measured:
            self._controller.pause()
        self._runs = measured
        return (yield)


def forget() -> None:
    """Have functions of ours that keep results work again, or what others called would spare a measured test a way."""
    ours = [vars(module) for name, module in sys.modules.items() if name.partition(".")[0] == HOUSE.name]
    for function in {each for names in ours for each in names.values() if isinstance(each, _lru_cache_wrapper)}:
        function.cache_clear()


def load_every_module() -> None:
    """What a module does when it is loaded counts, whichever test, measured or not, needs it first."""
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        importlib.import_module(name.removesuffix(".__init__"))


def measure(config: pytest.Config, left_out: frozenset[str]) -> None:
    """Where the coverage is measured: load every module, then measure test by test."""
    controller = getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    only_hands_out = config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput")
    if controller is None or only_hands_out:
        return
    worker = getattr(config, "workerinput", {"workerid": "gw0", "workercount": 1})
    if worker["workerid"] == "gw0":  # once is enough
        load_every_module()
    controller.pause()
    settings.load_profile("measured")
    # In a worker pytest-cov has started one more beforehand, which nobody asks, and which would go on in every pause.
    while (another := coverage.Coverage.current()) is not None:
        another.stop()
    config.pluginmanager.register(Measuring(controller, left_out, worker["workercount"]))
    if not left_out:
        config.pluginmanager.register(Costs())
