"""Sharing by git: a bare repository and the folders of founders, with nothing of anybody's configuration run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.workspace.founders import Founder, carry

from fieldgate.documents.folder import MAX_ATTACHMENT
from fieldgate.sync.driver import register
from fieldgate.workspace.attachments import attach
from fieldgate.workspace.kept_files import cellar_of


def git(folder, *arguments, check=True, **more):
    names = ["-c", "user.name=f", "-c", "user.email=f@x.y", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, check=False, capture_output=True, text=True, env=_environment(), **more
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def _environment():
    """Git finds the `fieldgate` of this checkout."""
    bin_folder = Path(sys.executable).parent
    return {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.fixture
def bare(tmp_path):
    git(tmp_path, "init", "--bare", "-b", "main", "shared.git")
    return tmp_path / "shared.git"


@pytest.fixture
def anna(tmp_path, bare):
    founder = Founder(tmp_path / "anna", "anna", tmp_path / "anna's folder").start()
    founder.at.sharing.set_remote(str(bare), "main")
    founder.sync()
    yield founder
    founder.leave(give_out=False)


@pytest.fixture
def ben(tmp_path, bare, anna):
    founder = Founder(tmp_path / "ben", "ben", tmp_path / "ben's folder")
    git(tmp_path, "clone", "--quiet", str(bare), "ben's folder")
    founder.at.sharing.set_remote(str(bare), "main")
    yield founder
    founder.leave(give_out=False)


def test_what_one_writes_the_other_has_after_both_synced(anna, ben):
    note = anna.note("Khách nói: 太貴了 — ลูกค้า")
    anna.sync()
    ben.sync()
    assert ben.record("note", note).text == "Khách nói: 太貴了 — ลูกค้า"
    assert ben.files().keys() == anna.files().keys()


def test_edits_on_both_sides_merge_and_end_in_the_same_bytes(anna, ben):
    note = anna.note("a\nb\nc")
    customer = anna.customer("Лан", segment="hotels")
    anna.sync()
    ben.sync()
    anna.edit("note", note, text="Ана\na\nb\nc")
    anna.edit("customer", customer, segment="khách sạn")
    ben.edit("note", note, text="a\nb\nc\nเบ็น")
    ben.edit("customer", customer, segment="โรงแรม")
    for founder in (anna, ben, anna, ben):
        founder.sync()
    assert anna.record("note", note).text == ben.record("note", note).text == "Ана\na\nb\nc\nเบ็น"
    assert anna.files() == ben.files()
    assert len(anna.record("customer", customer).conflicts) == 1
    anna.at.perform("customer.settle", customer, {"field": "segment", "number": 2})
    anna.sync()
    ben.sync()
    assert ben.record("customer", customer).conflicts == ()
    assert ben.record("customer", customer).segment == anna.record("customer", customer).segment


def test_two_founders_who_made_the_same_code_end_with_two_codes_alike(anna, ben):
    ours, theirs = anna.customer("Mai"), ben.customer("Лан")
    for founder in (anna, ben, anna, ben):
        founder.sync()
    for founder in (anna, ben):
        assert [founder.record("customer", each).code for each in (ours, theirs)] == ["C1", "C2"]
        assert founder.at.store.find("C2")[1] == theirs
    assert "C1" in ben.record("customer", theirs).former_codes


def test_an_attached_file_goes_to_the_other_clone_byte_by_byte_and_hostile_ones_are_refused(anna, ben, tmp_path, bare):
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(bytes(range(256)) * 9)
    customer = anna.customer("Лан")
    anna.at.perform("note.create", None, {"text": "giá 40 евро", "customer_id": customer})
    note = anna.at.last_act.changes[0].record.id
    path = attach(anna.at, "note", note, offer)
    anna.sync()
    ben.sync()
    assert path in ben.record("note", note).text
    assert (ben.folder / path).read_bytes() == offer.read_bytes()
    kept = cellar_of(ben.at.store.path)
    assert [(each.name, each.read_bytes()) for each in kept.iterdir()] == [(Path(path).name, offer.read_bytes())]
    assert anna.sync().quiet

    git(tmp_path, "clone", "--quiet", str(bare), "hostile")
    files = tmp_path / "hostile" / "attachments"
    link, lie, big = (f"{digit * 64}.pdf" for digit in "123")
    (files / link).symlink_to("/etc/passwd")
    (files / lie).write_bytes(b"something else")
    (files / big).write_bytes(bytes(MAX_ATTACHMENT + 1))
    (files / "run me.sh").write_bytes(b"#!/bin/sh")
    (files / "deep").mkdir()
    (files / "deep" / Path(path).name).write_bytes(offer.read_bytes())
    git(tmp_path / "hostile", "add", "--all")
    git(tmp_path / "hostile", "commit", "--quiet", "-m", "x")
    git(tmp_path / "hostile", "push", "--quiet", "origin", "HEAD:main")
    troubles = {Path(each.path).name: each.why for each in ben.sync().troubles}
    assert troubles == {
        link: "it is no plain file",
        lie: "it does not hold what its name says",
        big: "it is longer than 20 MB",
    }
    for place in (kept, ben.folder / "attachments"):
        assert [each.name for each in place.iterdir()] == [Path(path).name]

    # Forgotten by one, it leaves what is shared once; who has it still puts it back, and nobody goes on undoing that.
    anna.at.forget(customer)
    anna.sync()
    assert path not in git(bare, "ls-tree", "-r", "--name-only", "main").stdout.split("\n")
    ben.sync()
    anna.sync()
    assert path in git(bare, "ls-tree", "-r", "--name-only", "main").stdout.split("\n")
    assert list(cellar_of(anna.at.store.path).iterdir()) == []
    assert not (anna.folder / path).exists()
    before = git(bare, "rev-parse", "main").stdout
    ben.sync()
    anna.sync()
    assert git(bare, "rev-parse", "main").stdout == before


def test_nothing_that_the_folder_configures_for_git_is_run(anna, tmp_path):
    canary = tmp_path / "ran"
    script = tmp_path / "canary.sh"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\n")
    script.chmod(0o755)
    git(anna.folder, "init", "--quiet")
    hooks = anna.folder / ".git" / "hooks"
    for name in ("post-commit", "pre-push", "reference-transaction", "post-checkout", "post-merge"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    for key in (
        "core.fsmonitor",
        "filter.x.clean",
        "filter.x.smudge",
        "diff.external",
        "core.sshCommand",
        "core.pager",
    ):
        git(anna.folder, "config", key, str(script))
    (anna.folder / ".gitattributes").write_text("* filter=x diff=x\n")
    anna.note("x")
    anna.sync()
    anna.note("y")
    anna.sync()
    assert not canary.exists()


@pytest.mark.parametrize("driver", [True, False])
def test_a_clone_where_somebody_types_git_pull(anna, ben, tmp_path, bare, driver):
    """Ben works in a clone of his own, pulls by hand, and lets fieldgate take in what git left in the folder."""
    note = anna.note("price\nplace\nproduct")
    anna.sync()
    git(ben.folder, "pull", "--quiet")
    ben.at.store.folders.change(_without_remote(ben))
    ben.sync()
    if driver:
        register(ben.folder)
    ben.edit("note", note, text="price, he says\nplace\nproduct")
    ben.leave()
    git(ben.folder, "add", "-A")
    git(ben.folder, "commit", "-q", "-m", "mine")
    anna.edit("note", note, text="price\nplace\nproduct\npeople")
    anna.sync()
    pulled = git(ben.folder, "pull", "--no-rebase", "--no-edit", check=False)
    if driver:
        assert pulled.returncode == 0, pulled.stderr + pulled.stdout
        report = ben.sync()
        assert not report.troubles
        assert ben.record("note", note).text == "price, he says\nplace\nproduct\npeople"
    else:
        assert pulled.returncode != 0
        file, both = ben.file_of(note), "price, he says\nplace\nproduct\npeople"
        marked = file.read_bytes()
        file.write_bytes(marked.replace(b"place", b"place, and this is mine"))
        report = ben.sync()
        assert [each.path for each in report.troubles] == [f"notes/{file.name}"]
        assert b"<<<<<<< " in file.read_bytes()
        assert ben.record("note", note).text == "price, he says\nplace\nproduct"
        # Nobody wrote in it: what git kept of both sides is merged, and the file is a record again.
        file.write_bytes(marked)
        ben.at.take_in_shared()
        assert file.read_bytes() == marked
        report = ben.sync()
        assert (report.troubles, report.written) == ((), 1)
        assert ben.record("note", note).text == both
        assert file.read_text(encoding="utf-8").startswith("---\n")
        assert ben.sync().quiet
        git(ben.folder, "commit", "-a", "-q", "-m", "solved")
        git(ben.folder, "push", "-q", "origin", "HEAD:main")
        anna.sync()
        assert anna.record("note", note).text == both


def _without_remote(founder):
    from dataclasses import replace

    return replace(founder.at.store.folders.all()[0], remote=None)


def test_folders_carried_by_hand_and_by_git_at_once_lose_nothing(anna, ben):
    texts = {}
    for number in range(4):
        for founder in (anna, ben):
            texts[founder.note(f"{founder.handle} {number} — câu nói")] = None
        anna.sync()
        anna.leave()
        ben.leave()
        carry(anna.folder, ben.folder)
        ben.sync()
    for founder in (anna, ben, anna, ben):
        founder.sync()
    assert anna.files() == ben.files()
    assert {each.id for each in ben.at.store.records("note")} >= texts.keys()
