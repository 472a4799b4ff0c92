"""Out of a damaged file comes everything of the last backup, and whatever newer can be read; nothing that is false."""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from tests.builders import NOW, a_note

from fieldgate.domain.changes import Create
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.errors import FormatError
from fieldgate.store.salvage import is_sound, salvage
from fieldgate.store.store import Store

DAMAGES = 12 if os.environ.get("FIELDGATE_SOAK", "1") == "1" else 240
KINDS = ("pages", "bytes", "cut", "head", "tail", "noise")
LATER = NOW + timedelta(days=1)
TEXTS = (
    "ลูกค้าเสียเวลาทุกสัปดาห์",
    "Thùng hàng bị trả về vì ấm",
    "客户访谈:他们每周手工对账",
    "Рекламация без доказателство",
)


def fill(store, do, facts, count, start=0):
    notes = [
        a_note(f"{TEXTS[number % 4]} {number} " * 30, id=f"n{number:015d}", code="")
        for number in range(start, start + count)
    ]
    return do(store, facts, *(Create(each) for each in notes)).facts


def everything(path):
    with Store.open(path) as store:
        assert store.integrity() == ()
        store.load_facts()
        return {kind: {each.id: each for each in store.records(kind)} for kind in KIND_NAMES}


@pytest.fixture
def world(store, path, do, tmp_path):
    """A store with 60 notes, of which a backup holds 40."""
    facts = fill(store, do, store.load_facts(), 40)
    backup = tmp_path / "backup.fieldgate"
    store.backup(backup)
    fill(store, do, facts, 20, 40)
    store.close()
    return path, backup


def mended(damaged, base, tmp_path):
    work = shutil.copyfile(damaged, tmp_path / "work.fieldgate") if damaged else None
    target = tmp_path / "new.fieldgate"
    target.unlink(missing_ok=True)
    return salvage(work, base, target, now=LATER, writer="zzzzz"), target


@pytest.mark.parametrize("with_backup", [True, False])
def test_a_sound_file_comes_out_as_it_was(world, tmp_path, with_backup):
    path, backup = world
    found, target = mended(path, backup if with_backup else None, tmp_path)
    assert everything(target) == everything(path)
    assert (found.lost, found.doubtful) == ([], [])
    assert found.newer["note"] == (20 if with_backup else 61)
    with Store.open(path) as old, Store.open(target) as new:
        assert old.heads() == new.heads()
        assert old.acts(1000) == new.acts(1000)
        assert {each: old.versions(each) for each in old.heads()} == {each: new.versions(each) for each in old.heads()}


def test_without_the_file_the_backup_comes_out_whole(world, tmp_path):
    _, backup = world
    found, target = mended(None, backup, tmp_path)
    assert everything(target) == everything(backup)
    assert found.newer == {}


def damaged(whole, kind, chance):
    """Return the bytes of a file after damage of one kind."""
    content = bytearray(whole)
    if kind == "pages":
        for _ in range(3):
            page = chance.randrange(1, len(content) // 4096)
            content[page * 4096 : (page + 1) * 4096] = bytes(4096)
    elif kind == "bytes":
        for _ in range(200):
            content[chance.randrange(100, len(content))] = chance.randrange(256)
    elif kind == "cut":
        del content[chance.randrange(len(content)) :]
    elif kind == "head":
        content[:4096] = chance.randbytes(4096)
    elif kind == "tail":
        content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    else:
        content[:] = chance.randbytes(len(content))
    return bytes(content)


def test_everything_of_the_backup_is_there_after_any_damage_and_more_where_it_can_be_read(world, tmp_path, tell):
    path, backup = world
    chance = random.Random(1)  # noqa: S311  damage, not a secret
    whole, backed_up = path.read_bytes(), everything(backup)
    missing, newer = set(), 0
    for number in range(DAMAGES):
        kind = KINDS[number % len(KINDS)]
        content = damaged(whole, kind, chance)
        path.write_bytes(content)
        _, target = mended(path, backup, tmp_path)
        assert path.read_bytes() == content
        came = everything(target)
        for name, records in backed_up.items():
            missing |= {(kind, name, each) for each in records.keys() - came[name].keys()}
            for row_id, record in records.items():
                if came[name].get(row_id, record) != record:
                    assert came[name][row_id].updated_at > record.updated_at
        newer += len(came["note"]) - len(backed_up["note"])
        with Store.open(target) as store:
            heads = store.heads()
            assert all(store.version(each.id, each.digest) is not None for each in heads.values())
    said = f"damaged stores {DAMAGES} of {len(KINDS)} kinds: records of the backup missing {len(missing)}"
    tell(f"{said}, newer notes saved {newer}")
    assert missing == set()
    assert newer


def test_a_damaged_page_costs_the_rows_on_it_and_they_are_named(world, tmp_path):
    path, _ = world
    with closing(sqlite3.connect(path)) as raw:
        root = raw.execute("select rootpage from sqlite_master where name = 'note'").fetchone()[0]
    whole = everything(path)["note"]
    content = bytearray(path.read_bytes())
    assert content[(root - 1) * 4096] == 5, "the notes are a tree of pages"
    page = (root - 1) * 4096
    cell = page + int.from_bytes(content[page + 12 : page + 14], "big")
    first = int.from_bytes(content[cell : cell + 4], "big")
    content[(first - 1) * 4096 : first * 4096] = bytes(4096)
    path.write_bytes(content)
    found, target = mended(path, None, tmp_path)
    came = everything(target)["note"]
    assert 0 < len(came) < len(whole)
    assert {row_id for row_id in whole if row_id not in came} == set(found.lost) & whole.keys()
    assert all(came[row_id] == whole[row_id] for row_id in came)


def test_a_row_with_a_false_value_is_left_out_and_a_link_to_nothing_taken_away(world, tmp_path):
    path, _ = world
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(
            "pragma ignore_check_constraints=on; pragma foreign_keys=off;"
            "update note set kind = 'rumour' where id = 'n000000000000003';"
            "update note set text = cast(x'ff41' as text) where id = 'n000000000000004';"
            "update note set customer_id = 'nobody' where id = 'n000000000000005';"
            "update note set id = 'n00000000' || char(25) || '000006' where id = 'n000000000000006';"
            "update evidence set hypothesis_id = 'nothing';"
        )
    found, target = mended(path, None, tmp_path)
    came = everything(target)
    assert {"n000000000000003", "n000000000000004", "n000000000000006"} <= set(found.lost)
    assert all(map(is_id, came["note"]))
    assert came["note"]["n000000000000005"].customer_id is None
    assert came["evidence"] == {}
    assert len(found.doubtful) == 1, "the note that lost its evidence"


def test_a_damaged_version_is_said_in_words(world):
    path, _ = world
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript("update versions set zlib = x'00'")
    with Store.open(path, trusted=True) as store, pytest.raises(FormatError, match="cannot be read"):
        store.versions("n000000000000001")


def test_a_view_in_place_of_a_table_is_never_run(world, tmp_path):
    path, backup = world
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(
            "drop table trouble; pragma writable_schema=on;"
            "create view trouble as with recursive n(i) as (select 1 union all select i + 1 from n) select i as folder, i as path, i as why from n;"
        )
    _, target = mended(path, backup, tmp_path)
    assert is_sound(target)


def test_of_nothing_nothing_is_made(tmp_path):
    noise = tmp_path / "noise.fieldgate"
    noise.write_bytes(b"x" * 9000)
    with pytest.raises(FormatError, match="Nothing could be saved"):
        mended(noise, None, tmp_path)
    assert not (tmp_path / "new.fieldgate").exists()
