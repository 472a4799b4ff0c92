"""Sharing through real repositories."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.sync.papers import edit, paper
from tests.sync.shelves import ListShelf

from fieldgate.documents.document import Version
from fieldgate.documents.folder import MAX_FILE, Content
from fieldgate.documents.frontmatter import dump, parse
from fieldgate.documents.tree import Trouble
from fieldgate.errors import BusyError
from fieldgate.sync import git
from fieldgate.sync.git import Outgoing, Repository, exchange
from fieldgate.sync.git_program import checked_remote
from fieldgate.sync.git_script import Signature
from fieldgate.sync.take import stamped, take

IDS = ("a" * 16, "b" * 16)


def run(folder, *arguments):
    names = ["-c", "user.name=f", "-c", "user.email=f@x", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def bare(tmp_path):
    """The repository that founders share."""
    run(tmp_path, "init", "--bare", "-b", "main", "shared repo")
    return tmp_path / "shared repo"


class Founder:
    """A store in memory that shares by git."""

    def __init__(self, tmp_path, bare, name):
        self.name, self.count = name, 0
        self.repository = Repository(tmp_path / f"{name}.git", checked_remote(str(bare)))
        self.versions, self.shelves, self.troubles, self.removed, self.more = {}, {}, [], (), {}

    def write(self, record_id, body):
        ours = self.versions.get(record_id)
        document = edit(ours.document, self.name, body=body) if ours else paper("note", body, record_id=record_id)
        self._put(stamped(Version(document=document, vector=ours.vector if ours else {}), self.name, self._tick()))

    def sync(self):
        exchange(self.repository, self.absorb, Signature(name=f"{self.name} <x>", seconds=1_741_960_800, words="Lưu"))

    def absorb(self, contents):
        for content in contents:
            if isinstance(content, Trouble):
                self.troubles.append(content)
            elif content.path.startswith("notes/") and content.data.startswith(b"---"):
                self._take(parse(content.data.decode()))
        files = {f"notes/{name}.md": dump(version).encode() for name, version in self.versions.items()}
        return Outgoing(files=files | self.more, removed=self.removed)

    def body(self, record_id):
        return self.versions[record_id].document.body

    def _tick(self):
        self.count += 1
        return self.count

    def _take(self, version):
        shelf = self.shelves.setdefault(version.document.id, ListShelf())
        ours = self.versions.get(version.document.id)
        taken = take(ours, shelf, version, writer=self.name, counter=self._tick())
        self.versions[version.document.id] = taken.current
        for each in taken.keep:
            shelf.keep(each)

    def _put(self, version):
        self.versions[version.document.id] = version
        self.shelves.setdefault(version.document.id, ListShelf()).keep(version)


@pytest.fixture
def founders(tmp_path, bare):
    return [Founder(tmp_path, bare, name * 5) for name in "abc"]


def test_three_founders_share_and_end_up_alike(founders, bare):
    anna, ben, chi = founders
    anna.write(IDS[0], "one\ntwo")
    for each in founders:
        each.sync()
    anna.write(IDS[0], "one\ntwo\nหนึ่ง")
    ben.write(IDS[0], "客戶\none\ntwo")
    chi.write(IDS[1], "Tiếng Việt")
    for each in (*founders, *founders):
        each.sync()
    assert anna.versions == ben.versions == chi.versions
    assert anna.body(IDS[0]) == "客戶\none\ntwo\nหนึ่ง"
    commits = run(bare, "rev-list", "--count", "main")
    for each in founders:
        each.sync()
    assert run(bare, "rev-list", "--count", "main") == commits
    assert run(bare, "log", "-1", "--format=%s|%cn") in {f"Lưu|{name * 5} x\n" for name in "abc"}
    run(bare, "fsck", "--strict")


def test_who_is_slower_tries_again_with_what_came_meanwhile(founders, bare):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.sync()
    quick = anna.absorb

    def slow(contents):
        outgoing = quick(contents)
        if not ben.versions:
            ben.write(IDS[1], "meanwhile")
            ben.sync()
            return anna.absorb([])
        return outgoing

    anna.absorb = slow
    anna.write(IDS[0], "one\nmore")
    exchange(anna.repository, slow, Signature(name="", seconds=1, words="x"))
    assert anna.body(IDS[1]) == "meanwhile"
    assert len(run(bare, "log", "-1", "--format=%P", "main").split()) == 2


def test_ssh_is_spoken_without_a_prompt(founders, bare, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    ssh = tmp_path / "bin" / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" >> \'{tmp_path}/calls\'\nfor last; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    anna, ben, _ = founders
    anna.repository = Repository(tmp_path / "ssh.git", checked_remote(f"ssh://host{bare.parent}/shared%20repo"))
    anna.write(IDS[0], "one")
    anna.sync()
    ben.sync()
    assert ben.body(IDS[0]) == "one"
    assert (tmp_path / "calls").read_text().startswith("-oBatchMode=yes")


def test_after_five_times_it_is_said(founders, monkeypatch):
    monkeypatch.setattr(Repository, "push", lambda _: False)
    founders[0].write(IDS[0], "one")
    with pytest.raises(BusyError, match="faster 5 times"):
        founders[0].sync()


def test_a_lost_private_directory_is_made_anew_and_nothing_is_lost(founders, tmp_path, bare):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.sync()
    ben.sync()
    anna.repository = Repository(tmp_path / "new.git", checked_remote(str(bare)))
    anna.write(IDS[0], "one\nmine")
    ben.write(IDS[0], "zero\none")
    for each in (ben, anna, ben):
        each.sync()
    assert anna.body(IDS[0]) == ben.body(IDS[0]) == "zero\none\nmine"


def test_a_remote_that_was_emptied_is_filled_again(founders, bare):
    anna = founders[0]
    anna.write(IDS[0], "one")
    anna.sync()
    run(bare, "update-ref", "-d", "refs/heads/main")
    anna.sync()
    assert "notes/" in run(bare, "ls-tree", "-r", "--name-only", "main")


def test_two_histories_that_share_nothing_are_joined(founders, bare, tmp_path):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.sync()
    ben.write(IDS[1], "two")
    ben.repository.prepare()
    ben.repository.commit(ben.absorb([]), Signature(name="b", seconds=1, words="alone"))
    ben.sync()
    anna.sync()
    assert anna.versions == ben.versions


def in_a_clone(tmp_path, bare, act):
    clone = tmp_path / "clone"
    run(tmp_path, "clone", str(bare), "clone")
    act(clone)
    run(clone, "add", "-A")
    run(clone, "commit", "-m", "by hand")
    run(clone, "push", "origin", "HEAD:main")


def test_files_of_others_stay_and_named_ones_go(founders, bare, tmp_path):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.sync()

    def act(clone):
        (clone / "README").write_text("by a person")
        (clone / "notes" / 'odd "name" ü.md').write_text("x")

    in_a_clone(tmp_path, bare, act)
    ben.removed = ('notes/odd "name" ü.md',)
    ben.write(IDS[1], "two")
    ben.sync()
    assert set(run(bare, "ls-tree", "-r", "-z", "--name-only", "main").split("\0")) == {
        "",
        "README",
        f"notes/{IDS[0]}.md",
        f"notes/{IDS[1]}.md",
    }
    anna.sync()
    assert "README" in run(bare, "ls-tree", "-r", "--name-only", "main")


def test_links_and_long_files_are_troubles_and_strange_places_are_not_looked_at(founders, bare, tmp_path):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.more = {"attachments/" + "0" * 64: b"\x00\xff", "playbook.yaml": b"a: b\n"}
    anna.sync()

    def act(clone):
        (clone / "notes" / "link.md").symlink_to("/etc/passwd")
        (clone / "notes" / "long.md").write_text("x" * (MAX_FILE + 1))
        (clone / "elsewhere").mkdir()
        (clone / "elsewhere" / "x.md").write_text("x")

    in_a_clone(tmp_path, bare, act)
    seen = []
    exchange(
        ben.repository,
        lambda contents: seen.extend(contents) or Outgoing(files={}),
        Signature(name="b", seconds=1, words="x"),
    )
    assert {each.path for each in seen if isinstance(each, Trouble)} == {"notes/link.md", "notes/long.md"}
    contents = {each.path: each.data for each in seen if isinstance(each, Content)}
    assert contents["attachments/" + "0" * 64] == b"\x00\xff"
    assert contents.keys() == {"attachments/" + "0" * 64, "playbook.yaml", f"notes/{IDS[0]}.md"}


def test_all_together_may_not_be_too_much(founders, monkeypatch):
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    anna.write(IDS[1], "two")
    anna.sync()
    monkeypatch.setattr(git, "MAX_ALL", 300)
    ben.sync()
    assert len(ben.troubles) == 1


def test_an_unreachable_repository_is_said_in_words(founders, bare, tmp_path):
    anna = founders[0]
    anna.write(IDS[0], "one")
    anna.sync()
    bare.rename(tmp_path / "gone")
    with pytest.raises(BusyError, match="could not be reached"):
        anna.sync()


def test_a_repository_that_refuses_is_said_in_words(founders, bare):
    anna = founders[0]
    run(bare, "config", "receive.fsckObjects", "true")
    anna.write(IDS[0], "one")
    anna.repository.prepare()
    anna.repository.commit(anna.absorb([]), Signature(name="a", seconds=1, words="x"))
    objects = bare / "objects"
    objects.rename(bare / "moved")
    objects.write_text("no folder")
    with pytest.raises(BusyError, match="Nothing could be pushed"):
        anna.repository.push()


def test_a_broken_private_directory_is_said_in_words(tmp_path, bare, founders):
    anna = founders[0]
    anna.write(IDS[0], "one")
    anna.sync()
    for pack in (tmp_path / "aaaaa.git" / "objects").rglob("*"):
        if pack.is_file():
            pack.chmod(0o600)
            pack.write_bytes(b"broken")
    anna.write(IDS[0], "two")
    with pytest.raises(BusyError):
        anna.sync()


def test_nothing_of_a_local_repository_is_run(founders, bare, tmp_path):
    proof = tmp_path / "proof"
    bite = f"#!/bin/sh\ntouch '{proof}'\n"
    for hook in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive"):
        (bare / "hooks").mkdir(exist_ok=True)
        (bare / "hooks" / hook).write_text(bite)
        (bare / "hooks" / hook).chmod(0o755)
    script = tmp_path / "bite"
    script.write_text(bite)
    script.chmod(0o755)
    for key in (
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
    ):
        run(bare, "config", key, str(script))
    (bare / "objects" / "info").mkdir(exist_ok=True)
    (bare / "objects" / "info" / "alternates").write_text(f"{tmp_path / 'aaaaa.git' / 'objects'}\n")
    anna, ben, _ = founders
    anna.write(IDS[0], "one")
    for each in (anna, ben, anna):
        each.sync()
    assert ben.body(IDS[0]) == "one"
    assert not proof.exists()


def test_the_private_directory_holds_our_configuration_only(founders, tmp_path):
    anna = founders[0]
    anna.repository.prepare()
    config = Path(tmp_path / "aaaaa.git" / "config")
    config.write_text("[core]\n\tfsmonitor = evil\n")
    anna.repository.prepare()
    assert "evil" not in config.read_text()
    assert not list((tmp_path / "aaaaa.git").glob("hooks/*"))
