import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import fieldgate
from fieldgate.errors import FormatError
from fieldgate.locations import Locations

ID = "7k3m9q2xw4tb1n8c"


@pytest.fixture
def bare(monkeypatch, tmp_path):
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.delenv(f"FIELDGATE_{name}", raising=False)
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
def test_the_folders_are_those_of_the_platform(bare):
    found = Locations.find()
    assert found.data == bare / ".local/share/fieldgate"
    assert found.config == bare / ".config/fieldgate"
    assert found.cache == bare / ".cache/fieldgate"


def test_xdg_folders_are_honoured(bare, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(bare / "d"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(bare / "k"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(bare / "c"))
    found = Locations.find()
    assert (found.data, found.config, found.cache) == (
        bare / "d/fieldgate",
        bare / "k/fieldgate",
        bare / "c/fieldgate",
    )


def test_our_own_variables_win_and_are_made_absolute(bare, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(bare / "d"))
    monkeypatch.setenv("FIELDGATE_DATA", "có dấu cách/ข้อมูล")
    monkeypatch.setenv("FIELDGATE_CONFIG", str(bare / "k"))
    monkeypatch.setenv("FIELDGATE_CACHE", str(bare / "c"))
    monkeypatch.chdir(bare)
    found = Locations.find()
    assert found.data == bare / "có dấu cách" / "ข้อมูล"
    assert found.settings() == bare / "k" / "settings.yaml"
    assert found.user_themes() == bare / "k" / "themes"
    assert found.cache == bare / "c"


def test_naming_a_path_creates_nothing(bare):
    found = Locations.find()
    found.store_path(ID)
    found.settings()
    found.themes()
    found.sample()
    found.playbooks()
    assert list(bare.iterdir()) == []


def test_the_store_of_a_workspace_stands_under_its_id(bare):
    found = Locations.find()
    assert found.store_path(ID) == found.data / "workspaces" / ID / "store.fieldgate"
    assert found.workspace_folder(ID).parent == found.workspaces()


@pytest.mark.parametrize("text", ["", "..", "../../../../etc", "7K3M9Q2XW4TB1N8C", ID + "\n", ID[:-1] + "i", "a/" + ID])
def test_what_is_no_id_never_becomes_a_path(bare, text):
    with pytest.raises(FormatError, match="is no id of a workspace"):
        Locations.find().store_path(text)


def test_what_ships_is_found_in_a_checkout():
    found = Locations.find()
    root = Path(__file__).parents[1]
    assert found.themes() == root / "themes"
    assert found.sample() == root / "sample_workspace"
    assert found.playbooks() == root / "src" / "fieldgate" / "playbooks"
    assert (found.playbooks() / "criteria.yaml").is_file()


def test_what_ships_is_found_in_an_installed_package(tmp_path):
    package = tmp_path / "fieldgate"
    source = Path(fieldgate.__file__).parent
    package.mkdir()
    for name in ("__init__.py", "errors.py", "words.py", "locations.py"):
        shutil.copy(source / name, package)
    for name in ("themes", "sample_workspace"):
        (package / "_shipped" / name).mkdir(parents=True)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from fieldgate.locations import Locations\n"
        "found = Locations.find()\n"
        "print(found.themes(), found.sample(), found.playbooks(), sep='\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [Path(line) for line in done.stdout.splitlines()] == [
        package.resolve() / "_shipped" / "themes",
        package.resolve() / "_shipped" / "sample_workspace",
        package.resolve() / "playbooks",
    ]
