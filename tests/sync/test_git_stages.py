"""What git kept of both sides of a merge that stopped: read from any clone, and none of its configuration run."""

import shutil

import pytest
from tests.workspace.test_sharing_by_git import git

from fieldgate.sync import git_stages
from fieldgate.sync.git_stages import both_sides, is_clone

FILES = {"notes/a.md": True, "notes/gone.md": False, "notes/long.md": True}


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A clone in which a merge stopped."""
    folder = tmp_path_factory.mktemp("clone")
    git(folder, "init", "-q", "-b", "main", ".")
    (folder / "notes").mkdir()

    def commit(words):
        for path in FILES:
            (folder / path).write_text(f"{words}\n" * (2000 if "long" in path else 1), encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", words)

    commit("base")
    git(folder, "checkout", "-q", "-b", "theirs")
    commit("lời của họ")
    git(folder, "checkout", "-q", "main")
    commit("наше")
    git(folder, "rm", "-q", "notes/gone.md")
    git(folder, "commit", "-q", "-m", "gone")
    assert git(folder, "merge", "theirs", check=False).returncode
    return folder


@pytest.fixture
def clone(stopped, tmp_path):
    return shutil.copytree(stopped, tmp_path / "bản sao", symlinks=True)


def sides(clone, tmp_path):
    private = tmp_path / "private"
    private.mkdir()
    found = both_sides(clone, private, FILES.keys())
    return {path: [stages[number].data.decode() for number in sorted(stages)] for path, stages in found.items()}


@pytest.mark.parametrize("packed", [False, True])
def test_both_sides_and_the_base_are_read_and_nothing_is_run_or_written(clone, tmp_path, monkeypatch, packed):
    monkeypatch.setattr("fieldgate.sync.git.MAX_FILE", 1000)
    if packed:
        git(clone, "repack", "-q", "-a", "-d")
    else:
        (clone / ".git" / "objects" / "pack").rmdir()
    canary = tmp_path / "canary"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.alternateRefsCommand", "core.pager", "filter.x.smudge", "diff.external"):
        git(clone, "config", key, str(script))
    before = sorted((each, each.stat().st_mtime_ns) for each in clone.rglob("*"))
    assert is_clone(clone)
    assert sides(clone, tmp_path) == {"notes/a.md": ["base\n", "наше\n", "lời của họ\n"]}
    assert sorted((each, each.stat().st_mtime_ns) for each in clone.rglob("*")) == before
    assert not canary.exists()


def test_a_clone_whose_objects_lie_elsewhere_or_are_links_is_left_alone(clone, tmp_path):
    objects = clone / ".git" / "objects"
    elsewhere = tmp_path / "elsewhere"
    shutil.move(objects, elsewhere)
    assert sides(clone, tmp_path) == {}
    objects.symlink_to(elsewhere)
    assert both_sides(clone, tmp_path / "private", FILES.keys()) == {}
    objects.unlink()
    objects.mkdir()
    (objects / "info").mkdir()
    (objects / "info" / "alternates").write_text(f"{elsewhere}\n", encoding="utf-8")
    assert both_sides(clone, tmp_path / "private", FILES.keys()) == {}
    (objects / "info" / "alternates").unlink()
    (objects / "pack").mkdir()
    (objects / "pack" / "pack-1.pack").symlink_to("/etc/passwd")
    assert both_sides(clone, tmp_path / "private", FILES.keys()) == {}


def test_an_object_that_is_a_link_is_not_followed(clone, tmp_path):
    blob = git(clone, "rev-parse", ":2:notes/a.md").stdout.strip()
    place = clone / ".git" / "objects" / blob[:2] / blob[2:]
    place.rename(tmp_path / "object")
    place.symlink_to(tmp_path / "object")
    assert "notes/a.md" not in sides(clone, tmp_path)


def test_what_is_no_clone_or_has_no_index_that_can_be_read_gives_nothing(clone, tmp_path, monkeypatch):
    assert not is_clone(tmp_path)
    monkeypatch.setattr(git_stages, "MAX_INDEX", 10)
    assert sides(clone, tmp_path) == {}
    index = clone / ".git" / "index"
    index.unlink()
    assert not is_clone(clone)
    assert both_sides(clone, tmp_path / "private", FILES.keys()) == {}
