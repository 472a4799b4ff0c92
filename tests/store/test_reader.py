"""Lists, records and search as the screen reads them, from a file that the store wrote."""

import pytest
from tests import builders as make
from tests.builders import DAY, NOW, day, moment

from fieldgate.domain.changes import Create, Edit
from fieldgate.domain.kinds import kinds
from fieldgate.domain.listing import Scope, View
from fieldgate.domain.records.journey import Answer, Phase, TouchpointState
from fieldgate.domain.records.learning import NoteKind
from fieldgate.domain.records.work import ActionState, RequirementState, Urgency
from fieldgate.errors import FormatError
from fieldgate.store.reader import Reader, wish_words


@pytest.fixture
def reader(store, path):
    with Reader(path, DAY) as reader:
        yield reader


def codes(reader, view, scope=None, start=0, limit=50):
    given = (scope,) if scope else ()
    return [each.code for each in reader.page(view, start, limit, *given)]


def add(store, do, *records):
    return do(store, store.load_facts(), *(Create(each) for each in records)).facts


def test_codes_are_listed_by_their_number_and_archived_ones_are_not(store, reader, do):
    add(store, do, *(make.a_hypothesis(code=f"H{n}") for n in (10, 2, 9)), make.a_hypothesis(code="H3"))
    facts = store.load_facts()
    gone = next(each for each in facts.hypotheses.values() if each.code == "H3")
    do(store, facts, Edit("hypothesis", gone.id, {"deleted_at": NOW}))
    assert codes(reader, View.HYPOTHESES) == ["H1", "H2", "H9", "H10"]
    assert reader.count(View.HYPOTHESES) == 4
    assert reader.position(View.HYPOTHESES, gone.id) is None


def test_pages_and_positions_agree_in_every_list(store, reader, do):
    many = [make.a_note(code=f"N{n}", said_on=day(-(n % 5)), created_at=moment(-n)) for n in range(2, 40)]
    many += [make.a_meeting(code=f"M{n}", date=day(-(n % 7))) for n in range(2, 20)]
    many += [
        make.an_action(code=f"A{n}", due=day(n % 3), state=ActionState(("open", "done")[n % 2])) for n in range(2, 20)
    ]
    many += [make.a_requirement(code=f"R{n}", urgency=list(Urgency)[n % 4]) for n in range(2, 20)]
    many += [make.a_customer(code=f"C{n}", account_rank=n % 3 or None) for n in range(2, 20)]
    many += [make.a_touchpoint(code=f"BY-SAL-{n}", rank=("a", None)[n % 2], leave=n % 3 == 0) for n in range(20, 40)]
    add(store, do, *many)
    for view in View:
        scope = Scope(state="unasked") if view is View.BOARD else Scope()
        whole = reader.page(view, 0, 500, scope)
        assert len(whole) == reader.count(view, scope) > 0
        pages = [row for start in range(0, len(whole), 7) for row in reader.page(view, start, 7, scope)]
        assert pages == whole
        assert [reader.position(view, row.id, scope) for row in whole] == list(range(len(whole)))
        assert reader.rows(view, [whole[-1].id, whole[0].id]) == ([whole[0], whole[-1]] if len(whole) > 1 else whole)


def test_a_note_shows_where_it_was_heard_and_what_it_speaks_for(store, reader, do):
    facts = store.load_facts()
    note, first = next(iter(facts.notes.values())), next(iter(facts.hypotheses.values()))
    second = make.a_hypothesis(code="H2")
    facts = do(store, facts, Create(second), Create(make.a_piece(note, second, "maybe"))).facts
    (row,) = reader.page(View.NOTES, 0, 9)
    assert (row.text, row.customer, row.meeting) == ("先用表格，够了", "Ана Петрова", "How they pay out")
    assert sorted(row.evidence.split()) == ["H1+", "H2?"]
    assert row.waiting
    assert not row.discarded
    assert reader.notes_waiting() == 1
    do(store, facts, Edit("note", note.id, {"triaged_at": NOW}))
    assert reader.notes_waiting() == 0
    assert first.code == "H1"


