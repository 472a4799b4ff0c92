"""Records out of the JSON that `export json` writes: one object, {format, workspace, records: {kind: [...]}}.

Every value is read as the text form reads it, so what a field cannot hold is refused by name and nothing else comes in.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fieldgate.documents.disk import read_plain
from fieldgate.documents.document import Value
from fieldgate.documents.fields import from_text
from fieldgate.documents.frontmatter import decode
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import KIND_NAMES, Kind, kinds
from fieldgate.domain.records.record import Record
from fieldgate.errors import FormatError, NewerFormatError, NotFoundError
from fieldgate.words import t

ENDING = ".json"
FORMAT = 1
MOST_BYTES = 200_000_000


def read_json(path: Path) -> tuple[Record, ...]:
    """Return the records of a file, the workspace among them.

    Raises:
        NotFoundError: Nothing stands there.
        FormatError: It is no such file, or a field of it cannot be what it says.
        NewerFormatError: A newer fieldgate wrote it.
    """
    if not path.exists():
        raise NotFoundError(t("There is no file {where}.", where=path), where=str(path))
    try:
        data = json.loads(_text(path))
    except (ValueError, RecursionError) as why:
        raise _refusal(path) from why
    tables = data.get("records") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(tables, dict):
        raise _refusal(path)
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise NewerFormatError(
            t("{path} was written by a newer fieldgate.", path=path.name), t("Install that one."), str(path)
        )
    found = tuple(_records(tables, path.name))
    if sum(kinds()["workspace"].record is type(each) for each in found) != 1:
        raise _refusal(path)
    return found


def _text(path: Path) -> str:
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        data, _ = read_plain(folder, path.name, path.name, MOST_BYTES)
    finally:
        os.close(folder)
    return decode(data, path.name)


def _refusal(path: Path) -> FormatError:
    return FormatError(
        t("{path} does not hold the records of a workspace.", path=path.name),
        t("Such a file is written by: fieldgate export json --to FILE"),
        str(path),
    )


def _records(tables: Mapping[str, Any], where: str) -> Iterator[Record]:
    for name in KIND_NAMES:
        rows = tables.get(name, [])
        if not isinstance(rows, list):
            raise _wrong(where, name, name)
        for row in rows:
            yield _record(kinds()[name], row, where)


def _record(kind: Kind, row: object, where: str) -> Record:
    if not isinstance(row, dict) or not is_id(str(row.get("id"))):
        raise _wrong(where, kind.name, "id")
    values: dict[str, Any] = {}
    for name, spec in kind.fields.items():
        if name == "id" or row.get(name) is None:
            if spec.required and name != "id":
                raise _wrong(where, kind.name, name)
            continue
        try:
            values[name] = from_text(spec, _as_text(row[name]))
        except ValueError as why:
            raise _wrong(where, kind.name, name) from why
    return kind.record(id=row["id"], **values)


def _as_text(value: object) -> Value:
    """Return a value of JSON as the head of a file would hold it.

    Raises:
        ValueError: There is no such value in a head.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return tuple(_as_text(each) for each in value)
    if isinstance(value, dict):
        return {str(name): _as_text(each) for name, each in value.items() if each not in (None, "")}
    raise ValueError(value)


def _wrong(where: str, kind: str, name: str) -> FormatError:
    return FormatError(
        t("{where}: a {kind} has no {field} that can be read.", where=where, kind=kind, field=name),
        t("Such a file is written by: fieldgate export json --to FILE"),
        where,
    )
