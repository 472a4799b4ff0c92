import json
import os
import shutil
import subprocess
import sys

import pytest

from fieldgate.domain.policy import Policy
from fieldgate.errors import FormatError, NotFoundError
from fieldgate.locations import Locations
from fieldgate.workspace.door import Target
from fieldgate.workspace.glance import overrides_of, unread_overrides
from fieldgate.workspace.playbook_files import (
    current_playbook,
    effective_playbook,
    keep,
    kept_playbook,
    playbook_digest,
    read_overrides,
    shipped_playbook,
    shipped_sections,
)

OVERRIDES = """\
# what we call things
criteria:
  discovery.heard:
    title: Đã nghe đủ người
cards:
  FO-SAL-01:
    title: 展會
    questions:
    - 誰去？
"""


@pytest.fixture
def shipped():
    return Locations.find().playbooks()


def test_what_ships_is_the_playbook_without_overrides(shipped):
    effective = effective_playbook(shipped, None, {})
    assert effective.playbook == shipped_playbook(shipped)
    assert effective.trouble == ()


def test_what_a_team_wrote_holds_in_its_workspace(shipped):
    effective = effective_playbook(shipped, OVERRIDES, {"maybe_days": "10"})
    assert effective.trouble == ()
    assert effective.playbook.criteria[0].title == "Đã nghe đủ người"
    assert effective.playbook.card("FO-SAL-01").title == "展會"
    assert effective.playbook.policy.maybe_days == 10


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ("cards: [", "playbook.yaml, line 2: this is not YAML"),
        ("cards: &a [*a]", "playbook.yaml, line 1: anchors"),
        ("cards:\n  FO-PM-01:\n    tilte: x\n", "playbook.yaml: cards > FO-PM-01: the key tilte may not stand here"),
        ("policy:\n  k: 7\n", "playbook.yaml: policy: policy numbers do not stand in this file"),
        ("a: " + "[" * 100_000, "deeper than 8 levels"),
        ("a: " + "x" * 2_000_000, "larger than 1024 kB"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_what_ships_and_is_told(shipped, overrides, words):
    effective = effective_playbook(shipped, overrides, {"k": "7"})
    assert effective.playbook == effective_playbook(shipped, None, {"k": "7"}).playbook
    (trouble,) = effective.trouble
    assert words in trouble.message


def test_a_policy_value_that_cannot_be_used_keeps_its_default_and_is_told(shipped):
    effective = effective_playbook(shipped, None, {"maybe_days": "soon", "k": "7"})
    assert effective.playbook.policy == Policy(k=7)
    assert [error.where for error in effective.trouble] == ["policy.maybe_days"]


def test_a_kept_playbook_comes_back_with_what_was_told(shipped):
    effective = effective_playbook(shipped, "nonsense: {}", {"k": "many"})
    again = kept_playbook(keep(effective), playbook_digest(shipped, "nonsense: {}", {"k": "many"}))
    assert again.playbook == effective.playbook
    assert [(one.message, one.hint, one.where) for one in again.trouble] == [
        (one.message, one.hint, one.where) for one in effective.trouble
    ]
    assert len(again.trouble) == 2


def test_the_digest_changes_with_every_source(shipped, tmp_path):
    copied = tmp_path / "playbooks"
    shutil.copytree(shipped, copied)
    first = playbook_digest(copied, None, {})
    assert first == playbook_digest(shipped, None, {})
    assert playbook_digest(copied, "", {}) != first
    assert playbook_digest(copied, None, {"k": 7}) != first
    (copied / "asking.yaml").write_text((copied / "asking.yaml").read_text() + "# one more line\n")
    assert playbook_digest(copied, None, {}) != first


def test_a_kept_playbook_that_is_not_the_one_wanted_counts_as_none(shipped):
    effective = effective_playbook(shipped, None, {})
    kept = keep(effective)
    assert kept_playbook(kept, "0" * 64) is None
    assert kept_playbook(None, effective.digest) is None
    for damaged in ("", "[]", "{}", "null", kept[:-100], json.dumps({**json.loads(kept), "playbook": {}})):
        assert kept_playbook(damaged, effective.digest) is None
    assert kept_playbook(json.dumps({**json.loads(kept), "trouble": [1]}), effective.digest) is None


def test_yaml_is_read_once_and_then_no_more(shipped):
    made, text = current_playbook(None, shipped, OVERRIDES, {})
    again, nothing = current_playbook(text, shipped, OVERRIDES, {})
    assert again.playbook == made.playbook
    assert nothing is None
    changed, text = current_playbook(text, shipped, OVERRIDES, {"k": "7"})
    assert changed.playbook.policy.k == 7
    assert text is not None


def test_taking_the_kept_playbook_loads_no_yaml(shipped, tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_text(current_playbook(None, shipped, None, {})[1], encoding="utf-8")
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from fieldgate.locations import Locations\n"
        "from fieldgate.workspace.playbook_files import current_playbook\n"
        f"text = Path({str(kept)!r}).read_text(encoding='utf-8')\n"
        "found, new = current_playbook(text, Locations.find().playbooks(), None, {})\n"
        "assert new is None and len(found.playbook.cards) == 204\n"
        "assert not {'yaml', 'fieldgate.yamltext', 'fieldgate.domain.playbook_building'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_overrides_are_read_from_the_folder_if_they_are_there(tmp_path):
    assert read_overrides(tmp_path) is None
    (tmp_path / "playbook.yaml").write_bytes(b"\xef\xbb\xbf" + OVERRIDES.encode())
    assert read_overrides(tmp_path) == OVERRIDES


def test_a_file_of_overrides_that_is_a_trap_closes_no_workspace_and_is_told(tmp_path):
    target = Target(path=tmp_path, kind="folder", store=tmp_path / "s")
    assert unread_overrides(target) == ()
    (tmp_path / "playbook.yaml").symlink_to("/etc/passwd")
    assert overrides_of(target) is None
    (error,) = unread_overrides(target)
    assert "playbook.yaml cannot be read" in error.message
    assert unread_overrides(target._replace(kind="store")) == ()


def test_a_file_of_overrides_that_is_a_trap_is_refused(tmp_path):
    path = tmp_path / "playbook.yaml"
    (tmp_path / "secret").write_text("cards: {}")
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(FormatError, match=r"playbook\.yaml cannot be read"):
        read_overrides(tmp_path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(FormatError, match="not a plain file"):
        read_overrides(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(FormatError, match="not a plain file"):
        read_overrides(tmp_path)
    path.rmdir()
    path.write_bytes(b"a: b\nc: \xff\xfe")
    with pytest.raises(FormatError, match="line 2: this is not UTF-8"):
        read_overrides(tmp_path)
    with path.open("wb") as sparse:
        sparse.truncate(50 * 1024 * 1024)
    with pytest.raises(FormatError, match="larger than 1024 kB"):
        read_overrides(tmp_path)


def test_an_installation_without_its_playbook_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="There is no playbook in"):
        shipped_playbook(tmp_path)


def test_a_section_in_two_files_is_refused(shipped, tmp_path):
    copied = tmp_path / "playbooks"
    shutil.copytree(shipped, copied)
    (copied / "more.yaml").write_text("marks: {}\n")
    with pytest.raises(FormatError, match=r"more\.yaml: the section marks stands in another file too"):
        shipped_sections(copied)
