import pytest
from tests.cli.calls import SCRIPTS, start

from fieldgate.cli.shapes import SHAPES


def text_of(told, code):
    return told("show", code, "--json").data["record"]["text"]


def test_a_note_is_kept_and_its_code_printed(told):
    answer = told("note", "She", "prints", "it", "twice")
    assert (answer.status, answer.out) == (0, "N83\n")
    record = told("show", "N83", "--json").data["record"]
    assert (record["text"], record["kind"], record["said_on"], record["mark"]) == (
        "She prints it twice", "observation", "2026-03-16", None,
    )  # fmt: skip
    assert (record["created_by"], record["triaged_at"]) == ("an", None)


def test_a_leading_letter_with_a_colon_is_the_mark(told):
    code = told("note", "p: it was warm").out.strip()
    record = told("show", code, "--json").data["record"]
    assert (record["mark"], record["text"]) == ("p", "it was warm")
    code = told("note", "--mark", "$", "p: it was warm").out.strip()
    record = told("show", code, "--json").data["record"]
    assert (record["mark"], record["text"]) == ("$", "p: it was warm")
    code = told("note", "q: no mark").out.strip()
    assert text_of(told, code) == "q: no mark"


def test_a_note_takes_customer_and_day_from_its_meeting(told):
    told("note", "--meeting", "M14", "that day")
    record = told("show", "N83", "--json").data["record"]
    assert record["said_on"] == "2026-02-12"
    assert record["meeting_id"] is not None
    assert record["customer_id"] is not None
    told("note", "--customer", "C3", "--on", "+0", "no meeting")
    record = told("show", "N84", "--json").data["record"]
    assert (record["meeting_id"], record["said_on"]) == (None, "2026-03-16")


def test_a_note_without_meeting_takes_the_only_interview_of_the_day(told):
    told("note", "in it", day="2026-03-19")
    found = told("show", "N83", "--json", day="2026-03-19").data
    assert [each["code"] for each in found["links"] if each["role"] == "meeting_id"] == ["M21"]
    told("add", "meeting", "kind=interview", "topic=x", "date=today", "customer=C3", day="2026-03-19")
    told("note", "in neither", day="2026-03-19")
    assert told("show", "N84", "--json", day="2026-03-19").data["record"]["meeting_id"] is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_note_in_any_script_comes_back_byte_for_byte(told, script):
    code = told("note", SCRIPTS[script]).out.strip()
    assert text_of(told, code).encode() == SCRIPTS[script].encode()


def test_standard_input_in_any_script_is_kept_byte_for_byte_even_in_the_c_locale(told, sample):
    text = "\n".join(SCRIPTS.values())
    done = start("note", str(sample), "--as", "an", "-", text=f"{text}\n".encode(), LANG="C", LC_ALL="C")
    assert (done.returncode, done.stdout) == (0, b"N83\n")
    assert text_of(told, "N83") == text
    word = SCRIPTS["thai"]
    done = start("note", str(sample), "--as", "an", word, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert (done.returncode, done.stdout) == (0, b"N84\n")
    assert text_of(told, "N84") == word
    shown = start("show", str(sample), "N84", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert word.encode() in shown.stdout


def test_what_is_no_text_is_refused(told, sample):
    assert told("note").status == 2
    assert told("note", "   ").status == 2
    assert start("note", str(sample), "-", text=b"\xff\xfe").returncode == 2
    assert start("note", str(sample), "-", text=b"").returncode == 2


def test_a_text_that_looks_like_a_path_stands_behind_two_dashes(told):
    assert told("note", "3/4").status == 2
    assert told("note", "--", "3/4", "of", "it").out == "N83\n"
    assert text_of(told, "N83") == "3/4 of it"


def test_who_acts_must_be_known_and_a_member(told, monkeypatch):
    assert told("note", "--as", "nobody", "x").status == 2
    assert "petya" in told("note", "--as", "nobody", "x").err
    told("note", "--as", "PETYA", "by her")
    assert told("show", "N83", "--json").data["record"]["created_by"] == "petya"
    monkeypatch.setenv("FIELDGATE_AUTHOR", "mei")
    told("note", "by the environment")
    assert told("show", "N84", "--json").data["record"]["created_by"] == "mei"


def test_nobody_acts_unasked_where_there_are_several(call, shared):
    answer = call("note", str(shared), "x")
    assert answer.status == 2
    assert "--as" in answer.err
    assert call("note", str(shared), "x", "--as", "mei").out == "N83\n"


def test_the_settings_say_who_acts(call, shared, own_folders):
    (own_folders / "config").mkdir()
    (own_folders / "config" / "settings.yaml").write_text("author: petya\n")
    assert call("note", str(shared), "x").out == "N83\n"
    assert call("show", str(shared), "N83", "--json").data["record"]["created_by"] == "petya"


def test_a_shared_folder_gets_what_was_written_and_is_left_alone_on_request(call, shared):
    call("note", str(shared), "zebra", "--as", "an", "--no-sync")
    assert not list((shared / "notes").glob("*-zebra-*"))
    call("note", str(shared), "quagga", "--as", "an")
    assert len(list((shared / "notes").glob("*-quagga-*"))) == 1


def test_a_link_says_what_the_note_speaks_for_and_what_turned(told):
    answer = told("link", "N74", "H4", "yes", "3")
    assert (answer.status, answer.out) == (0, "")
    assert "H4: yes 3" in answer.err
    derived = told("show", "H4", "--json").data["record"]["derived"]
    assert (derived["yes"], derived["maybe"]) == (4, 0)
    assert told("link", "n74", "h4", "maybe").status == 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("N74", "H4", "yes"), 1),
        (("N74", "H4", "maybe", "2"), 1),
        (("N74", "H1", "yes", "2"), 1),
        (("N74", "H4", "yes", "9"), 1),
        (("N74", "H99", "yes", "2"), 1),
        (("N999", "H4", "yes", "2"), 3),
        (("H4", "H4", "yes", "2"), 2),
        (("N74", "H4", "perhaps"), 2),
        (("N74", "H4"), 2),
    ],
)
def test_a_link_that_cannot_be_changes_nothing(told, words, status):
    before = told("list", "evidence", "--json").out
    answer = told("link", *words)
    assert answer.status == status
    assert answer.err
    assert told("list", "evidence", "--json").out == before


