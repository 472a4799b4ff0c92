"""What the tables share: columns that point at a row, and the rules that the database itself keeps.

Knows kinds by what they say of their fields, none of them by name.
"""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.sql.schema import SchemaItem
from sqlmodel import Field

from fieldgate.domain.kinds import FieldSpec, kinds

LIVE = "deleted_at IS NULL"
"""Holds for the rows that count."""


def link(table: str) -> Any:
    """Declare a column that may point at a row of another table; the row may come later in the same transaction."""
    return Field(default=None, sa_column_args=[_deferred(table)])


def needed_link(table: str) -> Any:
    """Declare a column that always points at a row of another table."""
    return Field(sa_column_args=[_deferred(table)])


def rules(kind: str, *more: SchemaItem) -> tuple[SchemaItem, ...]:
    """Return the constraints of a kind's table: enums and yes/no hold nothing else; `more` adds its own."""
    specs = kinds()[kind].fields.values()
    checks = [_allowed(spec) for spec in specs if spec.enum is not None or spec.holds is bool]
    return (*checks, *more)


def live_index(name: str, *columns: str) -> Index:
    """An index over the rows that count, in the order of a list; columns may be expressions.

    It holds `deleted_at` too, although that is always the same: else SQLite looks it up in the table, row by row.
    """
    return Index(name, *(text(column) for column in (*columns, "deleted_at")), sqlite_where=text(LIVE))


def index(name: str, *columns: str, unique: bool = False) -> Index:
    """An index over all rows; columns may be expressions."""
    return Index(name, *(text(column) for column in columns), unique=unique)


def _deferred(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")


def _allowed(spec: FieldSpec) -> CheckConstraint:
    values = "0, 1" if spec.enum is None else ", ".join(f"'{each.value}'" for each in spec.enum)
    return CheckConstraint(f'"{spec.name}" IN ({values})', name=f"{spec.name}_is_known")
