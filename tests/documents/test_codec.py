"""Records and their documents: every kind, every field, every script; what we do not know survives."""

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.builders import (
    NOW,
    a_check,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_requirement,
    a_touchpoint,
    a_workspace,
    an_action,
    an_id,
    day,
    moment,
)

from fieldgate.documents.codec import MAX_BODY, MAX_HEAD_TEXT, Parsed, canonical, from_document, to_document
from fieldgate.documents.document import Document, Version
from fieldgate.documents.fields import sorted_conflicts
from fieldgate.documents.frontmatter import cleaned, dump, known_keys, parse
from fieldgate.domain.identity import ID_ALPHABET, named_id
from fieldgate.domain.kinds import OWN_FILE, FieldSpec, kinds
from fieldgate.domain.records.journey import Answer, Proof
from fieldgate.domain.records.learning import Stance
from fieldgate.domain.records.record import Conflict
from fieldgate.errors import FormatError, RefusedError

WORKSPACE = "7k3m9q2xw4tb1n8c"
OWNERS = {"note", "customer", "touchpoint", "gate"}

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=25) | st.sampled_from(
    ["no", "Đắt quá", "Đắt quá", "太貴", "แพงมาก", "твърде скъпо", "# Learned", "---"]
)
ids = st.text(ID_ALPHABET, min_size=16, max_size=16)
moments = st.integers(0, 4 * 10**12).map(
    lambda n: dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=n)
)
paths = st.lists(
    st.text(min_size=1, max_size=8).map(lambda text: text.replace("\0", "x").replace("\r", "x")), min_size=1, max_size=3
).map(tuple)
conflicts = st.lists(
    st.builds(Conflict, field=paths, value=texts, flag=st.sampled_from(["", "overlap"]), by=texts, at=texts), max_size=2
).map(tuple)
BY_TYPE: dict[type, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(10**6), 10**6),
    float: st.floats(allow_nan=False, allow_infinity=False, width=32).map(float),
    bool: st.booleans(),
    dt.date: st.dates(dt.date(1, 1, 1)),
    dt.time: st.times(),
    dt.datetime: moments,
    frozenset: st.frozensets(texts, max_size=3),
    dict: st.dictionaries(texts, texts, max_size=3),
    tuple: conflicts.map(sorted_conflicts),
}


def value_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    if spec.enum is not None:
        values: st.SearchStrategy[Any] = st.sampled_from(list(spec.enum))
    elif spec.name.endswith("_id") or spec.name in {"duplicate_of", "merged_into", "id"}:
        values = ids
    else:
        values = BY_TYPE[spec.holds]
    return (values.filter(lambda value: value != "") | st.none()) if spec.optional else values


def records(kind: str) -> st.SearchStrategy[Any]:
    specs = kinds()[kind].fields
    return st.builds(kinds()[kind].record, **{name: value_of(spec) for name, spec in specs.items()})


@given(number=st.floats(allow_nan=False, allow_infinity=False))
@example(number=0.00012345678901234567)
@example(number=0.0025621806271374226)
@example(number=123456789012345.67)
@example(number=5e-324)
@example(number=-1.7976931348623157e308)
def test_every_number_comes_back_as_it_was(number):
    text = dump(Version(document=to_document(a_touchpoint(kpi_target=number))))
    assert from_document(parse(text).document, "x.md", workspace_id=WORKSPACE).record.kpi_target == number


@pytest.mark.parametrize("kind", OWN_FILE)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_record_of_every_kind_comes_back_from_its_text(kind, data):
    record = data.draw(records(kind))
    document = to_document(record)
    text = dump(Version(document=document))
    parsed = from_document(parse(text).document, "x.md", workspace_id=WORKSPACE)
    assert parsed.record == record
    assert parsed.unknown == {}
    assert to_document(parsed.record) == document
    assert canonical(document, workspace_id=WORKSPACE) == document


