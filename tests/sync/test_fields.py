"""Merging one record field by field."""

import json

import pytest
from hypothesis import given, settings
from tests.sync.papers import FIELDS, HYPOTHESIS_ID, conflicts, edit, forks, paper

from fieldgate.documents.codec import MAX_BODY, MAX_HEAD_TEXT
from fieldgate.documents.document import Document
from fieldgate.documents.frontmatter import digest
from fieldgate.sync.ballots import is_sound
from fieldgate.sync.fields import merge

EXAMPLES = settings(max_examples=200, deadline=None)
CUSTOMER = paper(name="Mai", role="user", segment="hotels", contact="Mai, buyer", code="C3")


def both_ways(ancestor, one, other):
    merged = merge(ancestor, one, other)
    assert merge(ancestor, other, one) == merged
    return merged


@given(forks())
@EXAMPLES
def test_merging_does_not_depend_on_whose_side_is_whose(fork):
    ancestor, one, other = fork
    assert merge(ancestor, one, other) == merge(ancestor, other, one)
    assert merge(None, one, other) == merge(None, other, one)


@given(forks())
@EXAMPLES
def test_merging_a_result_with_a_parent_changes_nothing(fork):
    ancestor, one, other = fork
    merged = merge(ancestor, one, other)
    for parent in fork:
        assert merge(parent, merged, parent) == merged
        if "conflicts" not in ancestor.head:
            again = merge(ancestor, merged, parent)
            assert {**again.head, "conflicts": ()} == {**merged.head, "conflicts": ()}
    assert merge(ancestor, merged, merged) == merged
    assert merge(ancestor, one, one) == one


@given(forks())
@EXAMPLES
def test_no_value_that_one_side_gave_is_missing(fork):
    ancestor, one, other = fork
    everything = json.dumps([merge(ancestor, one, other).head, merge(ancestor, one, other).body], ensure_ascii=False)
    archived = [side for side in (one, other) if "deleted_at" in side.head]
    for side in (one, other):
        for name in FIELDS[side.kind].keys() - {
            "code",
            "snoozes",
            "snoozed_until",
            "triaged_at",
            "decide_by",
            "opened_on",
            "rank",
        }:
            value = side.head.get(name)
            if isinstance(value, str) and value != ancestor.head.get(name):
                assert all(word in everything or word in str(ancestor.head.get(name)) for word in value.split())
        added = set(side.body.split()) - set(ancestor.body.split()) if side.kind != "gate" else set()
        assert all(json.dumps(word, ensure_ascii=False)[1:-1] in everything for word in added)
    assert len(archived) != 1 or "deleted_at" in everything or "deleted_at" in ancestor.head


@given(forks())
@EXAMPLES
def test_a_value_is_never_shown_and_in_conflict(fork):
    merged = merge(*fork)
    entries = [entry for entry in merged.head.get("conflicts", ()) if "flag" not in entry]
    for entry in entries:
        if len(entry["field"]) == 1 and isinstance(merged.head.get(entry["field"][0]), str):
            assert merged.head[entry["field"][0]] != entry["value"] if "value" in entry else True
    keys = [(entry["field"], entry.get("value")) for entry in entries]
    assert len(keys) == len(set(keys))


@given(forks())
@EXAMPLES
def test_what_held_on_both_sides_of_a_ballot_holds_after_a_merge(fork):
    ancestor, one, other = fork
    if one.kind == "meeting" and is_sound(one.head) and is_sound(other.head):
        assert is_sound(merge(ancestor, one, other).head)


@given(forks())
@EXAMPLES
def test_what_belongs_together_comes_from_one_side(fork):
    ancestor, one, other = fork
    groups = {"hypothesis": ("state", "prediction", "segment"), "touchpoint": ("state", "gap", "found_by")}
    keys = groups.get(one.kind, ())
    seen = [[side.head.get(key) for key in keys] for side in (one, other, merge(ancestor, one, other))]
    assert seen[2] in seen[:2]


def test_a_field_that_one_side_changed_is_as_that_side_has_it():
    one, other = edit(CUSTOMER, role="partner"), edit(CUSTOMER, "ben", 3, segment="clinics")
    merged = both_ways(CUSTOMER, one, other)
    assert (merged.head["role"], merged.head["segment"]) == ("partner", "clinics")
    assert (merged.head["updated_by"], merged.head["updated_at"]) == ("ben", "2026-11-03T10:00:00Z")
    assert not conflicts(merged)


