"""All tables by name, and making them in an empty file."""

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from fieldgate.store import ledger, tables, work_tables

DECLARED_IN = (tables, work_tables, ledger)
"""Importing these declares every table."""


def table(name: str) -> Table:
    """Return a table by its name."""
    return SQLModel.metadata.tables[name]


def make_tables(connection: Connection) -> None:
    """Make every table and index in an empty file."""
    SQLModel.metadata.create_all(connection)
