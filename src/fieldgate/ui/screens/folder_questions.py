"""What a person has to decide about a shared folder, asked on the screen: missing files, copies, older files, new places."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from textual.app import App

from fieldgate.errors import FieldgateError
from fieldgate.ui.screens.menu import Item, MenuScreen
from fieldgate.words import mark, t
from fieldgate.workspace.sharing_report import SyncReport
from fieldgate.workspace.wishes import Place, Wishes

OWN = "own"
"""The answer that makes a workspace of its own of a copied folder."""

_LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "put_back": ("p", mark("Write the missing files again")),
        "archive": ("a", mark("Archive the records of the missing files, for all")),
        "versions": ("m", mark("The copies are versions of their record: merge them")),
        "records": ("n", mark("The copies are records of their own")),
        "go_back": ("g", mark("Go back to what the older files say; undo takes it away")),
        "more": ("w", mark("The folder is one more place of this workspace")),
        "moved": ("v", mark("The folder was moved here")),
        OWN: ("o", mark("The folder is a copy that becomes a workspace of its own")),
        "keep": ("k", mark("Leave it as it is")),
    }
)
"""Answer to its letter and words."""

_WISHES: Mapping[str, Wishes] = MappingProxyType(
    {
        "put_back": Wishes(put_back=True),
        "archive": Wishes(archive=True),
        "versions": Wishes(doubles_too=True),
        "records": Wishes(doubles_new=True),
        "go_back": Wishes(go_back=True),
        "more": Wishes(place=Place.MORE),
        "moved": Wishes(place=Place.MOVED),
    }
)


def ask(app: App[Any], report: SyncReport, error: FieldgateError | None, then: Callable[[str], None]) -> bool:
    """Ask what is to be decided after a sync; returns whether there is anything.

    Args:
        app: The app.
        report: What the sync came to.
        error: Why it did not come to an end.
        then: Gets the answer; `wishes_for` says what it means.
    """
    items = list(_items(report, error))
    if not items:
        return False

    def chosen(value: str | None) -> None:
        if value is not None and value != "keep":
            then(value)

    app.push_screen(MenuScreen(_title(report, error), [*items, _item("keep")]), chosen)
    return True


def wishes_for(answer: str) -> Wishes:
    """Return what an answer means for the next sync."""
    return _WISHES[answer]


def _items(report: SyncReport, error: FieldgateError | None) -> Iterator[Item]:
    for name in getattr(error, "choices", ()):
        yield _item(name)
    if report.missing:
        yield from (_item("put_back"), _item("archive"))
    if report.undecided:
        yield from (_item("versions"), _item("records"))
    if report.older:
        yield _item("go_back")


def _item(name: str) -> Item:
    letter, words = _LABELS[name]
    return Item(value=name, label=t(words), letter=letter)


def _title(report: SyncReport, error: FieldgateError | None) -> str:
    if error is not None:
        return t("The shared folder asks")
    counts = {
        t("{n} missing"): len(report.missing),
        t("{n} copies"): len(report.undecided),
        t("{n} older"): len(report.older),
    }
    told = ", ".join(words.format(n=count) for words, count in counts.items() if count)
    return t("The shared folder asks: {told}", told=told)
