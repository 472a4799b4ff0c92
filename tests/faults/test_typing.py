"""What is being typed when the program is ended: two seconds of it are lost to kill -9 at most, none to anything else."""

import json
import os
import random
import signal
import time

import pytest
from tests.faults.conftest import ROUNDS
from tests.ui.desks import sample_store
from tests.ui.screens.test_day import capture, fieldgate

HOWS = ("KILL", "TERM", "HUP", "closed")
QUICK = ("TERM", "closed")
"""Ended within the first second, when no draft was written yet; kill is tried once in tests/ui/screens/test_day.py."""


def typed_until_the_end(path, folder, how, seconds):
    """Type numbers without a pause, end the program, and return how many seconds of them no draft holds."""
    moments = []
    with fieldgate(path, folder) as terminal:
        capture(terminal)
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            terminal.send(f"{len(moments)} ")
            moments.append(time.monotonic())
            terminal.read(0.02)
        if how != "KILL":
            terminal.settle()  # what is still on its way in the terminal was not typed yet
        end = time.monotonic()
        if how == "closed":
            terminal.hang_up()
        else:
            os.kill(terminal.process.pid, getattr(signal, f"SIG{how}"))
        terminal.process.wait(20)
    drafts = [json.loads(each.read_text("utf-8"))[0] for each in folder.rglob("drafts.json")]
    words = drafts[0]["typed"]["text"].split() if drafts else []  # none yet within the first second
    whole = words if words and words[-1] == str(len(words) - 1) else words[:-1]  # the last number may be half typed
    assert whole == [str(number) for number in range(len(whole))], "no holes"
    assert all(each["at"] for each in drafts)
    return 0.0 if len(whole) == len(moments) else end - moments[len(whole)]


@pytest.mark.parametrize("how", HOWS if ROUNDS > 1 else QUICK)
def test_what_is_being_typed_is_there_again(tmp_path, tell, how):
    chance = random.Random(how)  # noqa: S311  moments, not a secret
    worst, tries = 0.0, 2 * ROUNDS if ROUNDS > 1 else 1
    for number in range(tries):
        folder = tmp_path / str(number)
        lost = typed_until_the_end(sample_store(folder), folder, how, chance.uniform(0.5, 3.5) if ROUNDS > 1 else 0.6)
        worst = max(worst, lost)
    tell(f"{how} while typing: {tries} times, at most {worst:.2f} s lost")
    assert worst <= (2.0 if how == "KILL" else 0.0)