def test_notes_are_newest_first(store, reader, do):
    add(store, do, make.a_note(code="N2", said_on=day(1)), make.a_note(code="N3", said_on=day(-1)))
    assert codes(reader, View.NOTES) == ["N2", "N1", "N3"]


def test_the_board_shows_a_column_in_its_order_and_by_phase(store, reader, do):
    do(store, store.load_facts(), Edit("touchpoint", next(iter(store.load_facts().touchpoints)), {"state_on": day(-9)}))
    add(
        store,
        do,
        make.a_touchpoint(code="US-PM-01", phase=Phase.USE, leave=True, faster=True),
        make.a_touchpoint(code="BY-SAL-02", rank="b"),
        make.a_touchpoint(code="BY-SAL-03", rank="a"),
        make.a_touchpoint(code="BY-SAL-04"),
        make.a_touchpoint(code="BY-SAL-05", state=TouchpointState.GAP, gap="чака седмица"),
    )
    unasked = Scope(state="unasked")
    assert codes(reader, View.BOARD, unasked) == ["BY-SAL-03", "BY-SAL-02", "US-PM-01", "BY-SAL-01", "BY-SAL-04"]
    assert codes(reader, View.BOARD, Scope(state="unasked", phase="US")) == ["US-PM-01"]
    assert codes(reader, View.BOARD, Scope(state="gap")) == ["BY-SAL-05"]
    assert codes(reader, View.BOARD, Scope(state="unasked", phase="US", function="CS")) == []
    assert reader.board_counts()["BY", "SAL", "unasked"] == 4


def test_a_card_counts_its_answered_checks(store, reader, do):
    facts = store.load_facts()
    card = next(iter(facts.touchpoints.values()))
    do(store, facts, Create(make.a_check(card, answer=Answer.YES)), Create(make.a_check(card, answer=Answer.NA)))
    (row,) = reader.page(View.BOARD, 0, 9, Scope(state="unasked"))
    assert (row.answered, row.asked) == (2, 3)


def test_a_customer_shows_traits_passed_and_the_last_past_contact(store, reader, do):
    facts = store.load_facts()
    customer = next(iter(facts.customers.values()))
    do(
        store,
        facts,
        Create(make.a_check(customer, key="trait.need", answer=Answer.YES)),
        Create(make.a_check(customer, key="trait.goal", answer=Answer.NO)),
        Create(make.a_check(customer, key="accept.feasible", answer=Answer.YES)),
        Create(make.a_meeting(customer_id=customer, date=day(30))),
    )
    (row,) = reader.page(View.CUSTOMERS, 0, 9)
    assert (row.traits, row.last_contact) == (1, DAY.isoformat())


def test_requirements_stand_open_and_urgent_first_and_strategic_accounts_first_within(store, reader, do):
    strategic = make.a_customer(code="C5", account_rank=1)
    add(
        store,
        do,
        strategic,
        make.a_requirement(code="R2", urgency=Urgency.HIGH),
        make.a_requirement(code="R3", urgency=Urgency.HIGH, customer_id=strategic),
        make.a_requirement(code="R4", urgency=Urgency.CRITICAL, state=RequirementState.DECLINED),
        make.a_requirement(code="R5", urgency=Urgency.CRITICAL),
    )
    assert codes(reader, View.REQUIREMENTS) == ["R5", "R3", "R2", "R1", "R4"]


def test_actions_stand_open_first_by_their_day(store, reader, do):
    add(
        store,
        do,
        make.an_action(code="A2", due=day(1)),
        make.an_action(code="A3", due=day(-1), state=ActionState.DONE),
    )
    assert codes(reader, View.ACTIONS) == ["A2", "A1", "A3"]


@pytest.mark.parametrize("wish", ["表格", "够了", "先用 够了", "N1", "!luong"])
def test_a_filter_finds_parts_of_words_in_any_script(store, reader, wish):
    assert len(reader.matching(View.NOTES, wish)) == 1


