"""The scripts, as somebody meets them who has only git and Python: an empty home, any working directory, no network."""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ("scripts/run", "scripts/test", "scripts/check", ".ci/run")
TOOLS = "/usr/bin:/bin:/usr/sbin:/sbin"

# A project that installs without a network: its build backend lies beside it, its program tells what it was called
# with. The scripts do not know the difference.
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "fieldgate"
version = "1"
"""
BACKEND = """
import zipfile
from pathlib import Path

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "fieldgate-1-py3-none-any.whl"
    files = {
        "fieldgate.pth": str(Path(__file__).parent / "src"),
        "fieldgate-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: fieldgate\\nVersion: 1\\nProvides-Extra: dev\\n",
        "fieldgate-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "fieldgate-1.dist-info/entry_points.txt": "[console_scripts]\\nfieldgate = fieldgate:main\\n",
        "fieldgate-1.dist-info/RECORD": "",
    }
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return name
"""
PROGRAM = """
import json, os, sys

def main():
    print(json.dumps({"words": sys.argv[1:], "cwd": os.getcwd(), "python": sys.version_info[:2], "at": __file__}))
"""


def make_house(place: Path) -> Path:
    (place / "src" / "fieldgate").mkdir(parents=True)
    shutil.copytree(ROOT / "scripts", place / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "pyproject.toml").write_text(PROJECT, "utf-8")
    (place / "backend.py").write_text(BACKEND, "utf-8")
    (place / "src" / "fieldgate" / "__init__.py").write_text(PROGRAM, "utf-8")
    return place


def call(script: Path, *words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script with nothing around it but the tools of the system, this Python, and the variables given."""
    known = {"PATH": f"{Path(sys.executable).resolve().parent}:{TOOLS}", "PIP_NO_INDEX": "1"} | environment
    return subprocess.run(
        [str(script), *words], cwd=cwd, env=known, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout on a path with spaces and letters of another script, with its environment made by `scripts/run`."""
    house = make_house(tmp_path_factory.mktemp("a house") / "nhà ở")
    cwd = tmp_path_factory.mktemp("elsewhere")
    first = call(house / "scripts" / "run", "a path with spaces", "--today", "2026-02-03", cwd=cwd)
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)  # nothing else reaches standard output, not even while it installs
    assert told["words"] == ["a path with spaces", "--today", "2026-02-03"]
    assert told["cwd"] == str(cwd)
    assert "making the environment" in first.stderr
    return house


def test_the_second_start_installs_nothing_and_says_nothing(house: Path, tmp_path: Path):
    second = call(house / "scripts" / "run", "status", cwd=tmp_path)
    assert json.loads(second.stdout)["words"] == ["status"]
    assert second.stderr == ""


def test_without_words_the_demo_starts(house: Path, tmp_path: Path):
    assert json.loads(call(house / "scripts" / "run", cwd=tmp_path).stdout)["words"] == ["demo"]


def test_a_link_to_the_script_finds_the_house(house: Path, tmp_path: Path):
    (tmp_path / "fg").symlink_to(house / "scripts" / "run")
    (tmp_path / "further").symlink_to("fg")
    assert json.loads(call(tmp_path / "further", "x", cwd=tmp_path).stdout)["words"] == ["x"]


def test_what_lies_in_the_working_directory_is_never_run(house: Path, tmp_path: Path):
    for name in ("fieldgate", "json", "pip", "venv", "ensurepip"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('ran a file of the working directory')", "utf-8")
    answer = call(house / "scripts" / "run", cwd=tmp_path, PATH=f":{Path(sys.executable).resolve().parent}:{TOOLS}")
    assert answer.returncode == 0, answer.stderr
    assert Path(json.loads(answer.stdout)["at"]).is_relative_to(house)


def test_a_changed_project_file_is_installed_again_into_the_same_environment(house: Path, tmp_path: Path):
    with (house / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n")
    again = call(house / "scripts" / "run", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "installing" in again.stderr
    assert "making the environment" not in again.stderr
    assert call(house / "scripts" / "run", cwd=tmp_path).stderr == ""


def test_an_environment_that_was_moved_or_lost_its_python_is_made_again(house: Path, tmp_path: Path):
    moved = tmp_path / "moved"
    shutil.copytree(house, moved, symlinks=True)
    python = moved / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    answer = call(moved / "scripts" / "run", "x", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "making the environment" in answer.stderr
    assert Path(json.loads(answer.stdout)["at"]).is_relative_to(moved)


def test_an_old_python_is_named_and_nothing_is_made(tmp_path: Path):
    house = make_house(tmp_path / "house")
    (tmp_path / "old").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (tmp_path / "old").chmod(0o755)
    answer = call(house / "scripts" / "run", cwd=tmp_path, FIELDGATE_PYTHON=str(tmp_path / "old"))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "3.11" in answer.stderr
    assert not (house / ".venv").exists()


def found(*folders: Path) -> str:
    """Return which Python the scripts choose from these folders."""
    script = f'house={ROOT}; . "{ROOT / "scripts" / "environment"}"; find_python; printf %s "$python"'
    known = {"PATH": ":".join(map(str, folders))}
    return subprocess.run(["/bin/sh", "-c", script], env=known, capture_output=True, text=True, check=False).stdout


def test_a_program_goes_before_a_shim_of_its_name_and_a_shim_before_none(tmp_path: Path):
    shims, programs = tmp_path / "shims", tmp_path / "bin"
    for folder, names in ((shims, ["python3.13", "python3.11"]), (programs, ["python3.11", "python3"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
            (folder / name).chmod(0o755)
    assert found(shims, programs) == str(shims / "python3.13")
    (shims / "python3.13").write_text("#!/bin/sh\nexit 127\n", "utf-8")  # of a version that is not there
    assert found(shims, programs) == str(programs / "python3.11")
    (programs / "python3.11").unlink()
    assert found(shims, programs) == str(shims / "python3.11")


def test_without_any_python_one_sentence_says_what_to_do(tmp_path: Path):
    house = make_house(tmp_path / "house")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "cmp", "grep"):
        (tools / name).symlink_to(shutil.which(name, path=TOOLS) or f"/bin/{name}")
    answer = call(house / "scripts" / "run", cwd=tmp_path, PATH=str(tools))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "it needs Python 3.11 or newer" in answer.stderr


def test_where_the_venv_module_is_missing_the_one_command_is_named(tmp_path: Path):
    house = make_house(tmp_path / "house")
    lame = tmp_path / "python3"
    # Debian's Python without its venv package: everything but ensurepip.
    hidden = "import sys; sys.modules['ensurepip'] = None; exec(sys.argv.pop(1))"
    lame.write_text(
        f'#!/bin/sh\n[ "$1" = -I ] && shift\nshift\nexec "{sys.executable}" -I -c "{hidden}" "$@"\n', "utf-8"
    )
    lame.chmod(0o755)
    answer = call(house / "scripts" / "run", cwd=tmp_path, FIELDGATE_PYTHON=str(lame))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert (
        f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in answer.stderr or "ensurepip" in answer.stderr
    )
    assert not (house / ".venv").exists()


def test_wheels_that_are_not_there_are_named(tmp_path: Path):
    house = make_house(tmp_path / "house")
    answer = call(house / "scripts" / "run", cwd=tmp_path, FIELDGATE_WHEELS="no/such folder")
    assert answer.returncode == 1
    assert answer.stderr == "fieldgate: FIELDGATE_WHEELS=no/such folder is no folder.\n"


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_started_and_has_no_slip_of_the_pen(name: str):
    script = ROOT / name
    assert script.stat().st_mode & stat.S_IXUSR
    shell = script.read_text("utf-8").splitlines()[0].rsplit("/", 1)[1].split()[-1]
    answer = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_check_takes_the_steps_in_order_and_ends_in_the_tests():
    lines = (ROOT / "scripts" / "check").read_text("utf-8").splitlines()
    steps = [line.split('"')[1] for line in lines if line.startswith("step ")]
    assert steps == ["format", "lint", "types", "floors", "dependencies", "tests"]
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith('exec "$house/scripts/check"')


@pytest.mark.xfail(
    not (ROOT / "src/fieldgate/__main__.py").exists(), reason="the command line is not built yet", strict=True
)
def test_the_real_house_starts_from_anywhere_with_an_empty_home(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    answer = call(ROOT / "scripts" / "run", "--version", cwd=tmp_path, HOME=str(home))
    assert answer.returncode == 0, f"{answer.stderr}\nrun scripts/test once: it makes the environment"
    assert answer.stdout.strip()
    assert not list(home.iterdir()), "asking for the version leaves nothing behind"
