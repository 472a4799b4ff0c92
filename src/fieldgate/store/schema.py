"""All tables by name, and making them in an empty file."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from sqlalchemy import Connection, Insert, Table, create_mock_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import ExecutableDDLElement
from sqlmodel import SQLModel

from fieldgate.store import ledger, tables, work_tables

Row: TypeAlias = Mapping[str, object]
"""Column name to value."""

DECLARED_IN = (tables, work_tables, ledger)
"""Importing these declares every table."""


def table(name: str) -> Table:
    """Return a table by its name."""
    return SQLModel.metadata.tables[name]


def make_tables(connection: Connection) -> None:
    """Make every table and index in an empty file."""
    for statement in _making():
        connection.exec_driver_sql(statement)


@cache
def _making() -> tuple[str, ...]:
    """Return the statements that make every table and index: found once, for whoever makes more than one file."""
    statements: list[str] = []

    def note(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        statements.append(str(statement.compile(dialect=sqlite.dialect())))

    SQLModel.metadata.create_all(create_mock_engine("sqlite://", note), checkfirst=False)
    return tuple(statements)


def insert_rows(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    """Insert rows, each with a value for every column that the database does not count up itself."""
    _execute(connection, _inserting(name), rows)


def add_rows(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    """Insert rows; those whose key is there already stay as they are."""
    _execute(connection, _adding(name), rows)


def put_rows(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    """Write rows, over those that have the same key."""
    _execute(connection, _putting(name), rows)


def _execute(connection: Connection, compiled: tuple[str, tuple[str, ...]], rows: Sequence[Row]) -> None:
    statement, columns = compiled
    if rows:
        connection.exec_driver_sql(statement, [tuple([row[each] for each in columns]) for row in rows])


@cache
def _inserting(name: str) -> tuple[str, tuple[str, ...]]:
    return _compiled(name, sqlite.insert(table(name)))


@cache
def _adding(name: str) -> tuple[str, tuple[str, ...]]:
    return _compiled(name, sqlite.insert(table(name)).on_conflict_do_nothing())


@cache
def _putting(name: str) -> tuple[str, tuple[str, ...]]:
    rows = table(name)
    statement = sqlite.insert(rows)
    new = {column.name: statement.excluded[column.name] for column in rows.columns if not column.primary_key}
    return _compiled(name, statement.on_conflict_do_update(index_elements=list(rows.primary_key), set_=new))


def _compiled(name: str, statement: Insert) -> tuple[str, tuple[str, ...]]:
    """Return the text of a statement and the columns in the order of its values.

    It goes to the driver as it is: a look of SQLAlchemy at each value of many rows costs more than writing them.
    """
    counted = table(name).kwargs.get("sqlite_autoincrement")
    columns = tuple(column.name for column in table(name).columns if not (counted and column.primary_key))
    return str(statement.compile(dialect=sqlite.dialect(), column_keys=list(columns))), columns