def test_of_two_values_the_later_is_shown_and_the_other_is_a_conflict():
    merged = both_ways(CUSTOMER, edit(CUSTOMER, role="partner"), edit(CUSTOMER, "ben", 3, role="saboteur"))
    assert merged.head["role"] == "saboteur"
    assert merged.head["conflicts"] == (
        {"field": ("role",), "value": "partner", "by": "anna", "at": "2026-11-02T10:00:00Z"},
    )


def test_at_the_same_moment_the_greater_value_is_shown():
    merged = both_ways(CUSTOMER, edit(CUSTOMER, name="Ма"), edit(CUSTOMER, "ben", name="買"))
    assert merged.head["name"] == "買"
    assert conflicts(merged) == [("name", "Ма")]


def test_thousandths_of_a_second_count_as_later():
    one = edit(CUSTOMER, role="partner", updated_at="2026-11-02T10:00:00.125Z")
    assert both_ways(CUSTOMER, one, edit(CUSTOMER, "ben", role="user2")).head["role"] == "partner"


def test_a_cleared_field_against_a_changed_one_is_a_conflict_without_a_value():
    merged = both_ways(CUSTOMER, edit(CUSTOMER, segment=None), edit(CUSTOMER, "ben", 3, segment="clinics"))
    assert merged.head["segment"] == "clinics"
    assert merged.head["conflicts"] == ({"field": ("segment",), "by": "anna", "at": "2026-11-02T10:00:00Z"},)
    merged = both_ways(CUSTOMER, edit(CUSTOMER, at=4, segment=None), edit(CUSTOMER, "ben", 3, segment="clinics"))
    assert "segment" not in merged.head
    assert conflicts(merged) == [("segment", "clinics")]


def test_a_set_has_what_either_has_without_what_either_took_out():
    old = paper("meeting", members=("a", "b", "c"))
    merged = both_ways(old, edit(old, members=("a", "c", "d")), edit(old, "ben", 3, members=("a", "b", "e")))
    assert merged.head["members"] == ("a", "d", "e")
    assert "members" not in both_ways(old, edit(old, members=None), edit(old, "ben", topic="x")).head


def test_a_long_text_in_the_head_merges_by_lines():
    old = paper(emergency_contact="Chi\nLan")
    one, other = edit(old, emergency_contact="Chi\nLan\nMai"), edit(old, "ben", emergency_contact="Chi\nLan\nAn")
    assert both_ways(old, one, other).head["emergency_contact"] == "Chi\nLan\nAn\nMai"
    gone = both_ways(old, edit(old, emergency_contact=None), edit(old, "ben", emergency_contact="Chi 2\nLan"))
    assert gone.head["emergency_contact"] == "Chi 2"
    assert conflicts(gone) == [("emergency_contact", "deleted")]
    assert "emergency_contact" not in both_ways(old, edit(old, emergency_contact=None), edit(old, role="user")).head


def test_a_body_merges_by_lines_and_what_touches_is_flagged():
    old = paper("note", "Pays 40 EUR")
    merged = both_ways(old, edit(old, body="Pays 45 EUR"), edit(old, "ben", body="Pays 50 EUR"))
    assert merged.body == "Pays 45 EUR\nPays 50 EUR"
    assert merged.head["conflicts"] == ({"field": ("text",), "flag": "overlap"},)


def test_of_a_hypothesis_the_further_state_is_shown_whole():
    old = paper("hypothesis", "# Statement\n\nx\n\n# Learned\n\nold", state="testing", due="2026-12-01")
    ruled = edit(old, state="supported", verdict_by="anna", body="# Statement\n\nx\n\n# Learned\n\nthey pay")
    later = edit(old, "ben", 4, due="2027-01-01", extended="yes", body="# Statement\n\nx!\n\n# Learned\n\nold")
    merged = both_ways(old, ruled, later)
    assert (merged.head["state"], merged.head["due"], merged.head.get("extended")) == ("supported", "2026-12-01", None)
    assert merged.body == "# Statement\n\nx!\n\n# Learned\n\nthey pay"
    [entry] = merged.head["conflicts"]
    assert entry["field"] == ("bet",)
    assert json.loads(entry["value"]) == {"due": "2027-01-01", "extended": "yes", "learned": "old", "state": "testing"}


