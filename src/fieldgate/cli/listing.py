"""Lists laid out as tables: for each kind the columns that a founder scans."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fieldgate.cli.layout import Column, say_table
from fieldgate.cli.output import say
from fieldgate.domain.kinds import kinds
from fieldgate.domain.listing import WHOLE, ListRow, Scope, View
from fieldgate.domain.records.journey import TouchpointState
from fieldgate.domain.records.learning import Evidence
from fieldgate.domain.records.record import Record
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.naming import name_of
from fieldgate.workspace.reading import Reading

PAGE = 500
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a kind is listed: the view that gives its rows, its columns, and the cells of a row."""

    view: View
    columns: tuple[Column, ...]
    cells: Callable[[Any], tuple[str, ...]]


def say_list(reading: Reading, kind: str, *, archived: bool = False) -> None:
    """Print all records of a kind, or those of it that were put away, the latest first."""
    if archived:
        _say_archived(reading, kind)
        return
    table = TABLES.get(kind)
    rows: list[tuple[str, ...]]
    if table is not None:
        rows = [table.cells(row) for row in _rows(reading, table.view)]
        heads = tuple(Column(t(each.title), each.width) for each in table.columns)
    else:
        rows = [_plain_row(reading, kind, record) for record in reading.reader.records(kind)]
        heads = (Column(t("code"), 16), Column(t("state"), 10), Column(t("what")))
    if rows:
        say_table(heads, rows)
    else:
        say(t("There is none yet."))


def _say_archived(reading: Reading, kind: str) -> None:
    found = reading.reader.records(kind, archived=True)
    rows = [(_day(record), *_plain_row(reading, kind, record)) for record in found]
    if rows:
        heads = (Column(t("archived"), 10), Column(t("code"), 16), Column(t("state"), 10), Column(t("what")))
        say_table(heads, rows)
    else:
        say(t("None was archived."))


def _day(record: Record) -> str:
    return record.deleted_at.date().isoformat() if record.deleted_at else ""


def _rows(reading: Reading, view: View) -> Iterator[ListRow]:
    # The board is read column by column; every other list is whole.
    scopes = [Scope(state=state) for state in TouchpointState] if view is View.BOARD else [WHOLE]
    for scope in scopes:
        start = 0
        while page := reading.reader.page(view, start, PAGE, scope):
            yield from page
            start += len(page)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _hypothesis(row: Any) -> tuple[str, ...]:
    counts = f"{row.yes}/{row.no}/{row.maybe}"
    state = f"{row.state}!" if row.shaken else row.state
    return row.code, state, row.area, str(row.importance), counts, f"{row.confidence:+.2f}", row.statement


def _note(row: Any) -> tuple[str, ...]:
    wait = "•" if row.waiting else "×" if row.discarded else ""
    return row.code, wait, row.said_on, _text(row.customer), row.evidence, row.text


def _card(row: Any) -> tuple[str, ...]:
    state = f"{row.state}!" if row.escalated else row.state
    return row.code, state, f"{row.answered}/{row.asked}", _text(row.owner), row.title


def _customer(row: Any) -> tuple[str, ...]:
    return row.code, row.status, str(row.awareness), _text(row.last_contact), _text(row.segment), row.name


def _meeting(row: Any) -> tuple[str, ...]:
    notes = f"{row.notes}" if not row.waiting else f"{row.notes} ({row.waiting}•)"
    return row.code, row.date, row.kind, notes, _text(row.customer), row.topic


def _requirement(row: Any) -> tuple[str, ...]:
    return row.code, row.state, row.urgency, row.reported_at, _text(row.customer), row.description


def _action(row: Any) -> tuple[str, ...]:
    return row.code, row.state, row.due, _text(row.owner), row.about, row.text


TABLES: Mapping[str, Table] = {
    "hypothesis": Table(
        View.HYPOTHESES,
        (Column("code", 5), Column("state", 10), Column("area", 9), Column("!", 1), Column("y/n/m", 6),
         Column("conf", 5), Column("statement")),
        _hypothesis,
    ),
    "note": Table(
        View.NOTES,
        (Column("code", 5), Column("", 1), Column("said on", 10), Column("customer", 14), Column("evidence", 10),
         Column("text")),
        _note,
    ),
    "touchpoint": Table(
        View.BOARD,
        (Column("code", 10), Column("state", 8), Column("asked", 5), Column("owner", 8), Column("title")),
        _card,
    ),
    "customer": Table(
        View.CUSTOMERS,
        (Column("code", 5), Column("status", 7), Column("aw", 2), Column("last seen", 10), Column("segment", 17),
         Column("name")),
        _customer,
    ),
    "meeting": Table(
        View.MEETINGS,
        (Column("code", 5), Column("date", 10), Column("kind", 9), Column("notes", 7), Column("customer", 14),
         Column("topic")),
        _meeting,
    ),
    "requirement": Table(
        View.REQUIREMENTS,
        (Column("code", 5), Column("state", 9), Column("urgency", 9), Column("reported", 10), Column("customer", 12),
         Column("description")),
        _requirement,
    ),
    "action": Table(
        View.ACTIONS,
        (Column("code", 5), Column("state", 7), Column("due", 10), Column("owner", 8), Column("about", 10),
         Column("text")),
        _action,
    ),
}  # fmt: skip
"""Kinds that have a list of their own on the screen have it here too; the others show code, state and title."""


def _plain_row(reading: Reading, kind: str, record: Record) -> tuple[str, ...]:
    spec = kinds()[kind]
    names = (name for name in (spec.title_field, *spec.body_fields, "stop_if") if name and name != "snapshot")
    title = next((str(value) for name in names if (value := getattr(record, name, None))), "")
    states = ("state", "outcome", "answer", "team", "stance")
    state = next((str(value) for name in states if (value := getattr(record, name, None))), "")
    if isinstance(record, Evidence):
        note = reading.reader.record("note", record.note_id)
        state, title = f"{record.stance} {record.strength}", str(getattr(note, "text", ""))
    return name_of(reading.facts, record), state, title
