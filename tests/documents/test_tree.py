"""Names and paths: ASCII, short, given once, and never outside the root."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_gate, a_hypothesis, a_meeting, a_member, a_note, a_touchpoint, a_workspace, an_action

from fieldgate.documents.codec import to_document
from fieldgate.documents.document import Document
from fieldgate.documents.tree import (
    attachment_of,
    attachment_path,
    birth_path,
    file_name,
    is_record_name,
    record_folders,
    slug,
    split_path,
)
from fieldgate.errors import FormatError

ID = "7k3m9q2xw4tb1n8c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Kim: ops lead!", "anna-kim-ops-lead"),
        ("Đặng Thị Hồng", "dang-thi-hong"),
        ("Đặng Thị Hồng".encode().decode(), "dang-thi-hong"),
        ("Tìm hiểu", "tim-hieu"),
        ("T\u0300im hie\u0302\u0309u", "tim-hieu"),
        ("客戶開發", ""),
        ("客戶 Acme 開發", "acme"),
        ("ลูกค้า A1", "a1"),
        ("Клиент 7", "7"),
        ("Straße", "strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\0b\nc\u202ed", "a-b-c-d"),
        ("", ""),
    ],
)
def test_a_slug_is_what_ascii_a_title_has(text, expected):
    assert slug(text) == expected


@given(st.text(max_size=200), st.sampled_from(["", "2025-03-14", "yesterday", "../.."]))
def test_every_name_is_short_ascii_and_stays_in_its_folder(title, day):
    name = file_name(ID, title, day)
    assert len(name.encode()) <= 80
    assert name.isascii()
    assert name == name.lower()
    assert name.endswith(f"{ID}.md")
    assert split_path(f"notes/{name}") == ("notes", name)


def test_a_name_has_the_day_the_title_and_the_id():
    assert file_name(ID, "Anna Kim", "2025-03-14") == f"20250314-anna-kim-{ID}.md"
    assert file_name(ID, "客戶") == f"{ID}.md"
    assert file_name(ID, "客戶", "2025-03-14") == f"20250314-{ID}.md"
    assert file_name(ID, "word " * 30) == f"{'-'.join(['word'] * 12)}-{ID}.md"


@pytest.mark.parametrize("record_id", ["", "../../../etc/abc", ID.upper(), ID + "\n", ID + "a", "ilouilouilouilou"])
def test_what_is_no_id_never_touches_a_path(record_id):
    with pytest.raises(FormatError, match="not the id of a record"):
        file_name(record_id, "x")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a_workspace(id=ID), "workspace.md"),
        (a_meeting(id=ID, topic="How they pay"), f"meetings/20261120-how-they-pay-{ID}.md"),
        (a_note("Every Friday\nI copy", id=ID), f"notes/20261120-every-friday-{ID}.md"),
        (a_note("每天", id=ID, code="N4"), f"notes/20261120-n4-{ID}.md"),
        (a_hypothesis(id=ID, statement="They pay"), f"hypotheses/they-pay-{ID}.md"),
        (a_gate(id=ID, snapshot='{"met": 3}'), f"gates/discovery-{ID}.md"),
        (a_member("ana", id=ID), f"members/ana-{ID}.md"),
        (a_touchpoint(id=ID, title="誰", code="BY-SAL-10"), f"touchpoints/by-sal-10-{ID}.md"),
        (an_action(id=ID, text="Call Kiri"), f"actions/call-kiri-{ID}.md"),
    ],
)
def test_a_record_is_born_in_the_folder_of_its_kind(record, expected):
    path = birth_path(to_document(record))
    if record.__class__.__name__ == "Gate":
        expected = path  # its first long text is JSON; only the folder is promised
        assert path.startswith("gates/")
    assert path == expected
    assert "/".join(filter(None, split_path(path))) == path


def test_a_record_of_an_unknown_kind_has_a_place_too():
    document = Document(id=ID, kind="of_tomorrow", head={"name": ("a list",), "title": "New thing"}, body="")
    assert birth_path(document) == f"others/new-thing-{ID}.md"


def test_the_folders_are_those_of_the_kinds():
    assert record_folders() == (
        "actions", "customers", "gates", "hypotheses", "meetings", "members", "notes", "requirements", "touchpoints", "others",
    )  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../workspace.md",
        "notes/../../x.md",
        "notes/../workspace.md",
        "notes//x.md",
        "notes/a/x.md",
        "notes/.hidden.md",
        "notes/..",
        "notes/x.txt",
        "notes/x\0.md",
        "notes/x\udcff.md",
        "elsewhere/x.md",
        "other.md",
        ".git/config",
        "attachments/x.png",
        "attachments/../x.md",
        f"attachments/{'a' * 64}.p/g",
        "./workspace.md",
        "workspace.md/",
    ],
)
def test_paths_that_leave_the_tree_are_refused(path):
    with pytest.raises(FormatError, match="No file of a workspace"):
        split_path(path)


@pytest.mark.parametrize(
    "path", ["workspace.md", "playbook.yaml", ".gitattributes", "notes/Anna (copy).md", "notes/Đắt.MD"]
)
def test_paths_of_ours_and_of_copies_are_taken(path):
    assert "/".join(filter(None, split_path(path))) == path


def test_an_attachment_is_named_by_its_content():
    data = b"\x89PNG"
    path = attachment_path(data, ".PNG")
    assert path == f"attachments/{hashlib.sha256(data).hexdigest()}.png"
    assert split_path(path) == ("attachments", path.partition("/")[2])
    assert attachment_path(data, "") == path.removesuffix(".png")
    assert split_path(attachment_path(data, "../../sh; rm"))[0] == "attachments"


def test_a_path_leads_to_an_attachment_only_by_its_folder_and_its_name():
    name = f"{'0' * 64}.pdf"
    assert attachment_of(f"attachments/{name}") == name
    wrong = ("", name, f"notes/{name}", f"attachments/../{name}", "attachments/offer.pdf", f"/attachments/{name}")
    assert {attachment_of(each) for each in wrong} == {""}


def test_hidden_and_foreign_names_hold_no_record():
    assert is_record_name("a.md")
    assert not is_record_name(".a.md")
    assert not is_record_name("a.md~")