@pytest.mark.parametrize("kind", OWN_FILE)
def test_the_head_of_a_kind_holds_every_field_that_is_not_a_long_text(kind):
    specs = kinds()[kind].fields
    names = {each.name for each in fields(kinds()[kind].record)}
    assert names == set(specs)
    own = {spec.key for spec in specs.values() if not spec.body} - {"id"}
    assert own <= known_keys(kind)


def test_a_kind_of_a_record_has_its_own_name_in_the_head():
    assert to_document(a_note()).head["note_kind"] == "observation"
    assert to_document(a_meeting()).head["meeting_kind"] == "interview"


def test_what_is_not_set_is_left_out_and_defaults_are_written():
    head = to_document(a_note(code="N1", created_by="", updated_by="")).head
    assert head == {
        "code": "N1",
        "created_at": "2026-11-20T10:00:00Z",
        "note_kind": "observation",
        "said_on": "2026-11-20",
        "updated_at": "2026-11-20T10:00:00Z",
    }
    assert to_document(a_member(active=False)).head["active"] == "no"
    assert to_document(a_hypothesis(importance=0)).head["importance"] == "0"


def test_a_required_text_may_be_empty():
    record = a_customer(name="")
    assert from_document(to_document(record), workspace_id=WORKSPACE).record == record


def test_a_workspace_says_the_format():
    record = a_workspace(policy={"target_n": "7", "step_days": {"discovery": "60"}})
    document = to_document(record)
    assert document.head["format"] == "1"
    parsed = from_document(document, workspace_id=record.id)
    assert (parsed.record, parsed.unknown) == (record, {})


def test_numbers_are_written_the_short_way_and_read_in_any():
    assert to_document(a_touchpoint(kpi_target=40.0, kpi_value=0.1)).head["kpi_target"] == "40"
    document = to_document(a_touchpoint(kpi_target=40.0))
    edited = replace(document, head={**document.head, "kpi_target": "40.0", "faster": "TRUE", "gap": ""})
    assert canonical(edited, workspace_id=WORKSPACE) == replace(document, head={**document.head, "faster": "yes"})


# Evidence and checks


def test_evidence_stands_in_its_note():
    note, bet = a_note(), a_hypothesis()
    piece = a_piece(note, bet, "yes", 3, snoozed_until=day(3), snoozes=1)
    document = to_document(note, [piece])
    assert document.head["evidence"] == {
        bet.id: {
            "answer": "yes 3",
            "at": "2026-11-20T10:00:00Z",
            "by": "ana",
            "snoozed_until": "2026-11-23",
            "snoozes": "1",
        }
    }
    (back,) = from_document(document, workspace_id=WORKSPACE).evidence
    assert back == replace(piece, id=named_id(WORKSPACE, "evidence", note.id, bet.id))


def test_removed_evidence_says_so():
    note, bet = a_note(), a_hypothesis()
    piece = a_piece(note, bet, deleted_at=moment(2), updated_by="bo")
    document = to_document(note, [piece])
    assert document.head["evidence"] == {bet.id: {"answer": "none", "at": "2026-11-22T10:00:00Z", "by": "bo"}}
    (back,) = from_document(document, workspace_id=WORKSPACE).evidence
    assert (back.deleted_at, back.stance, back.updated_by) == (moment(2), Stance.MAYBE, "bo")
    assert canonical(document, workspace_id=WORKSPACE) == document


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(ids, st.tuples(st.sampled_from(["yes", "no", "maybe"]), st.integers(0, 4), moments), max_size=4))
def test_any_evidence_comes_back(pieces):
    note = a_note()
    evidence = [
        replace(a_piece(note, a_hypothesis(id=row), stance, strength), answered_at=at, created_at=at, updated_at=at)
        for row, (stance, strength, at) in sorted(pieces.items())
    ]
    text = dump(Version(document=to_document(note, evidence)))
    parsed = from_document(parse(text).document, workspace_id=WORKSPACE)
    assert parsed.evidence == tuple(
        replace(piece, id=named_id(WORKSPACE, "evidence", note.id, piece.hypothesis_id)) for piece in evidence
    )


def test_an_answer_by_nobody_stays_by_nobody():
    note, bet = a_note(), a_hypothesis()
    document = to_document(note, [a_piece(note, bet, answered_by="", created_by="", updated_by="")])
    assert canonical(document, workspace_id=WORKSPACE) == document