def test_of_the_same_state_the_later_group_is_shown():
    old = paper("hypothesis", state="testing")
    merged = both_ways(old, edit(old, state="supported"), edit(old, "ben", 3, state="refuted"))
    assert merged.head["state"] == "refuted"
    assert conflicts(merged) == [("bet", '{"state":"supported"}')]


def test_a_group_too_long_for_a_head_leaves_its_text_to_the_kept_version():
    old = paper("gate")
    big = edit(old, outcome="pivot", body="```json\n" + "x" * (MAX_HEAD_TEXT + 1) + "\n```")
    merged = both_ways(old, big, edit(old, "ben", 3, outcome="stop", body="```json\n{}\n```"))
    assert merged.body == "```json\n{}\n```"
    assert conflicts(merged) == [("outcome", '{"outcome":"pivot"}')]


def test_votes_on_one_proposal_merge_and_two_proposals_conflict():
    old = paper("meeting", meeting_kind="sync", gate_id=HYPOTHESIS_ID, proposal="advance")
    merged = both_ways(old, edit(old, agree_custdev="yes"), edit(old, "ben", agree_proddev="no", agree_reason="早"))
    assert (merged.head["agree_custdev"], merged.head["agree_proddev"]) == ("yes", "no")
    assert not conflicts(merged)
    merged = both_ways(old, edit(old, proposal="pivot"), edit(old, "ben", 3, agree_proddev="yes"))
    assert (merged.head["proposal"], merged.head["agree_proddev"]) == ("advance", "yes")
    assert [path for path, _ in conflicts(merged)] == ["ballot"]


def test_a_ballot_that_would_break_its_rules_is_taken_from_one_side():
    old = paper(
        "meeting", meeting_kind="sync", gate_id=HYPOTHESIS_ID, proposal="stop", agree_custdev="no", agree_reason="r"
    )
    merged = both_ways(old, edit(old, agree_custdev="yes", agree_reason=None), edit(old, "ben", agree_proddev="no"))
    assert is_sound(merged.head)
    assert [path for path, _ in conflicts(merged)] == ["ballot"]


@pytest.mark.parametrize(
    ("sound", "head"),
    [
        (True, {"meeting_kind": "visit"}),
        (False, {"meeting_kind": "sync"}),
        (True, {"meeting_kind": "sync", "gate_id": "g"}),
        (False, {"meeting_kind": "visit", "proposal": "stop"}),
        (False, {"meeting_kind": "sync", "gate_id": "g", "agree_custdev": "yes"}),
        (False, {"meeting_kind": "sync", "gate_id": "g", "proposal": "stop", "agree_custdev": "no"}),
    ],
)
def test_a_ballot_has_rules(sound, head):
    assert is_sound(head) is sound


def test_evidence_merges_by_hypothesis_and_an_answer_goes_with_who_gave_it():
    answer = {"answer": "yes 3", "at": "2026-11-02T10:00:00Z", "by": "anna"}
    old = paper("note", evidence={HYPOTHESIS_ID: answer})
    no = {"answer": "no 2", "at": "2026-11-03T10:00:00Z", "by": "ben"}
    one = edit(old, evidence={HYPOTHESIS_ID: {**answer, "answer": "yes 1", "snoozes": "1"}})
    other = edit(old, "ben", 3, evidence={HYPOTHESIS_ID: {**no, "snoozes": "2"}, "x": answer})
    merged = both_ways(old, one, other)
    assert merged.head["evidence"] == {HYPOTHESIS_ID: {**no, "snoozes": "2"}, "x": answer}
    [(path, value)] = conflicts(merged)
    assert path == f"evidence.{HYPOTHESIS_ID}.answer"
    assert json.loads(value) == {**answer, "answer": "yes 1"}


def test_checks_that_two_founders_made_alike_unite():
    made = paper("customer", checks={"q": {"answer": "open", "text": "How?"}})
    one = edit(made, checks={"q": {"answer": "yes", "answered_by": "anna", "text": "How?", "note": "so"}})
    merged = both_ways(None, one, edit(made, "ben", 3))
    assert merged.head["checks"] == one.head["checks"]
    assert not conflicts(merged)


def test_without_an_ancestor_differing_scalars_conflict_and_the_rest_unites():
    one = paper(role="user", segment="hotels", contact="Mai", former_codes=("C9",), created_by="anna")
    other = paper(role="partner", contact="Lan", former_codes=("C8",), created_at="2026-10-01", created_by="ben")
    merged = both_ways(None, one, other)
    assert merged.head["contact"] == "Lan\nMai"
    assert merged.head["segment"] == "hotels"
    assert merged.head["former_codes"] == ("C8", "C9")
    assert (merged.head["created_at"], merged.head["created_by"]) == ("2026-10-01", "ben")
    assert conflicts(merged) == [("role", "partner")]


