"""Attachments: beside the store, in shared folders, in zips and with the backups, each named by what it holds."""

import hashlib
import shutil
from datetime import date

import pytest
from tests.workspace.founders import Founder, tree

from fieldgate.documents.codec import MAX_BODY
from fieldgate.documents.folder import MAX_ATTACHMENT
from fieldgate.errors import NotFoundError, RefusedError
from fieldgate.workspace.attachments import Cellar, attach
from fieldgate.workspace.door import inspect, keeper, open_workspace
from fieldgate.workspace.kept_files import cellar_of

OFFER = "giá 40 евро".encode()
PATH = f"attachments/{hashlib.sha256(OFFER).hexdigest()}.pdf"


def names(founder):
    return Cellar(cellar_of(founder.at.store.path)).names()


@pytest.fixture
def offer(tmp_path):
    path = tmp_path / "offer [2].PDF"
    path.write_bytes(OFFER)
    return path


def test_a_file_goes_from_one_founder_to_the_other_with_the_note_that_names_it(anna, ben, offer):
    note = anna.note("вижте")
    ben.sync()
    assert attach(anna.at, "note", note, offer) == PATH
    assert anna.record("note", note).text == f"вижте\n[offer (2).PDF]({PATH})"
    assert anna.sync().written == 2
    assert tree(anna.folder)[PATH] == OFFER
    ben.sync()
    assert names(ben) == {PATH.partition("/")[2]}
    assert anna.sync().quiet
    assert ben.sync().quiet


def test_a_file_that_no_record_may_name_is_not_kept(anna, offer):
    note = anna.note("x" * (MAX_BODY - 9))
    with pytest.raises(RefusedError):
        attach(anna.at, "note", note, offer)
    assert names(anna) == set()


def test_a_file_that_is_not_what_its_name_says_is_left_alone_and_named(anna):
    anna.sync()
    folder = anna.folder / "attachments"
    folder.mkdir(exist_ok=True)
    (folder / f"{'0' * 64}.pdf").write_bytes(OFFER)
    (folder / f"{'1' * 64}.pdf").symlink_to("/etc/passwd")
    report = anna.sync()
    assert {each.path.partition("/")[2][0] for each in report.troubles} == {"0", "1"}
    assert names(anna) == set()


def test_a_zip_has_it_and_brings_it(anna, offer, tmp_path):
    attach(anna.at, "note", anna.note("x"), offer)
    anna.at.sharing.write_zip(tmp_path / "all.zip")
    chi = Founder(tmp_path / "chi", "ben", tmp_path / "all.zip")
    assert names(chi) == {PATH.partition("/")[2]}
    chi.leave()


def test_backups_keep_it_and_a_restore_brings_it_back(anna, offer):
    attach(anna.at, "note", anna.note("x"), offer)
    anna.leave()
    target = inspect(anna.folder, anna.locations)
    looked_after = keeper(target, anna.locations)
    looked_after.back_up()
    shutil.rmtree(cellar_of(target.store))
    looked_after.restore("last")
    assert names(anna) == {PATH.partition("/")[2]}


def test_beside_a_file_of_ones_own_it_lies_under_the_name_of_that(anna, offer, tmp_path):
    mine = tmp_path / "mine.fieldgate"
    shutil.copy(anna.at.store.path, mine)
    with_file = open_workspace(inspect(mine, anna.locations), anna.locations, anna.clock, "anna")
    with_file.perform("note.create", None, {"text": "x", "said_on": date(2026, 11, 20)})
    attach(with_file, "note", with_file.last_act.changes[0].record.id, offer)
    shot = tmp_path / "shot.png"
    shot.write_bytes(b"picture")
    with_file.perform("requirement.create", None, {"description": "x", "screenshot": str(shot)})
    path = with_file.last_act.changes[0].record.screenshot
    assert (tmp_path / "mine.files" / path.partition("/")[2]).read_bytes() == b"picture"
    with_file.sharing.share(tmp_path / "shared")
    # Under the path that the record holds, whoever reads it.
    assert (tmp_path / "shared" / path).read_bytes() == b"picture"
    with_file.close(give_out=False)
    assert (tmp_path / "mine.files" / PATH.partition("/")[2]).read_bytes() == OFFER
    anna.at.sharing.merge_copy(mine)
    assert names(anna) == {PATH.partition("/")[2], path.partition("/")[2]}


def test_a_path_that_several_records_get_at_once_is_copied_too(anna, tmp_path):
    shot = tmp_path / "shot.png"
    shot.write_bytes(b"picture")
    made = []
    for text in ("x", "y"):
        anna.at.perform("requirement.create", None, {"description": text})
        made.append(anna.at.last_act.changes[0].record.id)
    anna.at.perform_all("requirement.edit", made, {"screenshot": str(shot)})
    (path,) = {anna.at.record("requirement", each).screenshot for each in made}
    assert (anna.folder / path).read_bytes() == b"picture"


def test_what_cannot_be_attached_is_refused_in_words(anna, offer, tmp_path):
    customer = anna.customer("Мая")
    with pytest.raises(RefusedError, match="names no files"):
        attach(anna.at, "customer", customer, offer)
    note = anna.note("x")
    with pytest.raises(NotFoundError):
        attach(anna.at, "note", note, tmp_path / "none.pdf")
    with (tmp_path / "big").open("wb") as big:
        big.truncate(MAX_ATTACHMENT + 1)
    with pytest.raises(RefusedError, match="20 MB"):
        attach(anna.at, "note", note, tmp_path / "big")
    assert anna.record("note", note).text == "x"
