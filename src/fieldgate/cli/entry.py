"""The way in: runs the words of a call and turns every failure into one clear sentence and an exit status."""

import errno
import io
import os
import sys
from collections.abc import Sequence

from fieldgate.cli.language import choose_language
from fieldgate.cli.opening import open_plainly
from fieldgate.errors import BusyError, FieldgateError, UsageError
from fieldgate.words import t

BUG = 70
USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
COMPLETING = "_FIELDGATE_COMPLETE"
"""The variable by which a shell asks for completions."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})


def run(words: Sequence[str]) -> int:
    """Run one call; return its exit status: 0 ok, 1-7 as in errors.py, 70 our bug, 128+n a signal."""
    _hold_streams()
    _speak_utf8()
    words = [whole(word) for word in words]
    choose_language()
    try:
        return _answered(words)
    except BaseException as error:
        if isinstance(error, GeneratorExit):
            raise
        report(error)
        return BUG


def _answered(words: Sequence[str]) -> int:
    """Run the call; every failure that has words is said, and becomes its exit status."""
    status: int
    try:
        status = _understood(words)
    except FieldgateError as error:
        from fieldgate.cli.output import say_error  # a start that succeeds says nothing

        say_error(error, as_json="--json" in words)
        status = error.exit_status
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        status = _written_nowhere(error, as_json="--json" in words)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return status


def _understood(words: Sequence[str]) -> int:
    try:
        plainly = None if COMPLETING in os.environ else open_plainly(words)
        return _called(words) if plainly is None else plainly
    except UnicodeEncodeError as error:
        # Nothing that a store gave back is that: a word, a variable or a name on the disk was.
        raise UsageError(t("The text is not UTF-8."), t("Convert it first, for example with iconv.")) from error


def whole(word: str) -> str:
    """Return a word of the call as the UTF-8 text it is, even where the locale of the process says ASCII.

    A word that is no UTF-8 at all stays as it came: it may be the name of a file.
    """
    if not any("\ud800" <= letter <= "\udfff" for letter in word):
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except ValueError:
        return word


def _called(words: Sequence[str]) -> int:
    import click  # the library of the command line, which opening a workspace does not need

    from fieldgate.cli.program import program  # with click

    if COMPLETING in os.environ:
        program.main(list(words), prog_name="fieldgate", complete_var=COMPLETING)
    literal = len(words) - words.index("--") - 1 if "--" in words else 0
    try:
        with program.make_context("fieldgate", list(words), obj={"literal": literal}) as context:
            status = program.invoke(context)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.ClickException as error:
        hint = t("`fieldgate {command}--help` shows the form.", command=_command_of(words))
        raise UsageError(error.format_message(), hint) from error
    except click.Abort:
        return INTERRUPTED
    sys.stdout.flush()
    return status if isinstance(status, int) else 0


def _command_of(words: Sequence[str]) -> str:
    from fieldgate.cli.program import COMMANDS  # as above

    return f"{words[0]} " if words and words[0] in COMMANDS else ""


def _hold_streams() -> None:
    """Put nowhere in the place of what the caller closed: else the next file that is opened would be written over."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _speak_utf8() -> None:
    """Read and write UTF-8 wherever a file or a pipe is; a terminal of another encoding gets stand-ins, no failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            kept = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=kept, errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def _written_nowhere(error: OSError, *, as_json: bool) -> int:
    from fieldgate.cli.output import let_go, say_error, tell  # as above

    if isinstance(error, BrokenPipeError):
        let_go(sys.stdout)
        return BROKEN_PIPE
    if error.filename is not None:
        from fieldgate.mishaps import in_words  # disks seldom refuse anything

        say_error(in_words(error), as_json=as_json)
        return BusyError.exit_status
    if error.errno in _NO_ROOM:
        let_go(sys.stdout)
        tell(t("The answer cannot be written: {why}.", why=os.strerror(error.errno or 0)))
        return BusyError.exit_status
    report(error)
    return BUG


def report(error: BaseException) -> None:
    """Say that fieldgate failed: where in its code, but neither values nor the message, which may quote a record."""
    import traceback  # only a failure needs it

    from fieldgate.cli.output import tell  # as above

    tell(t("fieldgate failed: this is a bug in it. Everything that was acknowledged is saved."))
    for frame in traceback.extract_tb(error.__traceback__):
        tell(f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}")  # noqa: PTH119  a name to show
    tell(f"  {type(error).__name__}")