def test_a_filter_without_marks_finds_words_with_them_in_either_form(store, reader, do):
    import unicodedata

    add(store, do, make.a_note(unicodedata.normalize("NFD", "Trả lương đúng hạn"), code="N2"))
    add(store, do, make.a_note("ТРЪБВА МИ", code="N3"))
    for wish, code in (("tra luong", "N2"), ("đúng", "N2"), ("DUNG", "N2"), ("трябва", None), ("тръбва", "N3")):
        found = reader.rows(View.NOTES, reader.matching(View.NOTES, wish))
        assert [each.code for each in found] == ([code] if code else [])
    assert len(reader.matching(View.NOTES, "!luong")) == 2
    assert reader.matching(View.NOTES, "luong !han") == []
    assert reader.matching(View.NOTES, "  ! ") == []


def test_a_wish_is_words_that_must_be_there_and_others_that_must_not():
    assert wish_words("Đá  !Крак ! x") == (["da", "x"], ["крак"])


def test_searching_gives_the_code_first_then_titles_then_texts(store, reader, do):
    add(
        store,
        do,
        make.a_customer(code="C2", name="Lume H1 GmbH"),
        make.a_note("they know h1 by heart", code="N2"),
        make.an_action(code="A2", text="call", reason="about h1"),
    )
    found = reader.search("h1")
    assert (found[0].code, found[0].where) == ("H1", "code")
    assert {(each.code, each.where) for each in found[1:]} == {("C2", "title"), ("N2", "title"), ("A2", "text")}
    assert found[-1].where == "text"
    assert next(each.title for each in found if each.code == "C2") == "Lume H1 GmbH"
    assert reader.search("   ") == []
    assert len(reader.search("h1", limit=2)) == 2


def test_an_archived_record_is_still_read_whole_and_found_by_its_code(store, reader, do):
    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))
    do(store, facts, Edit("hypothesis", row.id, {"deleted_at": NOW, "code": "H4", "former_codes": frozenset({"H1"})}))
    assert reader.record("hypothesis", row.id) == store.record("hypothesis", row.id)
    assert reader.find("h4") == ("hypothesis", row.id, False)
    assert reader.find("H1") == ("hypothesis", row.id, True)
    assert reader.find("BY-SAL-01")[0] == "touchpoint"
    assert reader.find("H9") is None
    assert reader.record("hypothesis", "none") is None
    assert reader.detail("hypothesis", "none") is None


def test_every_kind_reads_whole_with_what_is_linked(store, reader):
    for kind in kinds():
        for record in store.records(kind):
            detail = reader.detail(kind, record.id)
            assert detail.record == record
            assert list(reader.records(kind)).count(record) == 1
            assert reader.history_count(record.id) == 1


def test_the_detail_of_a_note_names_its_meeting_customer_and_evidence(store, reader):
    note = next(store.records("note"))
    detail = reader.detail("note", note.id)
    assert {each.kind for each in detail.links} >= {"meeting", "customer"}
    assert {each.kind for each in detail.backlinks} == {"evidence"}


def test_the_reader_gives_the_same_facts_as_the_store(store, reader, do):
    add(store, do, make.a_note(code="N2", kind=NoteKind.VIEW), make.a_note(code="N3", kind=NoteKind.QUESTION))
    assert reader.facts().tables == store.load_facts().tables
    assert reader.last_seq() == store.last_seq()


def test_small_things_are_read_by_name(store, reader):
    store.keep_meta("playbook", "{}")
    assert reader.meta("playbook") == "{}"
    assert reader.meta("none") is None
    assert reader.workspace_policy() == "{}"
    with reader.again() as other:
        assert other.last_seq() == reader.last_seq()


def test_what_is_no_store_is_said_in_words(tmp_path):
    path = tmp_path / "x.fieldgate"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(FormatError):
        Reader(path, DAY)


def test_a_list_shows_where_two_founders_disagree(store, reader, do):
    from fieldgate.domain.records.record import Conflict

    facts = store.load_facts()
    row = next(iter(facts.hypotheses.values()))
    do(store, facts, Edit("hypothesis", row.id, {"conflicts": (Conflict(field=("importance",), value="5"),)}))
    (shown,) = reader.page(View.HYPOTHESES, 0, 9)
    assert shown.conflict
    assert shown._replace(conflict=False) != shown
