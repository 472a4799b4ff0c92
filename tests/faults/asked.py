"""A process that does what it is asked on standard input, one line each, and says what came of it; tests disturb it.

Called with: path of the store or of a shared folder, a data folder, and who writes. It is asked `edit NUMBER`, `change NUMBER` (the
note that was written last) or `sync`.
"""

import ctypes
import sys
from datetime import date
from pathlib import Path

from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.service import Workspace

_PR_SET_PTRACER = 0x59616D61


def say(line: str) -> None:
    """Say a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(path: str, home: str, author: str = "an") -> None:
    """Answer until the input ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)  # any process of this user may trace it
    data = Path(home)
    locations = Locations(data=data / "data", config=data / "config", cache=data / "cache")
    workspace = open_workspace(inspect(Path(path), locations), locations, Clock(), author)
    say("ready")
    edits = 0
    for line in sys.stdin:
        what, *number = line.split()
        edits += what != "sync"
        say(_answer(workspace, what, *(number or [str(edits)])))


def _answer(workspace: Workspace, what: str, number: str) -> str:
    try:
        if what == "sync":
            return f"synced {workspace.sync()[1].written}"
        text = f"asked {number} ราคา {'x' * 900}"
        if what == "change":
            last = max(workspace.store.records("note"), key=lambda each: each.created_at)
            workspace.perform("note.edit", last.id, {"text": f"{last.text}\n{text}"})
        else:
            workspace.perform("note.create", None, {"text": text, "said_on": date(2026, 3, 16)})
    except FieldgateError as error:
        return f"refused {number} {error.message} {error.hint}".replace("\n", " ")
    except Exception as error:  # noqa: BLE001  what is no FieldgateError is what the test looks for
        return f"crash {number} {type(error).__name__}: {error}".replace("\n", " ")
    return f"ack {number}"


if __name__ == "__main__":
    main(*sys.argv[1:])
