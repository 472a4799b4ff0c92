"""The search shadow: what each record is found by, folded, so that words in any script match however they are typed."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete

from fieldgate.domain.folding import fold
from fieldgate.domain.kinds import kind_of, kinds
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.record import Coded, Record
from fieldgate.store.schema import put_rows, table

TITLE_LENGTH = 200

_NOT_SAID = frozenset({"id", "created_by", "updated_by", "merged_into", "duplicate_of", "rank", "snapshot", "code"})


def shadow_row(record: Record, checks: Iterable[Check] = ()) -> dict[str, str]:
    """Return what a record is found by: its code, its title, its texts and those of its checks."""
    kind = kind_of(record)
    codes = [record.code, *sorted(record.former_codes)] if isinstance(record, Coded) else [""]
    title = title_of(record)
    texts = [" ".join(codes), *_texts(record), *(text for check in checks if check.live for text in _texts(check))]
    return {
        "id": record.id,
        "kind": kind,
        "code": codes[0],
        "title": title,
        "folded_title": fold(title),
        "folded": fold("\n".join(text for text in texts if text)),
    }


def title_of(record: Record) -> str:
    """Return what stands for a record in a list: its title, else the first line of its text."""
    kind = kinds()[kind_of(record)]
    names = [kind.title_field] if kind.title_field else [*kind.body_fields]
    for name in names:
        text = getattr(record, name) or ""
        for line in text.split("\n"):
            if line.strip():
                return str(line.strip()[:TITLE_LENGTH])
    return ""


def write_shadow(connection: Connection, found: Iterable[dict[str, str]]) -> None:
    """Write what records are found by."""
    put_rows(connection, "search", list(found))


def clear_shadow(connection: Connection) -> None:
    """Forget what every record is found by, before it is written anew."""
    connection.execute(delete(table("search")))


def _texts(record: Record) -> list[str]:
    return [value for name in _said(kind_of(record)) if (value := getattr(record, name))]


@cache
def _said(kind: str) -> tuple[str, ...]:
    """The fields that hold words of people: texts that are no id, no choice and no place on the board."""
    specs: Any = kinds()[kind].fields.values()
    return tuple(
        spec.name
        for spec in specs
        if spec.holds is str and spec.enum is None and spec.name not in _NOT_SAID and not spec.name.endswith("_id")
    )
