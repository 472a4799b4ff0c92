"""The guide, followed word by word by somebody who has just started."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
NOTE = "---\ncustomer: Kiri Takeda\n---\n- We lost a load in March\n- Nobody believes the logger\n"
CALL = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kiri Takeda>I would pay for that\n"


def blocks() -> list[str]:
    text = README.read_text("utf-8")
    guide = text.partition("<!-- guide -->")[2].partition("<!-- /guide -->")[0]
    return re.findall(r"(?ms)^```sh\n(.*?)^```$", guide)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with what the guide takes for granted: notes, a transcript, and the command."""
    (tmp_path / "vault" / "interviews").mkdir(parents=True)
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "vault" / "interviews" / "kiri.md").write_text(NOTE, "utf-8")
    (tmp_path / "call.vtt").write_text(CALL, "utf-8")
    command = tmp_path / "bin" / "fieldgate"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m fieldgate "$@"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


@pytest.mark.timeout(480)  # thirty programs one after the other, on a machine that may have much else to do
def test_every_command_of_the_guide_works_as_it_stands(home):
    found = blocks()
    assert len(found) > 8
    environment = {"HOME": str(home), "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8", "TERM": "dumb"}
    script = home / "guide.sh"
    script.write_text("".join(found), "utf-8")
    call = ["sh", "-eu", str(script)]
    answer = subprocess.run(
        call, cwd=home, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    assert (home / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "Kiri" not in (home / "report.html").read_text("utf-8")
    assert "Leave discovery?" in (home / "minutes.md").read_text("utf-8")
    assert "Sound." in answer.stdout


def test_every_subject_of_the_guide_has_commands():
    text = README.read_text("utf-8")
    guide = text.partition("<!-- guide -->")[2].partition("<!-- /guide -->")[0]
    sections = re.split(r"(?m)^### ", guide)[1:]
    titles = [each.partition("\n")[0] for each in sections]
    assert titles == ["The first day", "Interview day", "Triage", "Sync meeting", "Sharing", "Recovering"]
    assert all("```sh" in each for each in sections)


def test_the_pictures_of_the_guide_are_there_and_ask_nobody():
    text = README.read_text("utf-8")
    shown = set(re.findall(r"\]\((\.pictures/[a-z-]+\.(?:svg|png))\)", text))
    there = {path.relative_to(README.parent).as_posix() for path in (README.parent / ".pictures").iterdir()}
    assert len(shown) > 4
    assert shown == there
    assert sum((README.parent / name).stat().st_size for name in there) < 500_000
    for name in sorted(each for each in there if each.endswith(".svg")):
        picture = (README.parent / name).read_text("utf-8")
        assert not re.search(r"https?://(?!www\.w3\.org/)|<script|@import|url\((?!#)|href=", picture), name
        assert "Coldline" in picture or "Discovery" in picture or "confidence" in picture or "N1" in picture, name
