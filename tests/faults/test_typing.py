"""What is being typed when the program is ended: two seconds of it are lost to kill -9 at most, none to anything else."""

import json
import os
import random
import signal
import time

import pytest
from tests.faults.conftest import ROUNDS
from tests.nursery import Nursery
from tests.ui.desks import locations_in, sample_store
from tests.ui.screens.test_day import TODAY, capture
from tests.ui.terminal import Terminal

HOWS = {"KILL": (6, 40), "TERM": (1, 10), "HUP": (1, 10), "closed": (1, 10)}
"""How often in a quick run and in a long one."""
AT_ONCE = 5
PAUSE = 0.2


@pytest.fixture(scope="module")
def nursery():
    process = Nursery()
    process.warm("tests.faults.typist:read_all")
    yield process
    process.end()


class Typist(Terminal):
    """Somebody who types numbers into an interview, until the program is ended."""

    def __init__(self, nursery, folder, how, seconds):
        self._nursery, self._folder = nursery, folder
        self.how, self._seconds = how, seconds
        self._moments, self._end = [], 0.0
        places = locations_in(folder)
        env = {f"FIELDGATE_{name.upper()}": str(getattr(places, name)) for name in ("data", "config", "cache")}
        path = sample_store(folder)
        super().__init__(str(path), "--today", TODAY.isoformat(), env={**env, "FIELDGATE_AUTHOR": "an"})

    def _start(self, arguments, env):
        said, tty = self._folder / "said", os.ttyname(self.slave)
        return self._nursery.bear("tests.faults.typist:live", *arguments, said=said, tty=tty, env=env)

    def begin(self):
        self.until("Hypotheses")
        self.settle()
        capture(self)

    def type(self):
        """Type a number, or end the program when its time has come; returns whether it goes on."""
        if self._end:
            return False
        if self._moments and time.monotonic() - self._moments[0] >= self._seconds:
            self._stop()
            return False
        self.send(f"{len(self._moments)} ")
        self._moments.append(time.monotonic())
        self.read(0)
        return True

    def _stop(self):
        if self.how != "KILL":
            self.settle()  # what is still on its way in the terminal was not typed yet
        self._end = time.monotonic()
        if self.how == "closed":
            self.hang_up()
        else:
            os.kill(self.process.pid, getattr(signal, f"SIG{self.how}"))
        self.process.wait()
        signals = {"KILL": -signal.SIGKILL, "TERM": 128 + signal.SIGTERM, "HUP": 128 + signal.SIGHUP}
        assert self.process.returncode == signals.get(self.how, self.process.returncode)

    def lost(self):
        """Return how many seconds of what was typed no draft holds."""
        drafts = [json.loads(each.read_text("utf-8"))[0] for each in self._folder.rglob("drafts.json")]
        words = drafts[0]["typed"]["text"].split() if drafts else []  # none yet within the first second
        whole = words if words and words[-1] == str(len(words) - 1) else words[:-1]  # the last may be half typed
        assert whole == [str(number) for number in range(len(whole))], "no holes"
        assert all(each["at"] for each in drafts)
        return 0.0 if len(whole) == len(self._moments) else self._end - self._moments[len(whole)]


def test_what_is_being_typed_is_there_again(nursery, tmp_path, tell):
    chance = random.Random(3)  # noqa: S311  moments, not a secret
    hows = [how for how, times in HOWS.items() for _ in range(times[ROUNDS > 1])]
    lost = {how: [] for how in HOWS}
    for first in range(0, len(hows), AT_ONCE):
        typists = [
            Typist(nursery, tmp_path / str(first + number), how, chance.uniform(0.5, 3.5))
            for number, how in enumerate(hows[first : first + AT_ONCE])
        ]
        for each in typists:
            each.begin()
        while any([each.type() for each in typists]):  # noqa: C419  all of them type
            time.sleep(PAUSE)
        for each in typists:
            lost[each.how].append(each.lost())
            each.hang_up()
    for how, found in lost.items():
        tell(f"{how} while typing: {len(found)} times, at most {max(found):.2f} s lost")
    assert max(lost.pop("KILL")) <= 2.0
    assert max(map(max, lost.values())) == 0.0
