"""A store of the sample for each test, copied from one that is made once; its day is the day it was written for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.calls import DAY, Answer

from fieldgate.cli.entry import run
from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.locations import Locations
from fieldgate.store.store import Store
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the sample, unmoved."""
    home = tmp_path_factory.mktemp("sample")
    return make_demo(Locations(data=home / "data", config=home / "config", cache=home / "cache"), Clock(SAMPLE_DAY))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data, settings and cache of the test."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"FIELDGATE_{name}", str(tmp_path / name.lower()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sample(sample_store: Path, tmp_path: Path) -> Path:
    """The sample as a file of one's own; it is the workspace that calls mean."""
    path = tmp_path / "sample.fieldgate"
    shutil.copyfile(sample_store, path)
    return path


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The sample as a shared folder."""
    path = tmp_path / "coldline"
    shutil.copytree(Locations.find().sample(), path)
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a call in this process, as on the sample's day."""

    def called(*words: str, day: str | None = DAY) -> Answer:
        takes_a_day = day and words and words[0] not in {"keys", "spec", "completion", "--help", "--version"}
        at = words.index("--") if "--" in words else len(words)
        status = run([*words[:at], *(("--today", day) if takes_a_day else ()), *words[at:]])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return called


@pytest.fixture
def told(call: Callable[..., Answer], sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run a call on the sample."""
    monkeypatch.setenv("FIELDGATE_WORKSPACE", str(sample))
    return call


@pytest.fixture(scope="session")
def sample_texts(sample_store: Path) -> tuple[str, ...]:
    """The beginning of every line of text that a record of the sample holds; single words may be anybody's."""
    with Store.open(sample_store, read_only=True) as store:
        records = [each for kind in KIND_NAMES for each in store.records(kind)]
    texts = (str(getattr(each, name)) for each in records for name in each.__dataclass_fields__)
    lines = (line.strip()[:30] for text in texts for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if " " in line and len(line) > 12 and line.count(":") < 2))
