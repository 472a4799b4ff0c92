import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pyte
import pytest
from tests.ui.terminal import Terminal

from fieldgate.ui.picture import Picture
from fieldgate.workspace.upkeep.forgotten_files import remove_pictures

PROGRAM = """
import os
import sys
from fieldgate.ui.picture import Picture, take

folder, store, *words = sys.argv[1:]
facts = ("1.0", next((word for word in words if word.startswith("day")), "day"))
picture = Picture(folder, store, facts)
shown = picture.show()
if "wait" in words:
    sys.stderr.write("\\x1b[24;1HWAITING" if shown else "NOTHING")
    sys.stderr.flush()
    os.read(0, 1)
if "crash" in words:
    try:
        raise ImportError("no such module")
    finally:
        picture.withdraw()

from textual.app import App
from textual.widgets import Label
from fieldgate.ui.driver import quick_driver

class Small(App):
    BINDINGS = [("q", "leave")]
    ENABLE_COMMAND_PALETTE = False
    drawn = ""

    def compose(self):
        yield Label("Kh\\u00e1ch h\\u00e0ng \\u5ba2\\u6236 \\u0e25\\u0e39\\u0e01\\u0e04\\u0e49\\u0e32", markup=False)
        yield Label("-", id="words")

    def on_key(self, event):
        self.query_one("#words", Label).update("got " + event.key)

    def action_leave(self):
        self.drawn = take(self)
        self.exit()

app = Small(driver_class=quick_driver(already_open=shown, attributes=picture.hand_over()))
app.run()
picture.keep(app.drawn)
sys.exit(app.return_code)
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    (tmp_path / "store.fieldgate").write_text("rows")
    return [str(path), str(tmp_path / "cache"), str(tmp_path / "store.fieldgate")]


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").iterdir())


def run_once(
    program: list[str], *words: str, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None
) -> None:
    with Terminal(*program, *words, size=size, env=env) as terminal:
        terminal.until("Khách")
        terminal.settle()
        terminal.send("q")
        assert terminal.end() == 0


def is_shown(
    program: list[str], *words: str, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None
) -> bool:
    with Terminal(*program, "wait", *words, size=size, env=env) as terminal:
        while b"WAITING" not in terminal.output and b"NOTHING" not in terminal.output:
            terminal.read(0.1)
        return b"WAITING" in terminal.output


def screen(output: bytes) -> str:
    shown = pyte.Screen(80, 24)
    pyte.ByteStream(shown).feed(output)
    return "\n".join(line.rstrip() for line in shown.display)


def test_the_second_start_shows_what_the_first_left(program, tmp_path):
    run_once(program)
    (file,) = kept(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with Terminal(*program, "wait") as terminal:
        drawn = terminal.until("WAITING")
        assert "Khách hàng" in screen(drawn)
        assert drawn.index(b"\x1b[?1049h") < drawn.index("Khách".encode())


def test_keys_typed_over_the_picture_arrive_and_the_terminal_is_given_back(program):
    run_once(program)
    with Terminal(*program, "wait") as terminal:
        terminal.until("WAITING")
        assert terminal.attributes() != terminal.before
        terminal.send("xk")
        terminal.until("got k")
        assert terminal.output.count(b"\x1b[?1049h") == 1
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.attributes() == terminal.before
        assert terminal.output.count(b"\x1b[?1049l") == 1


def test_a_picture_is_shown_only_while_it_is_true(program, tmp_path):
    run_once(program)
    assert is_shown(program)
    assert not is_shown(program, size=(100, 30))
    assert not is_shown(program, "day-after")
    assert not is_shown(program, env={"COLORTERM": ""})
    assert not is_shown(program, env={"NO_COLOR": "1"})
    assert not is_shown(program, env={"TERM": "dumb"})
    (tmp_path / "store.fieldgate").write_text("other rows")
    assert not is_shown(program)


def test_a_journal_left_behind_makes_the_picture_untrue(program, tmp_path):
    run_once(program)
    journal = tmp_path / "store.fieldgate-journal"
    journal.touch()
    assert is_shown(program)
    journal.write_text("hot")
    assert not is_shown(program)


@pytest.mark.parametrize("spoil", ["open to all", "a link", "cut", "not text", "a pipe", "huge"])
def test_a_file_that_is_not_ours_alone_is_not_shown(program, tmp_path, spoil):
    run_once(program)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    if spoil == "open to all":
        file.chmod(0o644)
    elif spoil == "a link":
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    elif spoil == "cut":
        file.write_bytes(whole[:20])
    elif spoil == "not text":
        file.write_bytes(whole[:-1] + b"\xff")
    elif spoil == "a pipe":
        file.unlink()
        os.mkfifo(file, 0o600)
    else:
        file.write_bytes(whole + b" " * 5_000_000)
    assert not is_shown(program)


def test_a_crash_while_importing_gives_the_terminal_back(program):
    run_once(program)
    with Terminal(*program, "wait", "crash") as terminal:
        terminal.until("WAITING")
        terminal.send("x")
        assert terminal.end() == 1
        assert terminal.attributes() == terminal.before
        assert terminal.output.index(b"\x1b[?1049l") < terminal.output.index(b"ImportError")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_before_the_app_is_there_gives_the_terminal_back(program, number):
    run_once(program)
    with Terminal(*program, "wait") as terminal:
        terminal.until("WAITING")
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        assert terminal.attributes() == terminal.before
        assert b"\x1b[?1049l" in terminal.output


def test_without_a_terminal_nothing_is_shown(program):
    run_once(program)
    done = subprocess.run(
        [sys.executable, *program, "wait", "crash"], input=b"\n", capture_output=True, check=False, timeout=60
    )
    assert b"NOTHING" in done.stderr
    assert b"\x1b" not in done.stderr


def test_a_picture_is_forgotten(program, tmp_path):
    run_once(program)
    Picture(tmp_path / "cache", program[2], ()).forget()
    assert kept(tmp_path) == []
    run_once(program)
    (tmp_path / "cache" / "theme-mine.json").touch()
    remove_pictures(tmp_path / "cache")
    assert [path.name for path in kept(tmp_path)] == ["theme-mine.json"]
    remove_pictures(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_written_does_no_harm(program, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    run_once(program)


def test_withdrawing_what_was_never_shown_does_nothing(tmp_path, capfd):
    Picture(tmp_path, tmp_path / "store", ()).withdraw()
    assert capfd.readouterr() == ("", "")


def test_it_needs_no_textual():
    code = "import fieldgate.ui.picture, sys; sys.exit(bool({'textual', 'pathlib', 'dataclasses'} & set(sys.modules)))"
    assert (
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, 'src'); {code}"], check=False
        ).returncode
        == 0
    )
