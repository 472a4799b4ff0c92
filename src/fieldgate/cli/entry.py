"""The way in: runs the words of a call and turns every failure into one clear sentence and an exit status."""

import os
import sys
import traceback
from collections.abc import Sequence

from fieldgate.cli.output import say_error, tell
from fieldgate.errors import FieldgateError
from fieldgate.words import t

BUG = 70
USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def run(words: Sequence[str]) -> int:
    """Run one call; return its exit status: 0 ok, 1-7 as in errors.py, 70 our bug, 128+n a signal."""
    import click

    from fieldgate.cli.program import program

    literal = len(words) - words.index("--") - 1 if "--" in words else 0
    try:
        status = program.main(list(words), prog_name="fieldgate", standalone_mode=False, obj={"literal": literal})
        sys.stdout.flush()
    except FieldgateError as error:
        say_error(error, as_json="--json" in words)
        return error.exit_status
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        tell(error.format_message())
        tell(t("`fieldgate --help` lists the commands."))
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away; what Python would flush at exit has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        report(error)
        return BUG
    return status if isinstance(status, int) else 0


def report(error: BaseException) -> None:
    """Say that fieldgate failed: where in its code, but neither values nor the message, which may quote a record."""
    tell(t("fieldgate failed: this is a bug in it. Everything that was acknowledged is saved."))
    for frame in traceback.extract_tb(error.__traceback__):
        tell(f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}")  # noqa: PTH119  a name to show
    tell(f"  {type(error).__name__}")