def test_a_card_that_nobody_touched_gives_way_to_one_that_somebody_did():
    fresh = paper("touchpoint", state="unasked", title="x")
    worked = edit(fresh, state="gap", gap="no list", found_by="us", state_on="2026-11-02")
    assert both_ways(None, fresh, worked) == merge(None, worked, fresh)
    assert not conflicts(merge(None, fresh, worked))
    one, other = paper("touchpoint", state="gap", gap="x"), paper("touchpoint", state="gap", gap="y")
    assert conflicts(both_ways(None, one, other)) == [("state", '{"gap":"x","state":"gap"}')]


def test_the_same_gate_opened_on_both_sides_is_one():
    one = paper("gate", opened_on="2026-11-02", decide_by="2027-02-02", stop_if="nobody pays")
    other = paper("gate", opened_on="2026-11-01", decide_by="2027-02-01", stop_if="no meeting")
    merged = both_ways(None, one, other)
    assert (merged.head["opened_on"], merged.head["decide_by"]) == ("2026-11-01", "2027-02-02")
    assert conflicts(merged) == [("stop_if", "no meeting")]


def test_a_gate_closed_alike_on_two_sides_was_closed_once():
    old = paper("gate", step="discovery")
    one = edit(old, outcome="advance", decided_at="2026-11-05T10:00:00Z", reason="twelve customers", meeting_id="m1")
    other = edit(old, "ben", 3, outcome="advance", decided_at="2026-11-04T10:00:00Z", reason="足夠了", meeting_id="m2")
    merged = both_ways(old, one, other)
    assert (merged.head["decided_at"], merged.head["meeting_id"]) == ("2026-11-04T10:00:00Z", "m2")
    assert merged.head["reason"] == "twelve customers\n足夠了"
    assert not conflicts(merged)
    quiet = both_ways(old, edit(one, reason=None), edit(other, reason=None))
    assert "reason" not in quiet.head


def test_a_gate_closed_differently_is_one_conflict():
    old = paper("gate", step="discovery")
    merged = both_ways(old, edit(old, outcome="advance", reason="x"), edit(old, "ben", 3, outcome="pivot"))
    assert merged.head["outcome"] == "pivot"
    assert conflicts(merged) == [("outcome", '{"outcome":"advance","reason":"x"}')]


def test_of_two_snoozes_the_greater_and_the_later_win():
    old = paper("customer", snoozes="1", snoozed_until="2026-11-20")
    one, other = edit(old, snoozes="10"), edit(old, "ben", 3, snoozes="9", snoozed_until="2026-12-01")
    assert both_ways(old, one, other).head["snoozes"] == "10"
    woken = both_ways(old, edit(old, snoozed_until=None), edit(old, "ben", snoozed_until="2026-12-03"))
    assert woken.head["snoozed_until"] == "2026-12-03"
    assert not conflicts(woken)
    assert both_ways(old, edit(old, at=5, snoozed_until=None), other).head["snoozed_until"] == "2026-12-01"


def test_a_card_moved_on_two_sides_stands_where_it_was_put_last():
    old = paper("touchpoint", rank="a")
    merged = both_ways(old, edit(old, rank="b"), edit(old, "ben", 3, rank=None))
    assert "rank" not in merged.head
    assert not conflicts(merged)


ARCHIVED = "2026-11-07T10:00:00Z"
EARLIER = "2026-11-06T10:00:00Z"


def test_archived_here_and_changed_there_is_live_and_asks():
    merged = both_ways(CUSTOMER, edit(CUSTOMER, at=7, deleted_at=ARCHIVED), edit(CUSTOMER, "ben", role="partner"))
    assert "deleted_at" not in merged.head
    assert merged.head["conflicts"] == (
        {"field": ("deleted_at",), "value": ARCHIVED, "by": "anna", "at": "2026-11-07T10:00:00Z"},
    )
    archived = edit(merged, at=9, deleted_at="2026-11-09T10:00:00Z")
    assert not conflicts(both_ways(merged, archived, edit(merged, "ben", snoozes="1")))
    assert "deleted_at" in both_ways(merged, archived, edit(merged, "ben", snoozes="1")).head


