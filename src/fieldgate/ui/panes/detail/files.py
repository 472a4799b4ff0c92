"""The files that a record names: what they are called, and where they lie on this machine."""

from collections.abc import Iterator

from fieldgate.ui.panes.detail.page import Source, section
from fieldgate.ui.widgets.spans import Line, dim, line
from fieldgate.words import t
from fieldgate.workspace.kept_files import cellar_of, kept_files


def file_lines(source: Source) -> Iterator[Line]:
    """Each attachment on a line of its own, with its path as plain text; nothing is opened or read."""
    return section(t("Files"), _lines(source))


def _lines(source: Source) -> Iterator[Line]:
    cellar = cellar_of(source.state.reader.path.absolute())
    for each in kept_files(source.detail.kind, source.detail.record):
        path = cellar / each.name
        called = f"{each.called}  " if each.called else ""
        where = str(path) if path.is_file() else t("not on this machine yet: the next sync brings it")
        yield line(called, dim(where), indent=2)
