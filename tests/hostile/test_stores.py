"""A store damaged at random: refused or read, in words, within seconds. Those made to harm: test_traced.py."""

import random
import sqlite3
from contextlib import closing

from tests.hostile.conftest import ROUNDS, processor_seconds

SPOILS = {
    "a view in place of a table": "drop table trouble; create view trouble as with recursive n(i) as (select 1 union all select i + 1 from n) select i as folder, i as path, i as why from n",
    "a trigger": "create trigger t after insert on note begin delete from event; end",
    "a generated column": "alter table trouble add column g as (length(why)) virtual",
    "a virtual table": "create virtual table f using fts5(t)",
    "a shadow table": "create table f_content (id); create table f_data (id)",
    "an index over an expression": "create index slow on note (hex(zeroblob(100000)))",
    "a huge value": "update note set text = zeroblob(90000000) where rowid = 1",
    "wrong types": "pragma ignore_check_constraints=on; update note set said_on = 7, text = x'ff'",
    "a text that is no date": "update meeting set date = 'tomorrow'",
    "broken JSON": "update workspace set policy = '{'; update customer set conflicts = '[['",
    "a broken version": "update versions set zlib = x'00'",
    "another number": "pragma user_version = 99",
    "of nobody": "pragma application_id = 1",
}
COMMANDS = (("status",), ("list", "notes"), ("check",), ("log",), ("note", "a word"))


def bounded(call, words, path):
    """Run a command on a file; it must end in words, soon, and without a traceback."""
    begin = processor_seconds()
    answer = call(words[0], str(path), *words[1:])
    assert processor_seconds() - begin < 25
    assert "Traceback" not in answer.err
    assert "this is a bug" not in answer.err, (words, answer.err)
    return answer.status


def spoiled(whole, path, statements):
    """Write a store that somebody did things to which we never do."""
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(statements)
    return path


def test_random_damage_ends_in_words_whatever_the_command(call, store, tmp_path, tell):
    chance = random.Random(7)  # noqa: S311  damage, not a secret
    whole = store.read_bytes()
    counts = dict.fromkeys(("read", "refused"), 0)
    files = 40 if ROUNDS == 1 else 500
    for number in range(files):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 30, 3000])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / f"fuzz{number}.fieldgate"
        path.write_bytes(content)
        status = bounded(call, COMMANDS[number % len(COMMANDS)], path)
        counts["refused" if status else "read"] += 1
    tell(f"damaged stores {files}, read {counts['read']}, refused in words {counts['refused']}, tracebacks 0")
    assert sum(counts.values()) == files
