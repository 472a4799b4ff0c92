"""The shape of the house, held by counting: what loads what, how long files are, what no file may say.

Who may import whom is in the contracts of pyproject.toml; here stands what import-linter cannot see.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.order import unmeasured

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "fieldgate"
MODULES = sorted(HOUSE.rglob("*.py"))
SOURCES = [
    *MODULES,
    *(path for room in ("tests", "scripts", "benchmarks") for path in sorted((ROOT / room).rglob("*.py"))),
]

DATABASE = {"pydantic", "sqlalchemy", "sqlmodel"}
SCREEN = {"rich", "textual"}
NETWORK = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
}
OUTSIDE = {
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "time",
    "uuid",
}

TOP = {
    "required": {
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
        "pyproject.toml", "scripts", "src", "tests", "themes",
    },
    "allowed": {".pictures", ".shared", "SECURITY.md", "benchmarks", "docs", "sample_workspace"},
}  # fmt: skip


def inside(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imported(path: Path) -> set[str]:
    return {name for _, name in imports(tree_of(path))}


def told(paths: Iterable[Path], faults: Callable[[Path], Iterable[object]]) -> list[str]:
    """What is wrong, file by file: one test for a rule, which names every file that breaks it."""
    return [f"{inside(path)}: {fault}" for path in paths for fault in faults(path)]


def module_name(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import statement below a node, with the full name of each module it may load."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def loaded_by(names: list[str]) -> set[str]:
    """Names of all modules that a new Python holds after importing these."""
    program = "import importlib, json, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(json.dumps(list(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, check=False, text=True)
    assert answer.returncode == 0, answer.stderr
    return set(json.loads(answer.stdout))


def once_built(pattern: str, *values: object) -> object:
    """A case about a module; until that module is there it must fail, which no later absence of it can hide."""
    missing = not list(HOUSE.glob(pattern))
    return pytest.param(
        pattern,
        *values,
        id=pattern,
        marks=pytest.mark.xfail(missing, reason=f"{pattern} is not built yet", strict=True),
    )


@pytest.mark.parametrize(
    ("pattern", "unwanted"),
    [
        once_built("ui/app.py", DATABASE | {"yaml", "markdown_it", "pygments"}),
        once_built("ui/**/*.py", DATABASE),
        once_built("__main__.py", DATABASE | SCREEN | {"yaml"}),
        once_built("cli/**/*.py", DATABASE | SCREEN),
        once_built("workspace/door.py", DATABASE | SCREEN),
        once_built("workspace/service.py", SCREEN),
        once_built("domain/**/*.py", DATABASE | SCREEN | {"yaml", "click", "platformdirs", "rapidfuzz", "sqlite3"}),
        once_built("documents/**/*.py", DATABASE | SCREEN | {"sqlite3"}),
        once_built("sync/**/*.py", DATABASE | SCREEN | {"sqlite3"}),
    ],
)
def test_importing_a_room_loads_only_what_it_needs(pattern: str, unwanted: set[str]):
    names = [module_name(path) for path in sorted(HOUSE.glob(pattern))]
    assert names
    assert not {name.partition(".")[0] for name in loaded_by(names)} & unwanted


def test_a_late_import_says_why_beside_it_or_above():
    def faults(path: Path) -> Iterator[str]:
        lines = text_of(path).splitlines()
        late = {node.lineno: node.end_lineno for function in functions_of(path) for node, _ in imports(function)}
        said = {first for first, last in late.items() if "# " in lines[first - 1] or "# " in lines[last - 1]}
        for first in sorted(late):  # one comment serves imports that follow each other
            if lines[first - 2].lstrip().startswith("# ") or first - 1 in {late[at] for at in said}:
                said.add(first)
        yield from (lines[at - 1].strip() for at in set(late) - said)

    assert not told(MODULES, faults)


def test_only_the_door_opens_the_service():
    outside = [path for path in MODULES if path.parent != HOUSE / "workspace" or path.name == "state.py"]
    importers = {
        inside(path)
        for path in outside
        for _, name in imports(without_types(tree_of(path)))
        if name == "fieldgate.workspace.service"
    }
    assert not importers


def without_types(tree: ast.Module) -> ast.Module:
    """Leave out what stands under TYPE_CHECKING: a type that is only checked is not loaded."""
    kept = [node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))]
    return ast.Module(body=kept, type_ignores=[])


def test_the_domain_asks_neither_clock_nor_disk():
    def faults(path: Path) -> Iterator[str]:
        names = imported(path)
        # Ids are drawn in one place; rules get them as arguments.
        drawn = {"os"} if path.name == "identity.py" else set()
        yield from {name.partition(".")[0] for name in names} & OUTSIDE - drawn
        yield from names & {"fieldgate.domain.identity.random_id"}
        yield from (
            name
            for name in names
            if name.startswith("fieldgate") and not re.match(r"fieldgate\.(domain|errors|values|words)\b", name)
        )
        calls = [node.func for node in nodes_of(path) if isinstance(node, ast.Call)]
        yield from {call.attr for call in calls if isinstance(call, ast.Attribute)} & {"now", "today", "utcnow"}
        yield from {call.id for call in calls if isinstance(call, ast.Name)} & {"open", "print", "input"}

    rooms = sorted((HOUSE / "domain").rglob("*.py"))
    assert len(rooms) > 50
    assert not told(rooms, faults)


def test_no_module_can_open_a_socket():
    def faults(path: Path) -> set[str]:
        names = imported(path)
        return {name.partition(".")[0] for name in names} & NETWORK | names & {"urllib.request"}

    assert not told(MODULES, faults)


def test_no_file_is_a_drawer():
    """Tables of cases make tests longer than what they try."""

    def faults(path: Path) -> Iterator[int]:
        lines = len(text_of(path).splitlines())
        if lines >= (300 if path.is_relative_to(HOUSE) else 600):
            yield lines

    assert not told(SOURCES, faults)


def test_a_function_stays_under_40_lines_beside_its_docstring():
    def faults(path: Path) -> Iterator[str]:
        for node in functions_of(path):
            length = node.end_lineno - node.lineno + 1 - docstring_lines(node)
            if length >= 40:
                yield f"{node.name}, {length}"

    assert not told(MODULES, faults)


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) is not None else 0


def test_a_module_says_what_it_is_for():
    assert not [inside(path) for path in MODULES if not ast.get_docstring(tree_of(path))]


def test_every_folder_with_code_is_a_package_that_holds_only_its_docstring():
    for folder in {path.parent for path in MODULES}:
        body = tree_of(folder / "__init__.py").body
        names = {target.id for node in body[1:] if isinstance(node, ast.Assign) for target in node.targets}
        assert len(body) == 1 or (folder == HOUSE and len(body) == 2 and names == {"__version__"}), inside(folder)


def test_what_the_coverage_leaves_out_is_there():
    def is_gone(name: str) -> bool:
        place, *inside = name.partition("[")[0].split("::")  # a case that is gone is measured when it is back
        text = (ROOT / place).read_text("utf-8") if (ROOT / place).is_file() else ""
        return not all(
            f"def {each}(" in text or f"class {each}" in text or f"\n{each} = " in text or each == "runTest"
            for each in inside
        )

    gone = [name for name in sorted(unmeasured()) if is_gone(name)]
    assert gone == [], "run scripts/unmeasured, or take these lines away"


def test_tests_are_found_by_their_place_not_as_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_bad_input_is_never_asserted_and_no_failure_is_swallowed():
    def faults(path: Path) -> Iterator[int]:
        for node in nodes_of(path):
            if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and is_deaf(node)):
                yield node.lineno

    assert not told(MODULES, faults)


def is_deaf(node: ast.ExceptHandler) -> bool:
    caught = ast.dump(node.type) if node.type else "'Exception'"
    return isinstance(node.body[0], ast.Pass) or "'Exception'" in caught


def test_what_a_check_is_told_to_overlook_has_its_reason():
    overlooked = re.compile(
        r"#\s*(?:noqa\b(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[\w, -]+\])?|pragma: no \w+)(.*)"
    )

    def faults(path: Path) -> Iterator[str]:
        for line in text_of(path).splitlines():
            if (found := overlooked.search(line)) and not re.search(r"\w{2}", found[1]):
                yield line.strip()

    assert not told(SOURCES, faults)


@pytest.mark.parametrize(
    "unwanted",
    [
        r"https?://\S*/simple(?:/|\b)|index-url",
        re.escape(str(ROOT)) + r"\b",
        r"\b[Ii]ssue (?:#)?\d",
        r"\bTODO\b|\bFIXME\b|\bXXX\b",
    ],
)
def test_no_file_names_a_registry_a_machine_or_work_left_over(unwanted: str):
    pattern = re.compile(unwanted)

    def faults(path: Path) -> Iterator[str]:
        if path != Path(__file__) and b"\0" not in (data := path.read_bytes()):
            yield from (found[0] for found in pattern.finditer(data.decode("utf-8", "replace")))

    assert not told(tracked(), faults)


def test_the_top_of_the_checkout_holds_what_is_listed_and_no_more():
    entries = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert not entries - TOP["required"] - TOP["allowed"]
    assert not TOP["required"] - entries
