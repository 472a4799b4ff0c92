"""Figures kept for the screen: counts per hypothesis and the summary that the first frame shows.

Derived from the facts by whoever owns the rules, and written in the same transaction as the change, with a stamp: the
last event, and the day for which they were worked out.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, delete, select

from fieldgate.store import queries, rows
from fieldgate.store.schema import put_rows, table

SUMMARY = "summary"
"""The name under which the summary is kept."""

TALLIES = "tallies"
"""The entry of a summary that holds the counts: hypothesis id to a map of the columns of the table `tally`."""

BESIDE = "beside"
"""The entry of a summary that works out small things to be kept with an act, from its number: name to text."""

_COLUMNS = ("yes", "no", "maybe", "confidence", "risk", "verdict", "shaken")


def write_figures(
    connection: Connection, figures: Mapping[str, object], *, seq: int, day: date, txn: int | None = None
) -> None:
    """Keep the figures: counts in their table as far as they changed, the rest as the stamped summary."""
    rest = {name: value for name, value in figures.items() if name not in {TALLIES, BESIDE}}
    stamp = {"seq": seq, "day": figures.get("day", day.isoformat())}
    write_meta(connection, SUMMARY, rows.dump({**rest, **stamp}))
    found = figures.get(TALLIES)
    if isinstance(found, Mapping):
        _write_tallies(connection, found)
    beside: Callable[[int], Mapping[str, str]] | None = cast("Any", figures.get(BESIDE))
    if beside is not None and txn is not None:
        for name, text in beside(txn).items():
            write_meta(connection, name, text)


def read_meta(connection: Connection, key: str) -> str | None:
    """Return a small thing by its name."""
    value: str | None = connection.exec_driver_sql(queries.META, (key,)).scalar()
    return value


def write_meta(connection: Connection, key: str, value: str) -> None:
    """Keep a small thing under a name."""
    put_rows(connection, "meta", [{"key": key, "value": value}])


def read_summary(text: str | None) -> dict[str, Any] | None:
    """Read a kept summary."""
    return None if text is None else json.loads(text)


def _write_tallies(connection: Connection, tallies: Mapping[str, Mapping[str, Any]]) -> None:
    counts = table("tally")
    query = select(counts.c.hypothesis_id, *(counts.c[name] for name in _COLUMNS))
    kept = {row[0]: tuple(row[1:]) for row in connection.execute(query)}
    wanted = {key: tuple(_value(row.get(name), name) for name in _COLUMNS) for key, row in tallies.items()}
    changed = [
        {"hypothesis_id": key, **dict(zip(_COLUMNS, row, strict=True))}
        for key, row in wanted.items()
        if kept.get(key) != row
    ]
    gone = kept.keys() - wanted.keys()
    if gone:
        connection.execute(delete(counts).where(counts.c.hypothesis_id.in_(sorted(gone))))
    put_rows(connection, "tally", changed)


def _value(value: Any, name: str) -> Any:
    if name == "verdict":
        return str(value or "")
    return float(value or 0) if name in {"confidence", "risk"} else int(value or 0)