def test_an_answer_may_be_written_short():
    note, bet = a_note(updated_at=moment(1), updated_by="bo"), an_id()
    document = to_document(note)
    edited = replace(document, head={**document.head, "evidence": {bet: "no 2"}})
    (piece,) = from_document(edited, workspace_id=WORKSPACE).evidence
    assert (piece.stance, piece.strength, piece.answered_at, piece.answered_by) == (Stance.NO, 2, moment(1), "bo")
    maybe = replace(document, head={**document.head, "evidence": {bet: {"answer": "maybe"}}})
    assert from_document(maybe, workspace_id=WORKSPACE).evidence[0].stance is Stance.MAYBE


@pytest.mark.parametrize(
    ("owner", "link"),
    [(a_customer(), "customer_id"), (a_touchpoint(), "touchpoint_id"), (a_gate(), "gate_id")],
    ids=["customer", "touchpoint", "gate"],
)
def test_checks_stand_in_their_owner(owner, link):
    full = a_check(
        owner,
        key="trait.need",
        answer=Answer.YES,
        answered_at=moment(1),
        answered_by="bo",
        note="Có, rất cần",
        measure="hours",
        target="3",
        result="4",
        proof=Proof.AUDIT,
        meeting_id=an_id(),
        updated_at=moment(1),
        updated_by="bo",
    )
    bare = a_check(owner, key="fit.role")
    archived = a_check(owner, key="old", deleted_at=moment(1))
    document = to_document(owner, checks=[full, bare, archived])
    assert document.head["checks"]["fit.role"] == {"answer": "open", "text": "How long may it take?"}
    parsed = from_document(parse(dump(Version(document=document))).document, workspace_id=WORKSPACE)
    assert {getattr(check, link) for check in parsed.checks} == {owner.id}
    assert parsed.checks == tuple(
        replace(check, id=named_id(WORKSPACE, "check", owner.id, check.key)) for check in (bare, archived, full)
    )
    assert to_document(parsed.record, checks=parsed.checks) == document


# What we do not know


def with_head(document: Document, **more: Any) -> Document:
    return replace(document, head={**document.head, **more})


def test_fields_of_a_newer_version_are_kept():
    note, bet = a_note(), a_hypothesis()
    document = to_document(note, [a_piece(note, bet)])
    entry = {**document.head["evidence"][bet.id], "weight": "3"}
    newer = cleaned(with_head(document, mood={"face": "🙂", "list": ("b", "a")}, tags=("x",), evidence={bet.id: entry}))
    parsed = from_document(newer, workspace_id=WORKSPACE)
    assert parsed.unknown == {
        "mood": {"face": "🙂", "list": ("b", "a")},
        "tags": ("x",),
        "evidence": {bet.id: {"weight": "3"}},
    }
    assert canonical(newer, workspace_id=WORKSPACE) == newer


def test_unknown_fields_of_an_entry_go_with_the_entry():
    owner = a_customer()
    one, other = a_check(owner, key="a"), a_check(owner, key="b")
    unknown = {"checks": {"a": {"colour": "red"}, "gone": {"colour": "blue"}, "b": "no map"}}
    document = to_document(owner, checks=[one, other], unknown=unknown)
    assert document.head["checks"]["a"]["colour"] == "red"
    assert set(document.head["checks"]) == {"a", "b"}
    assert from_document(document, workspace_id=WORKSPACE).unknown == {"checks": {"a": {"colour": "red"}}}
    assert "checks" not in to_document(owner, unknown=unknown).head


def test_evidence_in_a_kind_that_has_none_is_a_field_we_do_not_know():
    document = with_head(to_document(a_meeting()), evidence={"x": "y"}, checks="open")
    assert from_document(document, workspace_id=WORKSPACE).unknown == {"evidence": {"x": "y"}, "checks": "open"}
    assert canonical(document, workspace_id=WORKSPACE) == document


