import os
import unicodedata
from datetime import date

import pytest
from tests.builders import DAY, a_customer, a_member, a_workspace, facts

from fieldgate.errors import FieldgateError, FormatError, NotFoundError, RefusedError, UsageError
from fieldgate.imports import files, harvest
from fieldgate.imports.harvest import Harvest
from fieldgate.imports.reading import read_all


def read(path, *records, **told):
    found = Harvest(facts=facts(a_member("an", name="Nguyễn Thu An"), *records), today=DAY)
    read_all(path, found, **{"told": {}, **told})
    return found


def values(found, kind):
    return [each.values for each in found.of_kind(kind)]


NOTE = """---
customer: "[[Bếp Nhà]]"
date: 2026-03-02
tags: [interview]
mood: good
---
# Kitchen visit

- She pays 40 EUR
  a month
- [ ] asks [[Kiri|her boss]]
1. แพงไป

free text
"""


def test_a_note_is_an_interview_with_its_items_ready_for_triage(tmp_path):
    (tmp_path / "one.md").write_text(NOTE, "utf-8")
    found = read(tmp_path / "one.md")
    (meeting,) = values(found, "meeting")
    (customer,) = found.of_kind("customer")
    assert customer.values["name"] == "Bếp Nhà"
    assert (meeting["date"], meeting["topic"], meeting["customer_id"]) == (
        date(2026, 3, 2),
        "Kitchen visit",
        customer.id,
    )
    assert "free text" in meeting["body"]
    assert [each["text"] for each in values(found, "note")] == ["She pays 40 EUR\na month", "asks her boss", "แพงไป"]
    assert {each["said_on"] for each in values(found, "note")} == {date(2026, 3, 2)}
    assert [why for _, why in found.problems if "mood" in why]


def test_a_note_without_items_gives_its_paragraphs_and_takes_its_day_from_its_name(tmp_path):
    (tmp_path / "2026-02-01 visit.md").write_text("# Visit\n\nOne.\n\nTwo\nmore.\n", "utf-8")
    found = read(tmp_path)
    assert [each["text"] for each in values(found, "note")] == ["One.", "Two\nmore."]
    assert values(found, "meeting")[0]["date"] == date(2026, 2, 1)


def test_the_head_of_a_note_may_say_another_kind(tmp_path):
    (tmp_path / "belief.md").write_text("---\ntype: hypothesis\nimportance: 5\n---\nThey lose 3 h\n", "utf-8")
    (tmp_path / "Kiri.md").write_text("---\ntype: person\nsegment: фирми\n---\nmet once\n", "utf-8")
    found = read(tmp_path)
    assert values(found, "hypothesis") == [{"importance": 5, "statement": "They lose 3 h"}]
    assert values(found, "customer") == [{"name": "Kiri", "segment": "фирми"}]


def test_a_head_that_cannot_be_read_is_told_and_the_text_kept(tmp_path):
    (tmp_path / "bad.md").write_text("---\na: *x\n---\n- said\n", "utf-8")
    found = read(tmp_path)
    assert [each["text"] for each in values(found, "note")] == ["said"]
    assert found.problems[0][0] == "bad.md"


@pytest.mark.parametrize(
    ("header", "kind", "field"),
    [
        ("Hypothesis", "hypothesis", "statement"),
        ("假設", "hypothesis", "statement"),
        ("สมมติฐาน", "hypothesis", "statement"),
        ("ПРЕДПОЛОЖЕНИЕ", "hypothesis", "statement"),
        (unicodedata.normalize("NFD", "Giả thuyết"), "hypothesis", "statement"),
        ("ลูกค้า", "customer", "name"),
        ("khach hang", "customer", "name"),
        ("Detailed description of the problem", "requirement", "description"),
        ("заявка за нова функция", "requirement", "description"),
        ("需求", "requirement", "description"),
    ],
)
def test_columns_are_known_by_name_in_every_language(tmp_path, header, kind, field):
    (tmp_path / "t.csv").write_text(f"{header},else\nwords,x\n", "utf-8")
    found = read(tmp_path / "t.csv")
    assert values(found, kind)[0][field] == "words"
    assert "else" in found.problems[0][1]


