"""What is said of a failure: its words for the user if it has some, else where in the code it happened.

The report of a crash holds neither values nor messages, which may quote a record.
"""

import traceback
from pathlib import Path

from fieldgate.domain.display import clean
from fieldgate.errors import FieldgateError
from fieldgate.words import t

BUG = 70
"""The exit status of a bug of ours."""
_FRAMES = 12


def crash_report(error: BaseException | None) -> str:
    """Say where fieldgate failed: file, line and function of each step, and the kinds of the errors in their chain."""
    lines = [t("fieldgate failed: this is a bug in it. Everything that was acknowledged is saved.")]
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(f"  {type(error).__name__}")
        error = getattr(error, "error", None) or error.__cause__ or error.__context__
        error = error if isinstance(error, BaseException) else None
    return "\n".join(lines)


def words_of(error: FieldgateError) -> str:
    """Say what is wrong, each thing that is missing, and what to do; fit to be shown."""
    missing = (f"- {each}" for each in getattr(error, "missing", ()))
    return clean("\n".join(each for each in (error.message, *missing, error.hint) if each), lines=True)