def test_a_field_that_we_know_by_now_wins_over_a_kept_one():
    assert to_document(a_meeting(topic="new"), unknown={"topic": "kept"}).head["topic"] == "new"


@pytest.mark.parametrize("kind", ["of_tomorrow", "evidence", "check"])
def test_a_kind_without_a_file_of_its_own_is_kept_whole(kind):
    document = Document(id=WORKSPACE, kind=kind, head={"x": ("b", "a")}, body="text")
    assert from_document(document, workspace_id=WORKSPACE) == Parsed(document=document, record=None)
    assert canonical(document, workspace_id=WORKSPACE) == cleaned(document)


def test_what_was_typed_below_a_head_without_long_text_is_kept():
    document = replace(to_document(a_member()), body="She joined in May.\n")
    assert from_document(document, workspace_id=WORKSPACE).unknown == {"": "She joined in May.\n"}
    assert canonical(document, workspace_id=WORKSPACE) == document


# What is broken


@pytest.mark.parametrize(
    ("record", "changed", "reason"),
    [
        (a_meeting(), {"date": "2025-02-30"}, "field date: it cannot be '2025-02-30'"),
        (a_meeting(), {"date": "20250301"}, "field date"),
        (a_meeting(), {"date": ("2025-03-01",)}, "field date"),
        (a_meeting(), {"date": ""}, "field date: it is missing"),
        (a_meeting(), {"start": "9:30"}, "field start"),
        (a_meeting(), {"start": "25:00"}, "field start"),
        (a_meeting(), {"meeting_kind": "chat"}, "field meeting_kind: it cannot be 'chat'"),
        (a_meeting(), {"members": "a"}, "field members"),
        (a_meeting(), {"members": (("a",),)}, "field members"),
        (a_meeting(), {"customer_id": "../../x"}, "field customer_id"),
        (a_meeting(), {"agree_custdev": "maybe"}, "field agree_custdev"),
        (a_meeting(), {"created_at": "2025-03-01"}, "field created_at"),
        (a_meeting(), {"created_at": "2025-03-01T10:00:00"}, "field created_at"),
        (a_meeting(), {"created_at": "2025-13-01T10:00:00Z"}, "field created_at"),
        (a_meeting(), {"created_at": "0001-01-01T00:00:00+23:00"}, "field created_at"),
        (a_meeting(), {"topic": {"a": "b"}}, "field topic"),
        (a_meeting(), {"conflicts": "status"}, "field conflicts"),
        (a_meeting(), {"conflicts": ("status",)}, "field conflicts"),
        (a_meeting(), {"conflicts": ({"value": "x"},)}, "field conflicts"),
        (a_meeting(), {"conflicts": ({"field": ("",)},)}, "field conflicts"),
        (a_meeting(), {"conflicts": ({"field": {"a": "b"}},)}, "field conflicts"),
        (a_meeting(), {"conflicts": ({"field": "topic", "more": "x"},)}, "field conflicts"),
        (a_hypothesis(), {"importance": "high"}, "field importance: it cannot be 'high'"),
        (a_hypothesis(), {"importance": "٣"}, "field importance"),
        (a_hypothesis(), {"target_n": "9" * 40}, "field target_n"),
        (a_hypothesis(), {"merged_into": "H3"}, "field merged_into"),
        (a_touchpoint(), {"kpi_value": "nan"}, "field kpi_value"),
        (a_touchpoint(), {"kpi_value": "1e999"}, "field kpi_value"),
        (a_gate(), {"na": ("a",)}, "field na"),
        (a_gate(), {"na": {"a": ("b",)}}, "field na"),
        (a_gate(), {"checks": "yes"}, "field checks: it is not a map"),
        (a_gate(), {"checks": {"a": "yes"}}, "field checks.a: it is not a map of fields"),
        (a_gate(), {"checks": {"a": {"answer": "yes"}}}, "field checks.a.text: it is missing"),
        (a_gate(), {"checks": {"a": {"answer": "maybe", "text": "x"}}}, "field checks.a.answer: it cannot be 'maybe'"),
        (a_gate(), {"checks": {"a": {"text": "x"}, "A": {"text": "x"}}}, "field checks.a: it stands there twice"),
        (a_note(), {"evidence": ("a",)}, "field evidence: it is not a map"),
        (a_note(), {"evidence": {"H3": "yes 2"}}, "field evidence.H3: it is not the id of a hypothesis"),
        (a_note(), {"evidence": {WORKSPACE: "yes 5"}}, "answer: it cannot be 'yes 5'"),
        (a_note(), {"evidence": {WORKSPACE: "maybe 2"}}, "answer: it cannot be 'maybe 2'"),
        (a_note(), {"evidence": {WORKSPACE: ("yes",)}}, "answer: it cannot be"),
        (a_note(), {"evidence": {WORKSPACE: {"at": "x"}}}, "answer: it cannot be ''"),
        (
            a_note(),
            {"evidence": {WORKSPACE: {"answer": "yes 1", "at": "x"}}},
            "field evidence.7k3m9q2xw4tb1n8c.at: it cannot be 'x'",
        ),
    ],
)
def test_a_value_that_a_field_cannot_hold_is_named(record, changed, reason):
    document = with_head(to_document(record), **changed)
    with pytest.raises(FormatError) as caught:
        from_document(document, "meetings/a.md", workspace_id=WORKSPACE)
    assert caught.value.message.startswith("meetings/a.md: field ")
    assert reason in caught.value.message
    assert len(caught.value.message) < 250


