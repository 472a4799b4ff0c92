"""A process that makes edits through the service and says after each that it was acknowledged; tests stop it anyhow.

Called with: path of the store, data folder, a name for its texts, and how many edits at most.
"""

import sys
from datetime import date
from pathlib import Path

from fieldgate.errors import FieldgateError
from fieldgate.locations import Locations
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace

SCRIPTS = ("ลูกค้าบอกว่าราคาแพงมาก", "Thùng hàng bị trả về vì ấm", "客户访谈:没有预算", "Рекламация без доказателство")


def say(line: str) -> None:
    """Say a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(store: str, home: str, name: str, most: str) -> None:
    data = Path(home)
    locations = Locations(data=data / "data", config=data / "config", cache=data / "cache")
    workspace = open_workspace(inspect(Path(store), locations), locations, Clock(), "an")
    say("ready")
    for number in range(int(most)):
        text = f"{name} {number} {SCRIPTS[number % 4]} " + "x" * (number % 7 * 300)
        try:
            workspace.perform("note.create", None, {"text": text, "said_on": date(2026, 3, 16)})
        except FieldgateError as error:
            say(f"refused {number} {error.message}")
            continue
        say(f"ack {number}")
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