def test_records_are_made_with_their_fields(told):
    answer = told("add", "customer", "name=Mực Nha Trang", "segment=seafood exporters", "awareness=2", "--json")
    assert set(answer.data) == set(SHAPES["add"])
    assert [each["code"] for each in answer.data["records"]] == ["C13"]
    record = told("show", "C13", "--json").data["record"]
    assert (record["name"], record["awareness"]) == ("Mực Nha Trang", 2)
    assert (
        told("add", "meeting", "kind=interview", "topic=T", "date=fri", "customer=C13", "members=an,mei").out == "M22\n"
    )
    record = told("show", "M22", "--json").data["record"]
    assert (record["date"], len(record["members"])) == ("2026-03-20", 2)
    assert told("add", "hypothesis", "statement=S", "area=price", "importance=4").out == "H11\n"
    assert told("add", "action", "text=T", "due=+3", "owner=an").out == "A12\n"
    assert told("add", "requirement", "description=D", "category=x").status in {0, 1}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 2),
        (("wish", "x=y"), 2),
        (("customer",), 2),
        (("customer", "name"), 2),
        (("customer", "name=a", "name=b"), 2),
        (("customer", "colour=red"), 2),
        (("customer", "segment=x"), 1),
        (("gate", "step=discovery"), 2),
        (("hypothesis", "statement=S", "area=weather"), 1),
    ],
)
def test_a_record_that_cannot_be_made_is_refused_in_words(told, words, status):
    answer = told("add", *words)
    assert answer.status == status
    assert answer.out == ""
    assert answer.err


def test_a_field_is_set_and_emptied(told):
    assert told("set", "C12", "awareness=3", "contact=Mr Ba").status == 0
    record = told("show", "C12", "--json").data["record"]
    assert (record["awareness"], record["contact"]) == (3, "Mr Ba")
    told("set", "C12", "contact=")
    assert told("show", "C12", "--json").data["record"]["contact"] is None
    assert told("set", "workspace", "lead_segment=exporters").status == 0
    assert told("set", "C12", "awareness=9").status == 1
    assert told("set", "H4", "statement=another").status == 1
    assert told("set", "C12").status == 2
    assert told("set").status == 2


def test_a_screenshot_is_kept_inside_the_workspace(told, tmp_path):
    assert told("set", "R1", "screenshot=../outside.png").status == 1
    picture = tmp_path / "fault.png"
    picture.write_bytes(b"png")
    assert told("set", "R1", f"screenshot={picture}").status == 0
    kept = told("show", "R1", "--json").data["record"]["screenshot"]
    assert str(tmp_path) not in kept
    assert kept.endswith(".png")
