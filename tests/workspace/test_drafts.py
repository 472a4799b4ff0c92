"""Drafts of two screens on one workspace: neither takes away what the other kept."""

from fieldgate.workspace.drafts import Drafts


def test_drafts_of_two_screens_stand_in_one_file(tmp_path):
    path = tmp_path / "drafts.json"
    one, two = Drafts(lambda: "noon", path), Drafts(lambda: "one", path)
    one["note.edit", "a"] = {"text": "ours"}
    two["note.edit", "b"] = {"text": "theirs"}
    one["note.edit", "a"] = {"text": "ours, longer"}
    assert dict(Drafts(lambda: "", path)) == {
        ("note.edit", "a"): {"text": "ours, longer"},
        ("note.edit", "b"): {"text": "theirs"},
    }
    del one["note.edit", "a"]
    assert list(Drafts(lambda: "", path)) == [("note.edit", "b")]
    del two["note.edit", "b"]
    assert not path.exists()


def test_what_could_not_be_written_is_written_with_the_next(tmp_path):
    path = tmp_path / "drafts.json"
    drafts = Drafts(lambda: "noon", path)
    path.mkdir()
    drafts["note.edit", "a"] = {"text": "no room"}
    path.rmdir()
    drafts["note.edit", "b"] = {"text": "room"}
    assert len(Drafts(lambda: "", path)) == 2