def test_archived_here_and_snoozed_there_is_archived():
    merged = both_ways(CUSTOMER, edit(CUSTOMER, deleted_at=ARCHIVED), edit(CUSTOMER, "ben", snoozes="2", code="C4"))
    assert merged.head["deleted_at"] == ARCHIVED
    assert not conflicts(merged)


def test_archived_twice_is_archived_at_the_earlier_time():
    one, other = edit(CUSTOMER, deleted_at=ARCHIVED), edit(CUSTOMER, "ben", deleted_at=EARLIER, role="partner")
    assert both_ways(CUSTOMER, one, other).head["deleted_at"] == EARLIER
    assert both_ways(None, one, other).head["deleted_at"] == EARLIER
    later = edit(one, deleted_at="2026-11-08T10:00:00Z")
    assert both_ways(one, later, edit(one, "ben", role="x")).head["deleted_at"] == "2026-11-08T10:00:00Z"
    assert both_ways(one, edit(one, name="x"), edit(one, "ben", role="x")).head["deleted_at"] == ARCHIVED


def test_brought_back_here_and_changed_there_is_live():
    gone = edit(CUSTOMER, deleted_at=ARCHIVED)
    back = edit(gone, at=8, deleted_at=None)
    assert not conflicts(both_ways(gone, back, edit(gone, "ben", role="partner")))
    again = both_ways(gone, back, edit(gone, "ben", deleted_at=EARLIER))
    assert conflicts(again) == [("deleted_at", EARLIER)]
    assert conflicts(both_ways(None, back, gone)) == [("deleted_at", ARCHIVED)]


def test_a_record_asks_only_once_whether_it_is_archived():
    entries = tuple({"field": ("deleted_at",), "value": value} for value in (ARCHIVED, EARLIER))
    one, other = edit(CUSTOMER, conflicts=entries[:1]), edit(CUSTOMER, "ben", conflicts=entries[1:])
    assert conflicts(both_ways(CUSTOMER, one, other)) == [("deleted_at", EARLIER)]


def test_of_two_codes_the_smaller_number_wins_and_the_other_is_remembered():
    one, other = edit(CUSTOMER, code="C10"), edit(CUSTOMER, "ben", code="C9")
    merged = both_ways(CUSTOMER, one, other)
    assert (merged.head["code"], merged.head["former_codes"]) == ("C9", ("C10",))
    merged = both_ways(None, one, CUSTOMER)
    assert (merged.head["code"], merged.head["former_codes"]) == ("C3", ("C10",))
    assert not conflicts(merged)


def test_a_code_that_one_side_lost_to_another_record_stays_lost():
    one = edit(CUSTOMER, code="C10", former_codes=("C3",))
    merged = both_ways(CUSTOMER, one, edit(CUSTOMER, "ben", role="partner", former_codes=("C1",)))
    assert (merged.head["code"], merged.head["former_codes"]) == ("C10", ("C1", "C3"))


def test_a_code_without_a_number_comes_first_and_former_codes_of_no_list_are_left():
    one, other = paper(code="ñ", former_codes="x"), paper(code="C1", role="user")
    merged = both_ways(None, one, other)
    assert (merged.head["code"], merged.head["former_codes"]) == ("ñ", ("C1",))


OPEN = ({"field": ("role",), "value": "partner", "by": "ben", "at": "2026-11-02T10:00:00Z"},)


def test_solving_a_conflict_travels_like_any_edit():
    asked = edit(CUSTOMER, conflicts=OPEN)
    kept = both_ways(asked, edit(asked, conflicts=None), edit(asked, "ben", segment="clinics"))
    assert (kept.head["role"], conflicts(kept)) == ("user", [])
    taken = both_ways(asked, edit(asked, role="partner", conflicts=None), edit(asked, "ben", segment="clinics"))
    assert (taken.head["role"], conflicts(taken)) == ("partner", [])


def test_a_conflict_solved_in_two_ways_is_a_conflict_again():
    asked = edit(CUSTOMER, conflicts=OPEN)
    kept = edit(asked, at=4, conflicts=None)
    merged = both_ways(asked, kept, edit(asked, "ben", 5, role="partner", conflicts=None))
    assert (merged.head["role"], conflicts(merged)) == ("partner", [("role", "user")])


def test_the_same_conflict_met_twice_stands_once_with_who_said_it_first():
    later = ({**OPEN[0], "by": "chi", "at": "2026-11-03T10:00:00Z"},)
    merged = both_ways(CUSTOMER, edit(CUSTOMER, conflicts=OPEN), edit(CUSTOMER, "ben", conflicts=later))
    assert merged.head["conflicts"] == OPEN


