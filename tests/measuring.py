"""When the coverage is measured: while a test runs that is measured, and not while tests are found and prepared."""

import importlib
import re
import sys
from collections.abc import Generator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import settings

HOUSE = Path(__file__).parent.parent / "src" / "fieldgate"
UNMEASURED = Path(__file__).with_name("unmeasured.txt")
"""Names of tests that the coverage leaves out, one a line; scripts/unmeasured finds them."""

_ANOTHER_SIZE = re.compile(r"\[(?:.*-)?size[1-9]\b")
"""The same walk once more on a screen of another size."""


def unmeasured() -> frozenset[str]:
    """Return the names of the tests that the coverage leaves out."""
    lines = UNMEASURED.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Kept:
    """What functions of ours keep of their results, so that a measured test is not spared a way through them."""

    def __init__(self) -> None:
        self._modules = 0
        self._functions: list[_lru_cache_wrapper] = []
        self._stale: set[_lru_cache_wrapper] = set()

    def functions(self) -> list[_lru_cache_wrapper]:
        """Return the functions that keep results, of all modules of ours that are loaded by now."""
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            ours = [vars(module) for name, module in sys.modules.items() if name.partition(".")[0] == HOUSE.name]
            self._functions = [
                each for names in ours for each in names.values() if isinstance(each, _lru_cache_wrapper)
            ]
        return self._functions

    def worked(self) -> dict[_lru_cache_wrapper, int]:
        """Return how often each of them has worked, and not answered with what it kept."""
        return {each: each.cache_info().misses for each in self.functions()}

    def note(self, before: dict[_lru_cache_wrapper, int]) -> None:
        """Remember which of them worked since."""
        self._stale.update(each for each, times in self.worked().items() if times != before.get(each, 0))

    def forget(self) -> None:
        """Have those functions work again when they are called next."""
        while self._stale:
            self._stale.pop().cache_clear()


class Measuring:
    """Has the coverage run only while a test runs that is measured.

    Args:
        controller: What starts and stops the coverage.
        left_out: Names of the tests that are not measured.
    """

    def __init__(self, controller: Any, left_out: frozenset[str]) -> None:
        self._controller = controller
        self._left_out = left_out
        self._kept = Kept()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure the test with what it sets up."""
        another_size = self._left_out and _ANOTHER_SIZE.search(item.name)
        if another_size or item.nodeid.partition("[")[0] in self._left_out:
            before = self._kept.worked()
            try:
                return (yield)
            finally:
                self._kept.note(before)
        self._kept.forget()
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


def measure(config: pytest.Config, left_out: frozenset[str]) -> None:
    """Where the coverage is measured: load every module, then measure test by test."""
    controller = getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    only_hands_out = config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput")
    if controller is None or only_hands_out:
        return
    if getattr(config, "workerinput", {}).get("workerid", "gw0") == "gw0":  # once is enough
        load_every_module()
    controller.pause()
    settings.load_profile("measured")
    # In a worker pytest-cov has started one more beforehand, which nobody asks, and which would go on in every pause.
    while (another := coverage.Coverage.current()) is not None:
        another.stop()
    config.pluginmanager.register(Measuring(controller, left_out))
