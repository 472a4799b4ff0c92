"""Processes that tests kill, made by fork of one that has read all the code: each costs what it does, and no start.

Run by itself it makes a child for each line that it is told, and says how children ended.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Nursery:
    """The process that all others are made of."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def ask(self, **what):
        self.process.stdin.write(f"{json.dumps(what)}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def warm(self, call, *words):
        """Have the process itself do something once, so that no child has to import what it needs."""
        self.ask(warm=call, words=[str(each) for each in words])

    def bear(self, call, *words, said, room=None, tty="", env=None):
        """Make a child that calls `module:function` with words.

        Args:
            call: What it does.
            words: With what.
            said: The file for what it says.
            room: The size in bytes beyond which it may write no file.
            tty: The terminal that it lives in; what it says goes there.
            env: What is different in its surroundings.
        """
        said.touch(0o600)
        pid = self.ask(
            bear=call, words=[str(each) for each in words], said=str(said), room=room, tty=tty, env=env or {}
        )
        return Child(self, pid, said)

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


class Child:
    """A process that works, to be asked as `Popen` is; what it says stays in a file when it is gone."""

    def __init__(self, nursery, pid, said):
        self._nursery = nursery
        self.pid, self.said, self.returncode = pid, said, None

    def lines(self):
        return self.said.read_text("utf-8").splitlines()

    def acks(self):
        """Return the numbers of the edits that it said were saved."""
        return [int(line.split()[1]) for line in self.lines() if line.startswith("ack ")]

    def poll(self):
        if self.returncode is None:
            self.returncode = self._nursery.ask(look=self.pid)
        return self.returncode

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, patience=30):
        deadline = time.monotonic() + patience
        while self.poll() is None:
            assert time.monotonic() < deadline, "did not end"
            time.sleep(0.004)
        return self.returncode

    def wait_for(self, lines):
        """Wait until it has said so many lines, or has ended."""
        while len(self.lines()) < lines and self.poll() is None:
            time.sleep(0.004)

    def end(self, how=None):
        """Wait for its end, after a signal if there is one; return what it said of errors."""
        if how is not None and self.returncode is None:
            os.kill(self.pid, how)
        self.wait()
        return self.said.with_suffix(".errors").read_text("utf-8")


def serve():
    """Do what each line says, until there are no more."""
    for line in sys.stdin:
        what = json.loads(line)
        if "look" in what:
            pid, status = os.waitpid(what["look"], os.WNOHANG)
            _answer(os.waitstatus_to_exitcode(status) if pid else None)
        elif "warm" in what:
            kept = sys.stdout
            with Path(os.devnull).open("w", encoding="utf-8") as sys.stdout:
                _call(what["warm"], what["words"])
            sys.stdout = kept
            _answer(None)
        else:
            pid = os.fork()
            if not pid:
                _live(what)
            _answer(pid)


def _answer(value):
    sys.stdout.write(f"{json.dumps(value)}\n")
    sys.stdout.flush()


def _call(name, words):
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)(*words)


def _live(what):
    """Be a child, and never come back."""
    os.environ.update(what["env"])
    if what["tty"]:
        os.setsid()
        handles = [os.open(what["tty"], os.O_RDWR)] * 3  # the first one that is opened is the terminal it lives in
    else:
        said = Path(what["said"])
        files = (os.devnull, said, said.with_suffix(".errors"))
        handles = [os.open(each, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600) for each in files]
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
    for name in ("stdin", "stdout", "stderr"):
        stream = open(("stdin", "stdout", "stderr").index(name), "r" if name == "stdin" else "w", encoding="utf-8")  # noqa: PTH123, SIM115  stays open
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    if what["room"] is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (what["room"], what["room"]))
    status: object = 1
    try:
        status = _call(what["bear"], what["words"])
    except BaseException:  # noqa: BLE001  what it was is said, and it must not become a second parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    serve()
