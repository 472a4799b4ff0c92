"""Every command that README shows outside the guide, and CONTRIBUTING, does what is written there.

The guide itself is followed in `test_docs`. A line that no proof stands for fails, so none can be added or changed
unseen.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.ui.terminal import Terminal

ROOT = Path(__file__).parent.parent
CTRL_Q = "\x11"
RECORDER = '#!/bin/sh\nprintf "%s\\n" "${0##*/} $*" >>"${0%/.venv/*}/called"\n'
CHECKS = [
    "ruff format --check .",
    "ruff check .",
    "mypy",
    "lint-imports",
    "deptry src",
]
WHOLE = "python -m pytest -n 6 --dist worksteal"


def shown() -> list[str]:
    """Return the lines of all blocks, without what is said beside them."""
    readme = (ROOT / "README.md").read_text("utf-8")
    before, _, rest = readme.partition("<!-- guide -->")
    texts = (before, rest.partition("<!-- /guide -->")[2], (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    found = [block for text in texts for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", text)]
    lines = [shlex.join(shlex.split(line, comments=True)) for block in found for line in block.splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def starts(line: str, wanted: str, place: Path) -> None:
    """Follow a line in a terminal until something is on the screen, and leave."""
    (place / "tmp").mkdir()
    follow = "import os, sys; os.chdir(sys.argv[2]); os.execv('/bin/sh', ['sh', '-ec', sys.argv[1]])"
    with Terminal("-c", follow, line, str(ROOT), env={"TMPDIR": str(place / "tmp")}) as terminal:
        terminal.until(wanted)
        terminal.send(CTRL_Q)
        assert terminal.end() == 0


def shows_the_demo_and_leaves_nothing(line: str, place: Path) -> None:
    """Look at the demo; afterwards there is nothing where it was."""
    starts(line, "NEXT", place)
    for left in (place / "tmp", Path(os.environ["XDG_DATA_HOME"])):
        assert not list(left.glob("**/*"))


def begins_the_tour(line: str, place: Path) -> None:
    """See the first of the ten steps that README promises."""
    starts(line, "▶" + 9 * "·", place)


def calls(line: str, place: Path) -> list[str]:
    """Follow a line in a house whose programs only write down how they were called."""
    shutil.copytree(ROOT / "scripts", place / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    (place / "tests" / "__pycache__").mkdir(parents=True)  # no fresh checkout
    programs = place / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "fieldgate", "ruff", "mypy", "lint-imports", "deptry"):
        (programs / name).write_text(RECORDER, "utf-8")
        (programs / name).chmod(0o755)
    for name in ("run", "dev"):
        project = (place / "pyproject.toml").read_text("utf-8")
        (programs.parent / f"fieldgate-{name}").write_text(f"{place}\n{project}", "utf-8")
    subprocess.run(["sh", "-ec", line], cwd=place, check=True, capture_output=True)
    called = (place / "called").read_text("utf-8").splitlines()
    return [each.replace(str(place), "HOUSE") for each in called if "import fieldgate" not in each]


def opens_a_workspace(line: str, place: Path) -> None:
    """Hand the path on; `ui/test_app` follows that call in a terminal."""
    assert calls(line, place) == ["fieldgate PATH"]


def runs_all_with_coverage(line: str, place: Path) -> None:
    """Run every test, and ask for the coverage that is promised."""
    first, *rest = calls(line, place)
    assert first.startswith(f"{WHOLE} --cov")
    assert [each.partition(" --show")[0] for each in rest] == [
        f"python -m coverage report --include=src/fieldgate/{room}/*" for room in ("domain", "documents", "sync")
    ]


def runs_all(line: str, place: Path) -> None:
    """Run every test, without coverage."""
    assert calls(line, place) == [WHOLE]


def runs_some(line: str, place: Path) -> None:
    """Hand the words on to pytest; there are tests that they mean."""
    words = shlex.split(line)[1:]
    assert calls(line, place) == [f"python -m pytest {shlex.join(words)}"]
    folder, _, wanted = words
    assert list((ROOT / folder).glob(f"test_{wanted}*.py"))


def checks_all(line: str, place: Path) -> None:
    """Take every check in its order, then the tests."""
    called = calls(line, place)
    assert [each.strip() for each in called[: len(CHECKS)]] == CHECKS
    assert called[len(CHECKS)].startswith(f"{WHOLE} --cov")


def builds_the_one_file(line: str, place: Path) -> None:
    """Build what `test_packaging` builds, opens and names as README does."""
    assert calls(line, place) == ["python HOUSE/scripts/pyz.py HOUSE HOUSE/dist"]


def installs_the_wheel(line: str, place: Path) -> None:
    """Install this folder, which by every installer is its wheel: `test_packaging` builds that and runs its command.

    The installers themselves fetch what fieldgate needs, which a test does not.
    """
    program, *_, folder = shlex.split(line)
    assert program in {"pipx", "uv"}
    assert (ROOT / folder / "pyproject.toml").is_file()


PROOFS: Mapping[str, Callable[[str, Path], None]] = {
    "scripts/run": shows_the_demo_and_leaves_nothing,
    "scripts/run demo --tour": begins_the_tour,
    "scripts/run PATH": opens_a_workspace,
    "scripts/test": runs_all_with_coverage,
    "pipx install .": installs_the_wheel,
    "uv tool install .": installs_the_wheel,
    "scripts/build-pyz": builds_the_one_file,
    "scripts/test tests/domain -k gate": runs_some,
    "scripts/test --quick": runs_all,
    "scripts/check": checks_all,
}


def test_every_command_that_is_shown_has_its_proof_and_no_proof_is_left_over():
    assert sorted(shown()) == sorted(PROOFS)


@pytest.mark.parametrize("line", shown())
def test_a_command_that_is_shown_does_what_is_written(line: str, tmp_path: Path):
    PROOFS[line](line, tmp_path)
