import signal
import sys
import time
from pathlib import Path

import pytest
from tests.ui.terminal import PATIENCE, Terminal

from fieldgate.ui.driver import quick_driver

PROGRAM = """
import sys
from textual.app import App
from textual.widgets import Input, Label
from fieldgate.ui.driver import quick_driver

class Small(App):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("q", "quit"), ("s", "shell")]
    animation_level = "none"

    def compose(self):
        yield Label("ready", id="words")
        if "input" in sys.argv:
            field = Input(id="field")
            field.cursor_blink = False
            yield field

    def on_key(self, event):
        self.query_one("#words").update("got " + event.key)

    def on_input_changed(self, event):
        self.query_one("#words").update("typed <" + event.value + ">")

    def action_shell(self):
        with self.suspend():
            print("outside", flush=True)
            sys.stdin.readline()

app = Small(driver_class=quick_driver(already_open="open" in sys.argv))
app.run(mouse="mouse" in sys.argv)
sys.exit(app.return_code)
"""


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return str(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts wake-ups in /proc")
def test_an_idle_app_is_not_woken(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.settle()
        before = terminal.switches()
        time.sleep(2)
        assert terminal.switches() - before <= 2


def test_keys_arrive_and_the_end_gives_the_terminal_back(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.send("k")
        terminal.until("got k")
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.attributes() == terminal.before
        assert terminal.output.rindex(b"\x1b[?1049l") > terminal.output.rindex(b"\x1b[?1049h")


def test_a_lone_escape_is_a_key(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.send("\x1b")
        terminal.until("got escape")
        terminal.send("\x1b[A")
        terminal.until("got up")


def test_letters_split_between_two_reads_are_whole(program):
    with Terminal(program, "input") as terminal:
        terminal.until("ready")
        for byte in "đ客น้ำ".encode():
            terminal.send(bytes([byte]))
            time.sleep(0.02)
        terminal.until("typed <đ客น้ำ>")
        terminal.send("\x11")
        assert terminal.end() == 0


def test_bytes_that_are_no_letters_do_not_end_the_app(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.send(b"\xff\xfe\xc3(")
        terminal.send("k")
        terminal.until("got k")


def test_the_app_comes_back_from_another_program(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        for _ in range(3):
            start = len(terminal.output)
            terminal.send("s")
            terminal.until("outside", after=start)
            terminal.send("\r")
            terminal.until("got s", after=start + len("outside"))
            terminal.settle()
            terminal.send("j")
            terminal.until("got j", after=start)
        descriptors = len(list(Path(f"/proc/{terminal.process.pid}/fd").iterdir()))
        assert descriptors < 20
        terminal.send("q")
        assert terminal.end() == 0


def test_the_app_survives_being_stopped_and_continued(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until("\x1b[?1049l")
        terminal.settle()
        assert terminal.attributes() == terminal.before
        start = len(terminal.output)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until("\x1b[?1049h", after=start)
        terminal.send("k")
        terminal.until("got k", after=start)
        terminal.send("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("mouse", [True, False])
def test_the_mouse_can_be_left_out(program, mouse):
    with Terminal(program, *(["mouse"] if mouse else [])) as terminal:
        terminal.until("ready")
        terminal.settle()
        terminal.send("q")
        assert terminal.end() == 0
        assert (b"\x1b[?1000h" in terminal.output) is mouse


def test_a_screen_that_is_open_already_is_not_opened_again(program):
    with Terminal(program, "open") as terminal:
        terminal.until("ready")
        assert b"\x1b[?1049h" not in terminal.output
        terminal.send("q")
        assert terminal.end() == 0
        assert b"\x1b[?1049l" in terminal.output


def test_the_app_ends_when_the_terminal_is_gone(program):
    with Terminal(program) as terminal:
        terminal.until("ready")
        terminal.hang_up()
        assert terminal.process.wait(timeout=PATIENCE) == 129


def test_without_our_driver_textual_chooses_its_own(monkeypatch):
    monkeypatch.setitem(sys.modules, "fieldgate.ui.quick_driver", None)
    assert quick_driver() is None
