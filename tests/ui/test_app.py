"""The app in a real terminal: how it starts, how it is ended from outside, what a crash tells."""

import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from tests.ui.desks import sample_store
from tests.ui.terminal import Terminal

TODAY = ("--today", "2026-03-16")
OUT = b"\x1b[?1049l"
"""What gives the terminal its ordinary screen back."""


@pytest.fixture
def sample(tmp_path) -> Path:
    return sample_store(tmp_path)


def fieldgate(path: Path, size=(80, 24)) -> Terminal:
    return Terminal("-m", "fieldgate", str(path), *TODAY, size=size)


def test_a_workspace_opens_and_ctrl_q_leaves_in_order(sample):
    with fieldgate(sample) as terminal:
        terminal.until("NEXT")
        terminal.until("all keys")
        terminal.send("\x11")
        assert terminal.end() == 0
        assert OUT in terminal.output
        assert termios.tcgetattr(terminal.slave) == terminal.before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back_and_says_so_in_the_status(sample, number):
    with fieldgate(sample) as terminal:
        terminal.until("all keys")
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        assert OUT in terminal.output
        assert termios.tcgetattr(terminal.slave) == terminal.before


def test_keys_typed_ahead_are_not_lost(sample):
    with fieldgate(sample) as terminal:
        terminal.send("7")
        terminal.until("7 Requirements")
        terminal.until("Urgency")
        terminal.send("\x11")
        assert terminal.end() == 0


def test_without_a_workspace_one_can_choose_and_open_the_sample(tmp_path):
    with Terminal("-m", "fieldgate", *TODAY) as terminal:
        terminal.until("Look around in a sample")
        terminal.send("\r")
        terminal.until("NEXT")
        terminal.send("\x11")
        assert terminal.end() == 0


def test_what_cannot_be_opened_is_one_sentence_and_draws_nothing(tmp_path):
    letter = tmp_path / "letter.fieldgate"
    letter.write_text("Dear all,")
    with fieldgate(letter) as terminal:
        assert terminal.end() == 4
        assert b"is not a workspace" in terminal.output
        assert b"\x1b[?1049h" not in terminal.output


def test_a_store_that_is_damaged_meanwhile_ends_with_words_and_a_status(sample):
    with fieldgate(sample) as terminal:
        terminal.until("all keys")
        sample.write_bytes(sample.read_bytes()[:4096] + bytes(400_000))
        terminal.send("5678")
        assert terminal.end() == 4
        told = terminal.output[terminal.output.rindex(OUT) :]
        assert b"cannot be read as a workspace" in told
        assert b"fieldgate check" in told
        assert termios.tcgetattr(terminal.slave) == terminal.before


CRASHING = """
import sys
from datetime import date
from pathlib import Path
from fieldgate.locations import Locations
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect

def on_ready(self):
    secret = "what the customer said"
    raise ValueError(f"{secret} in a message")

FieldgateApp.on_ready = on_ready
path = Path(sys.argv[1])
locations = Locations(data=path.parent, config=path.parent, cache=path.parent)
app = FieldgateApp(locations=locations, clock=Clock(date(2026, 3, 16)), target=inspect(path, locations))
app.run()
app.finish()
sys.exit(app.return_code)
"""


def test_a_crash_gives_the_terminal_back_and_tells_no_record_text(sample):
    with Terminal("-c", CRASHING, str(sample)) as terminal:
        assert terminal.end() == 70
        told = terminal.output[terminal.output.rindex(OUT) :]
        assert b"what the customer said" not in terminal.output
        assert b"this is a bug" in told
        assert b"ValueError" in told
        assert b"in on_ready" in told
        assert termios.tcgetattr(terminal.slave) == terminal.before


LOADED = """
import asyncio, sys
from datetime import date
from pathlib import Path
from fieldgate.locations import Locations
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect

async def main():
    path = Path(sys.argv[1])
    locations = Locations(data=path.parent, config=path.parent, cache=path.parent)
    app = FieldgateApp(locations=locations, clock=Clock(date(2026, 3, 16)), target=inspect(path, locations))
    async with app.run_test(size=(140, 40)):
        print(" ".join(sys.modules))

asyncio.run(main())
"""


def test_the_first_screen_loads_neither_the_writing_side_nor_what_reads_yaml(sample):
    done = subprocess.run([sys.executable, "-c", LOADED, str(sample)], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "markdown_it", "pygments", "rapidfuzz", "click"}


def test_no_color_means_none_and_no_mouse_means_none(sample):
    with Terminal("-m", "fieldgate", "-w", str(sample), "--no-mouse", *TODAY, env={"NO_COLOR": "1"}) as terminal:
        terminal.until("all keys")
        terminal.send("G")
        terminal.until("advance")
        terminal.send("\x11")
        assert terminal.end() == 0
        assert not re.search(rb"\x1b\[(?:\d+;)*(?:[34]8;[25]|[349][0-7]|10[0-7])[;m]", terminal.output)
        assert b"\x1b[?1000h" not in terminal.output
