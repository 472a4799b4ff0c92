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
from tests.costs import Costs
from tests.order import is_measured

HOUSE = Path(__file__).parent.parent / "src" / "fieldgate"


class Measuring:
    """Has the coverage run only while a test runs that is measured.

    Args:
        controller: What starts and stops the coverage.
        everything: Whether every test is measured.
    """

    def __init__(self, controller: Any, *, everything: bool) -> None:
        self._controller = controller
        self._everything = everything
        self._runs = False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure the test with what it sets up, or not."""
        measured = self._everything or is_measured(item)
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


def measure(config: pytest.Config, *, everything: bool) -> None:
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
    config.pluginmanager.register(Measuring(controller, everything=everything))
    if everything:
        config.pluginmanager.register(Costs())
