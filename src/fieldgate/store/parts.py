"""The parts that the writing side is loaded in, so that who quits meanwhile waits for one of them and not for all."""

PARTS = (
    "sqlalchemy",
    "sqlalchemy.orm",
    "pydantic",
    "pydantic.main",
    "sqlmodel",
    "fieldgate.domain.kinds",
    "fieldgate.store.tables",
    "fieldgate.store.work_tables",
    "fieldgate.domain.triage.catalog",
    "fieldgate.yamltext",
    "fieldgate.domain.moves.catalog",
    "fieldgate.store.store",
    "fieldgate.sync.take",
    "fieldgate.workspace.service",
)
"""Modules in the order in which they need each other, none of which takes much longer than the others."""
