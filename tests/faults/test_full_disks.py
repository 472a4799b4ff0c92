"""A full disk, a read-only file and a folder that is gone: said in words, nothing lost, and it goes on afterwards."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.test_kills import kept
from tests.ui.desks import NARROW, desk, open_desk, sample_store
from tests.ui.screens.working_keys import hit

from fieldgate.errors import BusyError
from fieldgate.store.store import Store
from fieldgate.ui.screens.form import AskScreen
from fieldgate.workspace.upkeep.backups import Backups


@pytest.mark.parametrize("more", [0, 20_000, 60_000])
def test_without_room_a_save_is_refused_in_words_and_what_was_saved_stays(store, edit, tell, more):
    process = edit("full", 40, store.stat().st_size + more)
    err = process.end()
    acks = set(process.acks())
    refused = [line for line in process.lines() if line.startswith("refused")]
    assert "Traceback" not in err, err[-2000:]
    assert refused
    assert all("room" in each or "disk" in each for each in refused)
    lost = acks - kept(store, "full")
    tell(f"room for {more} bytes: saved {len(acks)}, refused in words {len(refused)}, lost {len(lost)}")
    assert not lost
    again = edit("after", 3)
    again.end()
    assert again.acks() == [0, 1, 2]


def test_a_backup_without_room_leaves_no_half_file(store, tmp_path):
    code = (
        "import resource, signal, sys; from pathlib import Path; from fieldgate.errors import FieldgateError\n"
        "from fieldgate.store.store import Store; from fieldgate.workspace.upkeep.backups import Backups\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "with Store.open(Path(sys.argv[1]), read_only=True) as store:\n"
        "    try: Backups(Path(sys.argv[2])).make(store, 'asked')\n"
        "    except FieldgateError as error: print('refused', error.message)\n"
    )
    folder = tmp_path / "backups"
    done = subprocess.run([sys.executable, "-c", code, store, folder], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("refused"), done.stderr
    assert list(folder.iterdir()) == []
    with Store.open(store, read_only=True) as opened:
        assert Backups(folder).make(opened, "asked").path.exists()


def test_what_is_opened_for_reading_alone_is_read_and_refuses_every_edit(store):
    """As an ordinary user meets it: tests/faults/test_read_only.py."""
    store.chmod(0o400)
    store.parent.chmod(0o500)
    try:
        before = store.read_bytes()
        with Store.open(store, read_only=True) as opened:
            facts = opened.load_facts()
            assert facts.customers
            with pytest.raises(BusyError, match="read-only"):
                opened.keep_meta("x", "y")
        assert store.read_bytes() == before
    finally:
        store.parent.chmod(0o700)
        store.chmod(0o600)


def test_a_store_whose_folder_goes_away_is_said_in_words(store, tmp_path):
    with Store.open(store) as opened:
        facts = opened.load_facts()
        shutil.move(store.parent, tmp_path / "away")
        try:
            opened.refresh(facts)
            with pytest.raises(BusyError):
                opened.keep_meta("x", "y")
        finally:
            shutil.move(tmp_path / "away", store.parent)
    with Store.open(Path(store)) as again:
        assert again.integrity() == ()


async def test_a_form_keeps_what_was_typed_while_there_is_no_room_and_saves_it_once_there_is(tmp_path, tell):
    path = sample_store(tmp_path)
    async with open_desk(path, NARROW) as (app, pilot):
        await hit(app, pilot, "2", "e")
        form = app.screen
        assert isinstance(form, AskScreen)
        text = "ลูกค้าบอกว่า 太贵 đắt " + "x" * 9000
        form._fields.fill({"text": text})
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        refused = []
        for room in (0, 4096, path.stat().st_size):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
            try:
                await hit(app, pilot, "ctrl+s")
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            assert app.screen is form
            refused.append(str(form.query_one("#ask-said").render()))
            assert form._fields.typed["text"] == text
        assert all("disk" in each or "room" in each for each in refused), refused
        await hit(app, pilot, "ctrl+s")
        assert app.screen is not form
        assert any(each.text == text for each in desk(app).state.reader.records("note"))
    tell(f"form without room: refused in words {len(refused)}, text kept {len(refused)}, saved once there was room")
