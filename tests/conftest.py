"""What every test shares: nothing of the person who runs it reaches a test."""

import os
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

# How quickly examples are made is the machine's business on a busy day, and no property of ours.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home, so that it reads no settings and writes no data of ours."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        # COLUMNS and LINES would tell a program another size than its terminal has.
        # Without caches of bytecode every program that a test starts would compile every module anew.
        if name.startswith(("XDG_", "FIELDGATE_", "GIT_", "LC_")) or name in {
            "COLUMNS",
            "LINES",
            "LANGUAGE",
            "PYTHONDONTWRITEBYTECODE",
        }:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name, folder in (("CONFIG", "config"), ("DATA", "data"), ("CACHE", "cache"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a line of counts past the capture of pytest, so that a run shows them."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n    {line}\n")

    return say
