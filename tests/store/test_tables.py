"""The schema says of each kind what its record says, and keeps its rules by itself."""

import sqlite3
from contextlib import closing

import pytest
from tests import builders as make
from tests.store.conftest import everything

from fieldgate.domain.kinds import kinds
from fieldgate.domain.snapshot import LINKS
from fieldgate.store.rows import column, field_of, plain, record_of, row_of
from fieldgate.store.schema import table
from fieldgate.store.taking import link_targets


@pytest.mark.parametrize("kind", list(kinds()))
def test_a_table_has_the_fields_of_its_record_and_no_others(kind):
    assert set(table(kind).columns.keys()) == set(kinds()[kind].fields)


@pytest.mark.parametrize("kind", list(kinds()))
def test_long_texts_come_last_in_their_table(kind):
    bodies = kinds()[kind].body_fields
    assert set(list(table(kind).columns.keys())[len(kinds()[kind].fields) - len(bodies) :]) == set(bodies)


@pytest.mark.parametrize("kind", list(kinds()))
def test_a_column_may_be_empty_where_its_field_may(kind):
    for name, spec in kinds()[kind].fields.items():
        assert table(kind).columns[name].nullable == spec.optional, name


def test_every_link_that_a_snapshot_indexes_is_one_that_the_database_keeps():
    for kind, names in LINKS.items():
        assert set(names) <= link_targets(kind).keys()


def test_every_field_that_ends_in_id_is_a_link():
    for kind in kinds():
        named = {name for name in kinds()[kind].fields if name.endswith("_id")}
        assert named <= link_targets(kind).keys(), kind


@pytest.mark.parametrize("record", everything(), ids=lambda record: type(record).__name__)
def test_a_record_comes_out_of_its_row_as_it_went_in(record):
    kind = next(name for name, each in kinds().items() if each.record is type(record))
    row = row_of(record)
    assert record_of(kind, list(row), list(row.values())) == record
    for name in row:
        assert field_of(kind, name, plain(getattr(record, name))) == getattr(record, name)
        assert isinstance(column(getattr(record, name)), (str, int, float, type(None)))


_REFUSED = {
    "an unknown state": "update hypothesis set state = 'maybe'",
    "an unknown answer": "update \"check\" set answer = 'maybe'",
    "a strength beyond 4": "update evidence set strength = 5",
    "a strong maybe": "update evidence set stance = 'maybe', strength = 1",
    "a check of two owners": 'update "check" set gate_id = (select id from gate)',
    "a check of nobody": 'update "check" set touchpoint_id = null',
    "a yes that is 2": "update member set active = 2",
    "an importance of 6": "update hypothesis set importance = 6",
    "a handle twice": "update member set handle = 'ana'",
    "a piece twice": "insert into evidence select 'x', created_at, created_by, updated_at, updated_by, deleted_at, "
    "conflicts, note_id, hypothesis_id, stance, strength, answered_at, answered_by, snoozed_until, snoozes "
    "from evidence",
    "a link to nothing": "update note set meeting_id = 'nothing'",
}


@pytest.mark.parametrize("statement", _REFUSED.values(), ids=list(_REFUSED))
def test_the_database_itself_refuses(store, path, statement):
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("pragma foreign_keys=on")
        with pytest.raises(sqlite3.IntegrityError):
            raw.executescript(f"begin; {statement}; commit;")


def test_one_code_may_stand_twice_until_a_merge_decides(store, do):
    from fieldgate.domain.changes import Create

    facts = store.load_facts()
    do(store, facts, Create(make.a_customer(code="C1")))
    assert len([each for each in store.records("customer") if each.code == "C1"]) == 2