def test_values_are_read_as_people_write_them(tmp_path):
    (tmp_path / "h.csv").write_text(
        "\ufeffHypothesis;Area;Importance;Due;Pass\nA;PRICE;5;24.12.2026;60 %\nB;nowhere;9;3/4/2026;\n;;;;\n;x;;;\n",
        "utf-8",
    )
    found = read(tmp_path / "h.csv")
    assert values(found, "hypothesis") == [
        {"statement": "A", "area": "price", "importance": 5, "due": date(2026, 12, 24), "pass_pct": 60},
        {"statement": "B"},
    ]
    assert [where for where, _ in found.problems] == ["h.csv:3"] * 3 + ["h.csv:5"] * 2


def test_interviews_of_one_day_and_customer_are_one_meeting(tmp_path):
    (tmp_path / "i.csv").write_text(
        "date,customer,quote\n2026-03-01,Kiri,one\n2026-03-01,KIRI,two\n2026-03-02,Kiri,one\n2026-03-02,Kiri,one\n",
        "utf-8",
    )
    found = read(tmp_path / "i.csv")
    assert len(values(found, "meeting")) == 2
    assert len(values(found, "customer")) == 1
    assert len(values(found, "note")) == 4


def test_a_customer_that_is_here_is_taken(tmp_path):
    here = a_customer(name="Bếp Nhà")
    name = unicodedata.normalize("NFD", "bếp nhà")
    (tmp_path / "i.csv").write_text(f"customer,quote\n{name},one\n", "utf-8")
    found = read(tmp_path / "i.csv", here)
    assert values(found, "customer") == []
    assert values(found, "note")[0]["customer_id"] == here.id


def test_what_columns_mean_can_be_told(tmp_path):
    (tmp_path / "t.csv").write_text("A,B\nKiri,hello\n", "utf-8")
    with pytest.raises(UsageError, match=r"t\.csv"):
        read(tmp_path / "t.csv")
    found = read(tmp_path / "t.csv", told={"A": "customer", "B": "text"}, kind="interview")
    assert [each["text"] for each in values(found, "note")] == ["hello"]


def test_our_own_exported_log_comes_back_as_it_was(tmp_path):
    (tmp_path / "log.csv").write_text('Number,Detailed description of the problem\r\nR1,"\'=1+1"\r\n', "utf-8")
    assert values(read(tmp_path / "log.csv"), "requirement")[0]["description"] == "=1+1"


VTT = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
<v Nguyễn Thu An>How do you do it?

00:00:04.000 --> 00:00:06.000
<v Kiri>By hand,
<v Kiri>every Friday <i>always</i>

NOTE nobody says this