def test_a_failure_without_a_path_names_the_field():
    with pytest.raises(FormatError, match=r"^date: it is missing"):
        from_document(Document(id=WORKSPACE, kind="meeting", head=dict(BARE), body=""), workspace_id=WORKSPACE)


BARE = {
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-20T10:00:00Z",
    "meeting_kind": "sync",
    "topic": "x",
}


def test_a_path_of_a_conflict_may_be_one_word():
    document = with_head(to_document(a_meeting()), conflicts=({"field": "topic", "value": "x"},))
    assert from_document(document, workspace_id=WORKSPACE).record.conflicts == (Conflict(field=("topic",), value="x"),)


# Sizes


def test_a_long_text_may_have_a_megabyte_and_no_more():
    note = a_note("ก" * (MAX_BODY // 3))
    assert from_document(to_document(note), workspace_id=WORKSPACE).record == note
    with pytest.raises(RefusedError, match="text is longer than 1024 kB"):
        to_document(replace(note, text=note.text + "กก"))
    document = replace(to_document(note), body=note.text + "กก")
    with pytest.raises(FormatError, match="longer than 1024 kB"):
        from_document(document, "notes/a.md", workspace_id=WORKSPACE)


def test_a_short_text_may_have_16_kilobytes_and_no_more():
    assert to_document(an_action(text="x" * MAX_HEAD_TEXT))
    with pytest.raises(RefusedError, match="remarks is longer than 16 kB") as caught:
        to_document(a_requirement(remarks="x" * (MAX_HEAD_TEXT + 1)))
    assert "several notes" in caught.value.hint
    owner = a_customer()
    with pytest.raises(RefusedError, match=r"checks\.a\.note is longer than 16 kB"):
        to_document(owner, checks=[a_check(owner, key="a", note="ก" * 6000)])
    with pytest.raises(RefusedError, match=r"na\.x is longer"):
        to_document(a_gate(na={"x": "y" * 20_000}))
    with pytest.raises(RefusedError, match="members is longer"):
        to_document(a_meeting(members=frozenset({"y" * 20_000})))


def test_what_lost_a_conflict_may_be_longer_than_a_short_text():
    record = a_hypothesis(conflicts=(Conflict(field=("learned",), value="x" * 20_000),))
    assert from_document(to_document(record), workspace_id=WORKSPACE).record == record


def test_text_is_cleaned_on_its_way_out():
    document = to_document(a_note("a\r\nb\0", mark=None), unknown={"x": "\ud800"})
    assert (document.body, document.head["x"]) == ("a\nb\ufffd", "\ufffd")
    assert NOW.isoformat() == "2026-11-20T10:00:00+00:00"
