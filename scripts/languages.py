"""The catalogues of words: taken out of the code and the playbook, and compiled with Babel.

A catalogue holds every word; where a translation is missing the English stands. Nothing in it tells a day, a machine
or a person, so that the same words give the same files.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fieldgate.words import LANGUAGES
from fieldgate.workspace.playbook_files import shipped_playbook

SOURCE = Path(__file__).parent.parent / "src" / "fieldgate"
FOLDER = SOURCE / "languages"
WORDS = {"t": (0,), "mark": (0,), "counted": (1, 2)}
"""The functions that take words, and which of their arguments are such."""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
UNREVIEWED = "unreviewed"
"""Stands at the top of a translation until a speaker of the language has read it."""


def words_of_code() -> Iterator[str]:
    """Yield every text in `t(...)` and `mark(...)`, and both of `counted(n, one, many)`.

    Read off the syntax, because Babel does not look into f-strings on every Python.
    """
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                texts = [node.args[at] for at in WORDS.get(_called(node), ()) if at < len(node.args)]
                yield from (
                    each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


def _called(node: ast.Call) -> str:
    name = node.func
    return name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""


def words_of_playbook() -> Iterator[str]:
    """Yield the titles of the playbook that are shown."""
    book = shipped_playbook(SOURCE / "playbooks")
    for table in (book.steps, book.phases, book.functions, book.criteria, book.meeting_kinds, book.pivot_kinds,
                  book.market_types, book.marks, book.traits, book.acceptance):  # fmt: skip
        for each in table:
            yield each.title


def catalogue_path(language: str) -> Path:
    """Return where the translation into a language stands."""
    return FOLDER / language / "LC_MESSAGES" / "fieldgate.po"


def gather(language: str) -> None:
    """Bring a catalogue up to the words there are now; translations stay, those of words that are gone go."""
    path = catalogue_path(language)
    old = read(path) if path.exists() else Catalog(locale=language)
    kept = {each.id: each.string for each in old if each.id}
    new = Catalog(locale=language, header_comment=old.header_comment)
    for text in sorted({*words_of_code(), *words_of_playbook()} - {""}):
        new.add(text, kept.get(text, ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, new, omit_header=True, width=0)
    head = f'# {UNREVIEWED}\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + path.read_text("utf-8"), "utf-8")


def compiled(path: Path) -> bytes:
    """Return a catalogue as the program reads it."""
    out = BytesIO()
    write_mo(out, trimmed(read(path)))
    return out.getvalue()


def trimmed(catalogue: Catalog) -> Catalog:
    """Return a catalogue with nothing but its translations and the encoding."""
    bare = Catalog(locale=catalogue.locale, fuzzy=False, creation_date=NEVER, revision_date=NEVER)
    for each in catalogue:
        if each.id and each.string:
            bare.add(each.id, each.string)
    return bare


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def main(words: list[str]) -> None:
    """Gather and compile, or compile only."""
    for language in LANGUAGES[1:]:
        path = catalogue_path(language)
        if words != ["compile"]:
            gather(language)
        path.with_suffix(".mo").write_bytes(compiled(path))
        found = [each for each in read(path) if each.id]
        done = sum(bool(each.string) for each in found)
        print(f"{language}: {done} of {len(found)} translated")


if __name__ == "__main__":
    main(sys.argv[1:])
