"""The wheel: what it holds, that it works where nothing of the checkout is, that it can be made again byte for byte."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "fieldgate"
BESIDE = ("themes", "sample_workspace")
INPUTS = ("pyproject.toml", "README.md", "LICENSE", ".gitignore", ".shared", "src", *BESIDE)


def run(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env=known | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel is made from, as it is now: a copy in which nobody else writes."""
    copy = tmp_path_factory.mktemp("tree")
    for name in INPUTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built once in a run of the tests however many workers share it, without a network."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    with (shared / "wheel.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = list((shared / "dist").glob("*.whl"))
        if not built:
            words = ("-m", "build", "--wheel", "--no-isolation", "--outdir", shared / "dist", tree)
            answer = run(*words, cwd=tree, HOME=str(tree))
            assert answer.returncode == 0, answer.stdout + answer.stderr
            built = list((shared / "dist").glob("*.whl"))
    (path,) = built
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel put into an empty folder."""
    target = tmp_path_factory.mktemp("installed")
    words = (
        "-I",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        target,
        wheel,
    )
    answer = run(*words, cwd=target, HOME=str(target), PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore")
    assert answer.returncode == 0, answer.stderr
    return target


def bare(installed: Path, *words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with the installed wheel and the packages it needs, but without the checkout.

    Without `site` the link to the checkout, which an editable installation leaves, is not followed.
    """
    needed = Path(pytest.__file__).parent.parent
    path = os.pathsep.join((str(installed), str(needed)))
    return run("-S", "-P", *words, cwd=cwd, HOME=str(cwd), PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="1")


def test_the_wheel_holds_every_file_of_the_package_and_what_lies_beside_it(wheel: Path, tree: Path):
    expected = {
        f"fieldgate/{path.relative_to(tree / 'src' / 'fieldgate').as_posix()}"
        for path in (tree / "src" / "fieldgate").rglob("*")
        if path.is_file()
    }
    for name in BESIDE:
        expected |= {
            f"fieldgate/_shipped/{path.relative_to(tree).as_posix()}"
            for path in (tree / name).rglob("*")
            if path.is_file()
        }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name and ".data/" not in name}
    assert names == expected
    assert "fieldgate/py.typed" in names


def test_every_kind_of_file_that_git_knows_reaches_the_wheel(wheel: Path):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src/fieldgate", *BESIDE], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    kinds = {Path(name).suffix for name in listed.split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as archive:
        assert not kinds - {Path(name).suffix for name in archive.namelist()}


def test_the_wheel_tells_its_licence_its_pythons_and_its_command(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode("utf-8")
        commands = archive.read(metadata.replace("METADATA", "entry_points.txt")).decode("utf-8")
        assert any(name.endswith("/licenses/LICENSE") for name in archive.namelist())
    assert "License-Expression: MIT" in text
    assert "Requires-Python: >=3.11" in text
    assert "fieldgate = fieldgate.__main__:main" in commands


def test_the_same_tree_makes_the_same_wheel(wheel: Path, tree: Path, tmp_path: Path):
    other = tmp_path / "another place"
    shutil.copytree(tree, other)
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    program = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    answer = run("-c", program, tmp_path, cwd=other)
    assert answer.returncode == 0, answer.stderr
    assert hashlib.sha256((tmp_path / wheel.name).read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_the_version_has_one_home(wheel: Path, installed: Path, tmp_path: Path):
    answer = bare(installed, "-c", "import fieldgate; print(fieldgate.__version__, fieldgate.__file__)", cwd=tmp_path)
    version, place = answer.stdout.split(maxsplit=1)
    assert Path(place.strip()).is_relative_to(installed)
    assert wheel.name.split("-")[1] == version
    assert "version" in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dynamic"]


@pytest.mark.xfail(not (PACKAGE / "__main__.py").exists(), reason="the command line is not built yet", strict=True)
def test_an_installed_fieldgate_opens_the_sample_that_it_brings(installed: Path, tmp_path: Path):
    sample = tmp_path / "sample"
    shutil.copytree(installed / "fieldgate" / "_shipped" / "sample_workspace", sample)
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    answer = bare(installed, "-m", "fieldgate", "status", sample, "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    status = json.loads(answer.stdout)
    assert status["format"] == 1
    assert status["criteria"]
    assert status["next"]
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before


def test_what_an_installer_links_to_is_the_command_of_this_version(wheel: Path, installed: Path, tmp_path: Path):
    # What `pipx install .` and `uv tool install .` of README come to: the wheel of this folder, and its command.
    answer = bare(installed, installed / "bin" / "fieldgate", "--version", cwd=tmp_path)
    assert wheel.name.split("-")[1] in answer.stdout, answer.stderr


def test_the_wheel_installs_the_manual_page_and_the_completions(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition(".data/data/")[2]: name for name in archive.namelist() if ".data/data/" in name}
        assert set(names) == {
            "share/man/man1/fieldgate.1",
            "share/bash-completion/completions/fieldgate",
            "share/zsh/site-functions/_fieldgate",
            "share/fish/vendor_completions.d/fieldgate.fish",
        }
        assert archive.read(names["share/man/man1/fieldgate.1"]).startswith(b".TH FIELDGATE 1")


def test_one_file_unpacks_itself_once_and_runs_without_anything_installed(tmp_path: Path):
    answer = run(ROOT / "scripts" / "pyz.py", ROOT, tmp_path / "out", 1, cwd=ROOT, HOME=str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    (file,) = (tmp_path / "out").iterdir()
    told = re.search(r"dist/(fieldgate-VERSION-pyPYTHON-PLATFORM\.pyz)", (ROOT / "README.md").read_text("utf-8"))
    words = {
        "VERSION": version("fieldgate"),
        "PYTHON": f"{sys.version_info.major}.{sys.version_info.minor}",
        "PLATFORM": sysconfig.get_platform(),
    }
    assert told
    assert re.sub("[A-Z]+", lambda word: words[word[0]], told[1]) == file.name
    assert file.read_bytes().startswith(b"#!/usr/bin/env python3.")
    home = {"HOME": str(tmp_path), "FIELDGATE_CACHE": str(tmp_path / "cache"), "FIELDGATE_DATA": str(tmp_path / "data")}
    shutil.copytree(ROOT / "sample_workspace", tmp_path / "sample")
    # -S: nothing of this environment is there.
    first = run("-S", "-I", file, "--version", cwd=tmp_path, **home)
    assert (first.returncode, "unpacking" in first.stderr) == (0, True), first.stderr
    second = run("-S", "-I", file, "status", "./sample", "--json", cwd=tmp_path, **home)
    assert (second.returncode, "unpacking" in second.stderr) == (0, False), second.stderr
    assert json.loads(second.stdout)["criteria"]
    (place,) = (tmp_path / "cache" / "one-file").iterdir()
    assert (place / "fieldgate" / "__pycache__").is_dir()
    assert place.parent.stat().st_mode & 0o077 == 0

    # A file for another Python says which one it wants, and unpacks nothing.
    with zipfile.ZipFile(file) as archive:
        loader = (
            archive.read("__main__.py")
            .decode()
            .replace('PYTHON, PLATFORM, DIGEST = "3.', 'PYTHON, PLATFORM, DIGEST = "2.')
        )
    (tmp_path / "other.py").write_text(loader)
    other = run("-S", "-I", tmp_path / "other.py", "--version", cwd=tmp_path, **home)
    assert other.returncode == 1
    assert "this file is for Python 2." in other.stderr
