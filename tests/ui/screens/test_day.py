"""The day of a founder in a real terminal of 80x24: by keys alone, with a kill and a restart in it."""

import os
import signal
import time
from contextlib import contextmanager
from datetime import date

from tests.ui.desks import locations_in, sample_store
from tests.ui.terminal import Terminal

from fieldgate.store.reader import Reader

TODAY = date(2026, 3, 16)
SCRIPTS = ("ลูกค้าบอกว่า น้ำไหลช้า", "Tìm hiểu hợp đồng", "Ti\u0300m hie\u0302\u0309u", "首次接触，够了", "Клиентът чака")
PATIENCE = 20


@contextmanager
def fieldgate(path, folder):
    """Run the app on a store in a terminal, with folders of its own."""
    locations = locations_in(folder)
    env = {
        "FIELDGATE_DATA": str(locations.data),
        "FIELDGATE_CONFIG": str(locations.config),
        "FIELDGATE_CACHE": str(locations.cache),
        "FIELDGATE_AUTHOR": "an",
    }
    arguments = ("-m", "fieldgate", str(path), "--today", TODAY.isoformat())
    with Terminal(*arguments, size=(80, 24), env=env) as terminal:
        terminal.until("Hypotheses")
        terminal.settle()
        yield terminal


def type_in(terminal, *keys):
    """Press keys one after the other, each when the one before is drawn."""
    for key in keys:
        terminal.send(key)
        terminal.settle()


def capture(terminal, who=""):
    """Begin an interview with a customer, the first one where none is named."""
    terminal.send("C")
    terminal.until("Whom do you talk to")
    terminal.send(f"{who}\r")
    terminal.until("Write what is said")
    terminal.settle()


def link(terminal):
    """Link the note under the cursor to a hypothesis and go on to the next one, each key when its screen is there."""
    for keys, then in ((".", "Link to a hypothesis"), ("l", "Which belief"), ("h4\r", "then 0-4"), ("y", "How firmly")):
        mark = len(terminal.output)
        terminal.send(keys)
        terminal.until(then, after=mark)
        terminal.settle()
    type_in(terminal, "3", "j")


def waited_for(look):
    """Return what `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
    return found


def records(path, kind):
    with Reader(path, TODAY) as reader:
        return list(reader.records(kind))


def notes(path):
    return [each.text for each in records(path, "note")]


def test_every_script_is_captured_word_for_word(tmp_path):
    path = sample_store(tmp_path)
    with fieldgate(path, tmp_path) as terminal:
        capture(terminal)
        for line in SCRIPTS:
            type_in(terminal, line, "\r")
        waited_for(lambda: set(SCRIPTS) <= set(notes(path)))
        type_in(terminal, "\x1b")
        terminal.send("\x11")
        assert terminal.end() == 0


def test_every_kind_of_field_takes_every_script_key_by_key(tmp_path):
    path = sample_store(tmp_path)
    with fieldgate(path, tmp_path) as terminal:
        type_in(terminal, "6", "o")
        terminal.until("New meeting")
        # A choice, a line, a day, two times, a line, a record by part of its name, several, lines, a choice, a long text.
        type_in(terminal, "\t", "ลูกค้าพูดว่า น้ำ", "\t\x15", "fri", "\t\t\t", "Đà Nẵng, hợp đồng", "\t", "東港")
        type_in(
            terminal, "\r", "chen", "\r", "\t", "客戶 ทีม", "\t\t", "Ti\u0300m hie\u0302\u0309u 首次接触，够了", "\x13"
        )
        found = waited_for(lambda: [each for each in records(path, "meeting") if each.topic == "ลูกค้าพูดว่า น้ำ"])[0]
        assert (found.place, found.body) == ("Đà Nẵng, hợp đồng", "Ti\u0300m hie\u0302\u0309u 首次接触，够了")
        assert found.others == "客戶 ทีม"
        assert found.date == date(2026, 3, 20)
        assert [each.name for each in records(path, "customer") if each.id == found.customer_id] == ["東港漁產行"]
        # A filter, and the search in everything.
        type_in(terminal, "5", "/", "東港", "\r")
        terminal.until("/東港")
        mark = len(terminal.output)
        type_in(terminal, ":", "ทะเลท", "\r")
        terminal.until("C6", after=mark)
        terminal.send("\x11")
        assert terminal.end() == 0


def test_a_kill_in_the_middle_of_typing_loses_two_seconds_at_most_and_the_draft_is_offered(tmp_path):
    path = sample_store(tmp_path)
    with fieldgate(path, tmp_path) as terminal:
        type_in(terminal, "2", "o", "ลูกค้า 首次 ")
        waited_for(lambda: list((tmp_path / "data").rglob("drafts.json")))
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.process.wait()
    with fieldgate(path, tmp_path) as terminal:
        terminal.until("Typed and not saved")
        type_in(terminal, "\r", "\x13")
        waited_for(lambda: any("ลูกค้า 首次" in each for each in notes(path)))


def test_a_megabyte_pasted_into_a_long_text_is_saved_or_refused_in_words(tmp_path):
    path = sample_store(tmp_path)
    text = "a line of some words\n" * 47_000
    with fieldgate(path, tmp_path) as terminal:
        type_in(terminal, "2", "o")
        terminal.until("New note")
        written = f"\x1b[200~{text}\x1b[201~".encode()
        while written:
            sent = os.write(terminal.master, written[:4096])
            written = written[sent:]
            terminal.read(0)
        terminal.until("of some words")
        terminal.settle()
        type_in(terminal, "\x13")
        waited_for(lambda: any(len(each) > 900_000 for each in notes(path)))


def count(path, kind):
    return len(records(path, kind))


def gaps(path):
    return sum(1 for each in records(path, "touchpoint") if each.state == "gap")


def test_the_day_of_a_founder_is_played_by_keys_alone(tmp_path):
    path = sample_store(tmp_path)
    kinds = ("note", "meeting", "evidence", "hypothesis")
    before, cards = {kind: count(path, kind) for kind in kinds}, gaps(path)
    with fieldgate(path, tmp_path) as terminal:
        # Ten notes in two interviews.
        for who in (1, 2):
            capture(terminal, f"c{who} ")
            terminal.send("".join(f"p: what was said {who} {number}\r" for number in range(5)))
            terminal.settle()
            type_in(terminal, "\x1b", "3")
        waited_for(lambda: count(path, "note") == before["note"] + 10)
        # Five pieces of evidence.
        type_in(terminal, "2", "\x1b[H")
        for _ in range(5):
            link(terminal)
        waited_for(lambda: count(path, "evidence") == before["evidence"] + 5)
        # One hypothesis.
        type_in(terminal, "1", "o", "They would pay for it", "\t", "\x1b[C", "\x13")
        waited_for(lambda: count(path, "hypothesis") == before["hypothesis"] + 1)
        # Three cards moved; then a mistake.
        for _ in range(3):
            type_in(terminal, "3", "\x1b[D", "\x1b[D", "\x1b[D", "3", "L", "falls short", "\x13")
        waited_for(lambda: gaps(path) == cards + 3)
        type_in(terminal, "2", "x")
        waited_for(lambda: count(path, "note") == before["note"] + 9)
        terminal.send("\x11")
        assert terminal.end() == 0
    with fieldgate(path, tmp_path) as terminal:
        type_in(terminal, "u")
        waited_for(lambda: count(path, "note") == before["note"] + 10)
    assert count(path, "meeting") == before["meeting"] + 2
