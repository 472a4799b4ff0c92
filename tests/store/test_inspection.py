"""A file that is not wholly ours is refused in one sentence, and not a byte of it changes."""

import contextlib
import os
import random
import sqlite3
from contextlib import closing

import pytest

from fieldgate.errors import FieldgateError, FormatError, NewerFormatError, NotFoundError
from fieldgate.store.database import APPLICATION_ID
from fieldgate.store.inspection import SCHEMA_VERSION, check_file, expected_schema, look
from fieldgate.store.store import Store


@pytest.fixture
def closed(store, path):
    store.close()
    return path


def refused(path, error=FormatError):
    """Open a file that must be refused, and look that nothing was touched; return the sentence."""
    before, names = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(error) as caught:
        Store.open(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == names
    assert "\n" not in caught.value.message
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value.message


def spoil(path, *statements):
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(";\n".join(statements))


def test_a_sound_file_is_let_in(closed):
    assert check_file(closed).version == SCHEMA_VERSION
    assert look(closed).clean


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0", b"\0" * 5000, b"PK\x03\x04" * 400])
def test_what_is_no_database_is_no_workspace(tmp_path, content):
    path = tmp_path / "x.fieldgate"
    path.write_bytes(content)
    assert "is no workspace" in refused(path)


def test_the_database_of_another_program_is_no_workspace(tmp_path):
    path = tmp_path / "browser.db"
    spoil(path, "create table note (id)", "insert into note values (1)")
    assert "is no workspace" in refused(path)


def test_a_newer_file_is_refused_untouched(closed):
    spoil(closed, f"pragma user_version={SCHEMA_VERSION + 1}")
    assert "newer fieldgate" in refused(closed, NewerFormatError)


def test_a_file_without_a_number_is_damaged(closed):
    spoil(closed, "pragma user_version=0")
    assert "damaged" in refused(closed)


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_damaged(closed, part):
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * part)])
    assert "damaged" in refused(closed)


def test_a_folder_a_pipe_and_nothing_at_all_are_named(tmp_path):
    pipe = tmp_path / "pipe.fieldgate"
    os.mkfifo(pipe)
    with pytest.raises(FormatError, match="is no file"):
        Store.open(pipe)
    with pytest.raises(FormatError, match="is no file"):
        Store.open(tmp_path)
    with pytest.raises(NotFoundError):
        Store.open(tmp_path / "none")


_SPOILS = {
    "a view in place of a table": [
        "drop table trouble",
        "create view trouble as select 1 as folder, 2 as path, 3 as why",
    ],
    "a trigger": ["create trigger t after insert on note begin delete from event; end"],
    "a table more": ["create table more (id)"],
    "a table less": ["drop table trouble"],
    "a generated column": ["alter table trouble add column g as (length(why)) virtual"],
    "a column more": ["alter table note add column more"],
    "an index over an expression": ["create index slow on note (hex(zeroblob(1000)))"],
    "a virtual table": ["create virtual table f using fts5(t)"],
}


@pytest.mark.parametrize("statements", _SPOILS.values(), ids=list(_SPOILS))
def test_a_schema_that_is_not_ours_is_refused_before_it_runs(closed, statements):
    spoil(closed, *statements)
    assert "is not one of fieldgate's" in refused(closed)


def test_a_view_that_would_take_for_ever_is_refused_at_once(closed):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as folder, i, i from n"
    spoil(closed, "drop table trouble", f"create view trouble as {endless}")
    refused(closed)


def test_a_value_that_its_field_cannot_hold_is_named_when_it_is_read(closed):
    spoil(closed, "pragma ignore_check_constraints=on", "update note set kind = 'rumour'")
    with Store.open(closed) as store:
        with pytest.raises(FormatError, match=r"note .* holds what it cannot: KeyError\('rumour'\)"):
            store.load_facts()
        assert store.integrity() == ("CHECK constraint failed in note",)


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_is_refused_or_harmless_and_never_a_crash(closed, seed):
    chance = random.Random(seed)  # noqa: S311  # damage, not a secret
    content = bytearray(closed.read_bytes())
    for _ in range(chance.choice([1, 20, 400])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    closed.write_bytes(content)
    before = bytes(content)
    with contextlib.suppress(FieldgateError), Store.open(closed, read_only=True) as store:
        store.load_facts()
        store.acts()
    with contextlib.suppress(FieldgateError), Store.open(closed, read_only=True, trusted=True) as store:
        store.load_facts()
        store.integrity()
    assert closed.read_bytes() == before


def test_a_file_left_in_the_middle_of_a_write_heals(store, path, tmp_path):
    with store._database.writing() as connection:
        connection.exec_driver_sql("pragma cache_size=1")
        connection.exec_driver_sql("update note set text = hex(zeroblob(200000))")
        connection.exec_driver_sql("pragma cache_spill=1")
        journal = path.with_name(f"{path.name}-journal")
        copy = tmp_path / "copy.fieldgate"
        copy.write_bytes(path.read_bytes())
        copy.with_name(f"{copy.name}-journal").write_bytes(journal.read_bytes())
    assert not look(copy).clean
    with Store.open(copy, trusted=True) as again:
        assert again.integrity() == ()
        assert next(again.records("note")).text == "先用表格，够了"


def test_the_expected_schema_is_that_of_a_new_file(closed):
    with closing(sqlite3.connect(closed)) as raw:
        names = {row[0] for row in raw.execute("select name from sqlite_master where sql is not null")}
        assert raw.execute("pragma application_id").fetchone() == (APPLICATION_ID,)
    assert {each.partition(" ")[2] for each in expected_schema()} == names


def test_a_file_that_keeps_its_changes_beside_it_is_refused_and_nothing_is_made_beside_it(closed):
    spoil(closed, "pragma journal_mode=wal")
    assert "beside it" in refused(closed)
