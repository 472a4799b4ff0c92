"""The last picture: what the screen showed at the end, shown again before anything is imported, if it is still true.

Nothing has changed since, or the key would not fit; keys pressed meanwhile wait in the terminal. The file lies in the
cache folder with mode 0600, for it holds what was on the screen in clear. Imports only what Python has loaded anyway.
"""

# pathlib takes longer to import than the picture takes to be shown.
# ruff: noqa: PTH103, PTH105, PTH116, PTH120, PTH123, PTH108

import os
import signal
import stat
import sys
import termios
from typing import TYPE_CHECKING, Any, NoReturn, cast
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual._compositor import LayoutUpdate
    from textual.app import App

_OPEN = "\x1b[?1049h\x1b[?25l"
_CLOSE = b"\x1b[?1049l\x1b[?25h"
_LARGEST = 4 * 1024 * 1024
_IN, _OUT = 0, 2
_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3


class Picture:
    """The kept screen of one store on this machine.

    Args:
        folder: The cache folder.
        store: Path of the store it shows.
        facts: What else has to be as it was: program version, day, theme, digest of the settings, language, place.
    """

    def __init__(self, folder: str | os.PathLike[str], store: str | os.PathLike[str], facts: "Sequence[str]") -> None:
        self._store = os.fspath(store)
        self._path = f"{os.fspath(folder)}/{crc32(os.fsencode(self._store)):08x}.frame"
        self._facts = tuple(facts)
        self._before: list[Any] | None = None

    def show(self) -> bool:
        """Show it if it is still true; says whether it is on the screen now.

        When it is, the terminal is on its alternate screen without echo until `hand_over` or `withdraw`.
        """
        try:
            drawn = self._read()
            if drawn is None:
                return False
            self._before = termios.tcgetattr(_IN)
            quiet = termios.tcgetattr(_IN)
            # As Textual will set it: keys pressed over the picture arrive as they are, Enter and Ctrl+Q included.
            quiet[_INPUT_FLAGS] &= ~(termios.IXON | termios.ICRNL | termios.INLCR | termios.IGNCR)
            quiet[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            termios.tcsetattr(_IN, termios.TCSANOW, quiet)
        except (OSError, UnicodeDecodeError, termios.error):
            return False
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        try:
            _write_all((_OPEN + drawn).encode())
        except OSError:
            self.withdraw()
            return False
        return True

    @property
    def attributes(self) -> list[Any] | None:
        """The settings of the terminal from before it was shown; None when it is not on the screen."""
        return self._before

    def hand_over(self) -> list[Any] | None:
        """Leave the screen to the driver; returns the settings of the terminal as they were, for it to restore."""
        before, self._before = self._before, None
        return before

    def withdraw(self) -> None:
        """Take it off the screen and give the terminal back; does nothing after `hand_over`."""
        before = self.hand_over()
        if before is None:
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        try:
            _write_all(_CLOSE)
        finally:
            termios.tcsetattr(_IN, termios.TCSANOW, before)

    def keep(self, drawn: str) -> None:
        """Keep what the screen shows; when that cannot be done, the next start is only slower."""
        spare = f"{self._path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with open(os.open(spare, flags, 0o600), "wb") as file:
                file.write(f"{self._key()}\n{drawn}".encode())
            os.replace(spare, self._path)
        except (OSError, UnicodeEncodeError):
            _remove(spare)

    def forget(self) -> None:
        """Remove the kept picture."""
        _remove(self._path)

    def _end(self, number: int, _frame: object) -> NoReturn:
        self.withdraw()
        sys.exit(128 + number)

    def _key(self) -> str:
        """One line that is the same as long as the picture is true."""
        surroundings = tuple(os.environ.get(name, "") for name in ("TERM", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES"))
        stamps = tuple(_stamp(self._store + suffix) for suffix in ("", "-journal", "-wal"))
        return ascii((self._facts, self._store, stamps, tuple(os.get_terminal_size(_OUT)), surroundings))

    def _read(self) -> str | None:
        if not (os.isatty(_IN) and os.isatty(_OUT)) or os.environ.get("TERM") == "dumb":
            return None
        with open(os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077
            if not ours or status.st_size > _LARGEST:
                return None
            key, _, drawn = file.read().decode().partition("\n")
        return drawn if key == self._key() else None


def take(app: "App[Any]") -> str:
    """Return what the app shows now, as it was sent to the terminal."""
    update = app.screen._compositor.render_update(full=True)  # noqa: SLF001 - no other way to it in Textual 8.2.8
    return cast("LayoutUpdate", update).render_segments(app.console)


def _stamp(path: str) -> tuple[int, int, int]:
    """Tell one state of a file from another; a journal that is empty counts as none."""
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino) if status.st_size else (0, 0, 0)


def _write_all(data: bytes) -> None:
    while data:
        data = data[os.write(_OUT, data) :]


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
