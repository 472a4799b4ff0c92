"""Loading the writing side: part by part, and without a look for garbage in what is there to stay."""

import gc
from collections.abc import Callable
from importlib import import_module

from fieldgate.store.parts import PARTS


def load_writing(wanted: Callable[[], bool] = lambda: True) -> bool:
    """Load what `door.open_workspace` needs, so that nobody who quits meanwhile waits for all of it.

    Args:
        wanted: Asked before each part.

    Returns:
        False if it was wanted no longer before all was loaded.
    """
    for name in PARTS:
        if not wanted():
            return False
        # Modules stay: looking for garbage while they come is a tenth of the time, and looking at them later too.
        gc.disable()
        import_module(name)
        gc.freeze()
        gc.enable()
    return True
