"""What each test costs, for scripts/unmeasured to choose by."""

import re
import time
from collections.abc import Generator

import pytest

COST = "seconds of the processor"

ANOTHER_SIZE = re.compile(r"\[(?:.*-)?size[1-9]\b")
"""In the name of a case: the same walk once more on a screen of another size, which is not measured."""


class Costs:
    """Has each report say what its test cost of the processor until then, with what it set up."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count what the test sets up."""
        return (yield from _counted(item))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count what the test does."""
        return (yield from _counted(item))


def _counted(item: pytest.Item) -> Generator[None, object, object]:
    before = time.process_time()
    try:
        return (yield)
    finally:
        item.user_properties.append((COST, time.process_time() - before))
