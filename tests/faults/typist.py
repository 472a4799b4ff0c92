"""The screen in a process of its own, started by fork."""

import importlib
import pkgutil

import fieldgate
from fieldgate.cli.entry import run


def read_all() -> None:
    """Import all that a screen may need, so that what is made by fork need not."""
    for each in pkgutil.walk_packages(fieldgate.__path__, "fieldgate."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)


def live(*words: str) -> int:
    """Be the program."""
    return run(words)
