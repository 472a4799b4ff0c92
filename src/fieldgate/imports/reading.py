"""Reading whatever was named: each file by its ending, each into the same harvest."""

from collections.abc import Mapping
from pathlib import Path

from fieldgate.errors import FieldgateError
from fieldgate.imports.files import Source, read_sources
from fieldgate.imports.harvest import Harvest
from fieldgate.imports.markdown_notes import read_note
from fieldgate.imports.tables import read_table
from fieldgate.imports.transcripts import is_transcript, read_transcript
from fieldgate.words import t


def read_all(path: Path, harvest: Harvest, *, kind: str | None = None, told: Mapping[str, str]) -> None:
    """Read a file or a folder into drafts.

    In a folder a file that cannot be read is told and left out; a file that was named alone is refused.

    Args:
        path: What was named.
        harvest: Takes the drafts, and what was left out.
        kind: What the rows of tables are, where somebody said so.
        told: Header to field, where somebody said so.
    """
    alone = path.is_file()
    for source in read_sources(path, harvest):
        try:
            _read(source, harvest, kind, told)
        except FieldgateError as why:
            if alone:
                raise
            harvest.leave_out(source.path, why.message)


def _read(source: Source, harvest: Harvest, kind: str | None, told: Mapping[str, str]) -> None:
    if source.ending in {".csv", ".tsv"}:
        read_table(source, harvest, kind, told)
    elif source.ending in {".vtt", ".srt"} or (source.ending == ".txt" and is_transcript(source)):
        read_transcript(source, harvest)
    elif source.ending in {".md", ".markdown", ".txt"}:
        read_note(source, harvest, told)
    else:
        harvest.leave_out(source.path, t("no text that can be read here"))