00:00:07.000 --> 00:00:08.000
<v 王小姐>每週
"""
SRT = "1\n00:00:01,000 --> 00:00:03,000\nInterviewer: Why?\n\n2\n00:00:04,000 --> 00:00:06,000\nKiri: By hand,\nevery Friday always\n\n3\n00:00:07,000 --> 00:00:08,000\n王小姐：每週\n"
TXT = "Me: Why?\n[00:01:02] Kiri: By hand,\nKiri: every Friday always\n王小姐: 每週\n"


@pytest.mark.parametrize(("name", "text"), [("a.vtt", VTT), ("a.srt", SRT), ("a.txt", TXT)])
def test_a_transcript_is_a_meeting_with_what_others_said(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    found = read(tmp_path / name)
    assert [each["text"] for each in values(found, "note")] == ["By hand, every Friday always", "每週"]
    (meeting,) = values(found, "meeting")
    assert meeting["others"] == "Kiri\n王小姐"
    assert meeting["body"].count("\n") == 2


def test_a_plain_text_without_speakers_is_a_note(tmp_path):
    (tmp_path / "a.txt").write_text("just words\n\nand more: of them\n", "utf-8")
    assert len(values(read(tmp_path / "a.txt"), "note")) == 2


def test_the_same_bytes_give_the_same_ids_under_any_name(tmp_path):
    (tmp_path / "a.md").write_text(NOTE, "utf-8")
    (tmp_path / "b.md").write_text(NOTE, "utf-8")
    here = a_workspace()
    one, both = read(tmp_path / "a.md", here), read(tmp_path, here)
    assert list(one.drafts) == list(both.drafts)


def test_links_hidden_folders_and_other_files_stay_out(tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("- secret", "utf-8")
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian" / "x.md").write_text("- hidden", "utf-8")
    (vault / "link.md").symlink_to(secret)
    (vault / "folder").symlink_to(tmp_path)
    (vault / "picture.png").write_bytes(b"\x89PNG")
    (vault / "bytes.md").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(vault / "pipe.md")
    (vault / "good.md").write_text("- good\x00 one", "utf-8")
    found = read(vault)
    assert [each["text"] for each in values(found, "note")] == ["good\ufffd one"]
    assert {where for where, _ in found.problems} == {"link.md", "picture.png", "bytes.md", "pipe.md"}


def test_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"- {name}", "utf-8")
    with pytest.raises(RefusedError):
        read(tmp_path)
    monkeypatch.setattr(files, "FILES", 9)
    monkeypatch.setattr(files, "FILE_BYTES", 2)
    assert len(read(tmp_path).problems) == 3
    monkeypatch.setattr(files, "FILE_BYTES", 99)
    monkeypatch.setattr(harvest, "DRAFTS", 1)
    with pytest.raises(FieldgateError):
        read(tmp_path / "a.md")


def test_a_text_that_is_too_long_is_cut_and_told(tmp_path):
    (tmp_path / "c.csv").write_text("name\n" + "я" * 20_000 + "\n", "utf-8")
    found = read(tmp_path / "c.csv")
    assert len(values(found, "customer")[0]["name"]) == 8_000
    assert "cut" in found.problems[0][1]


def test_what_is_not_there_or_no_table_is_said(tmp_path):
    with pytest.raises(NotFoundError):
        read(tmp_path / "nothing")
    (tmp_path / "x.csv").write_text("name\n" + '"' + "a" * 1_100_000, "utf-8")
    with pytest.raises(FormatError):
        read(tmp_path / "x.csv")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    with pytest.raises(UsageError):
        read(tmp_path / "empty.csv")
    (tmp_path / "x.pdf").write_text("x", "utf-8")
    assert read(tmp_path / "x.pdf").problems


def test_emphasis_links_quotation_marks_and_tags_of_a_note_are_not_what_was_said(tmp_path):
    (tmp_path / "n.md").write_text(
        '- ==We lost **two** payouts== #pain\n- "Up to fifty"\n- see [the page](https://x.example) #later\n- "a" or "b"\n'
    )
    found = read(tmp_path / "n.md")
    assert [(each["text"], each["mark"]) for each in values(found, "note")] == [
        ("We lost two payouts", "p"),
        ("Up to fifty", None),
        ("see the page #later", None),
        ('"a" or "b"', None),
    ]


def test_one_day_after_the_twelfth_tells_the_order_of_a_column(tmp_path):
    (tmp_path / "i.csv").write_text("date,who,said\n3/4/2026,A,one\n14/4/2026,A,two\n", "utf-8")
    found = read(tmp_path / "i.csv")
    assert [each["said_on"] for each in values(found, "note")] == [date(2026, 4, 3), date(2026, 4, 14)]
    (tmp_path / "i.csv").write_text("date,who,said\n4/14/2026,A,two\n3/4/2026,A,one\n", "utf-8")
    found = read(tmp_path / "i.csv")
    assert [each["said_on"] for each in values(found, "note")] == [date(2026, 4, 14), date(2026, 3, 4)]