def test_what_is_no_conflict_in_a_list_of_conflicts_does_no_harm():
    strange = (
        "text",
        {"value": "x"},
        {"field": "name", "value": "y"},
        {"field": ("a", "b"), "value": ("z",)},
        {"field": ()},
    )
    merged = both_ways(CUSTOMER, edit(CUSTOMER, conflicts=strange), edit(CUSTOMER, "ben", role="partner"))
    assert sorted(conflicts(merged), key=str) == [("-", "x"), ("a.b", ("z",)), ("n.a.m.e", "y")]
    assert both_ways(CUSTOMER, edit(CUSTOMER, conflicts="no list"), edit(CUSTOMER, "ben", name="x")).head["name"] == "x"


def test_what_only_a_newer_version_knows_merges_by_its_shape():
    old = paper("holiday", "body", colours=("blue",), plan={"a": {"b": "c"}}, days=({"x": "y"},))
    one = edit(old, colours=("blue", "red"), plan={"a": {"b": "d"}}, body="body\nmine", days=("a", {"x": "z"}))
    other = edit(old, "ben", 3, colours=("green",), plan={"a": {"b": "e", "f": "g"}}, body="body\nyours", days="none")
    merged = both_ways(old, one, other)
    assert merged.head["colours"] == ("green", "red")
    assert merged.head["plan"] == {"a": {"b": "e", "f": "g"}}
    assert merged.body == "body\nmine\nyours"
    assert conflicts(merged) == [("days", '["a",{"x":"z"}]'), ("plan.a.b", "d")]


def test_a_map_that_both_emptied_is_gone():
    old = paper("gate", na={"a": "x", "b": "y"})
    merged = both_ways(old, edit(old, na={"a": "x"}), edit(old, "ben", na={"b": "y"}))
    assert "na" not in merged.head


def test_a_map_against_a_text_is_a_conflict():
    old = paper("note", evidence={HYPOTHESIS_ID: {"answer": "yes 1"}})
    one, other = (
        edit(old, evidence={HYPOTHESIS_ID: "yes 2"}),
        edit(old, "ben", 3, evidence={HYPOTHESIS_ID: {"answer": "no 2"}}),
    )
    assert conflicts(both_ways(old, one, other)) == [(f"evidence.{HYPOTHESIS_ID}", "yes 2")]
    entry = ({"field": ("evidence", HYPOTHESIS_ID, "answer"), "value": "x"},)
    kept = both_ways(old, edit(old, evidence="gone"), edit(old, "ben", conflicts=entry))
    assert (f"evidence.{HYPOTHESIS_ID}.answer", "x") in conflicts(kept)


def test_texts_that_do_not_fit_together_are_one_shown_and_one_conflict():
    word = "x" * (MAX_HEAD_TEXT - 10)
    old = paper()
    merged = both_ways(old, edit(old, contact=f"{word}1"), edit(old, "ben", 3, contact=f"{word}2"))
    assert merged.head["contact"] == f"{word}2"
    assert conflicts(merged) == [("contact", f"{word}1")]
    word = "x" * (MAX_BODY - 10)
    old = paper("note", "")
    merged = both_ways(old, edit(old, body=f"{word}1"), edit(old, "ben", 3, body=f"{word}2"))
    assert merged.body == f"{word}2"
    assert conflicts(merged) == [("text", "overlap")]


def test_two_kinds_under_one_id_do_not_mix():
    one, other = paper("customer", name="x"), paper("note", "x")
    assert both_ways(None, one, other) == one
    assert both_ways(other, edit(one, name="y"), edit(one, "ben", name="z")).kind == "customer"


def test_a_record_without_who_and_when_merges():
    old = Document(id="7k3m9q2xw4tb1n8c", kind="holiday", head={}, body="")
    one, other = edit(old, a="b", updated_at=None), edit(old, b="c", updated_at=None)
    assert both_ways(old, one, other).head == {"a": "b", "b": "c", "updated_by": "anna"}


def test_a_body_that_nobody_changed_stays_as_it_was_written():
    odd = "above the heading\n# Statement\n\nx"
    old = paper("hypothesis", odd, importance="3")
    merged = both_ways(old, edit(old, importance="4"), edit(old, "ben", area="price"))
    assert merged.body == odd
    assert digest(merged) != digest(old)
