"""Circles after a merge."""

from tests.sync.papers import conflicts, edit, paper

from fieldgate.sync.circles import cut_circles

A, B, C = (letter * 16 for letter in "abc")


def belief(record_id, parent, day=1):
    return paper("hypothesis", record_id=record_id, parent_id=parent, created_at=f"2026-11-{day:02}")


def test_a_line_of_parents_is_left_alone():
    orphan = paper("hypothesis", record_id=C)
    assert cut_circles([belief(A, B), belief(B, C), orphan, paper("note", record_id="d" * 16)]) == []
    assert cut_circles([belief(A, "elsewhere")]) == []


def test_in_a_circle_the_record_made_first_loses_its_parent_and_asks():
    beliefs = [belief(A, B, 3), belief(B, C, 1), belief(C, A, 2), belief("d" * 16, A)]
    [cut] = cut_circles(beliefs)
    assert (cut.id, "parent_id" in cut.head, conflicts(cut)) == (B, False, [("parent_id", C)])
    assert cut_circles(reversed(beliefs)) == [cut]
    assert cut_circles([cut, *(each for each in beliefs if each.id != B)]) == []


def test_a_belief_that_is_its_own_parent_is_cut():
    assert [each.id for each in cut_circles([belief(A, A)])] == [A]


def test_of_two_requests_that_are_duplicates_of_each_other_the_first_is_new_again():
    first = paper("requirement", record_id=A, state="duplicate", duplicate_of=B, created_at="2026-11-01")
    second = edit(paper("requirement", record_id=B, created_at="2026-11-02"), state="duplicate", duplicate_of=A)
    [cut] = cut_circles([first, second])
    assert (cut.id, cut.head["state"], "duplicate_of" in cut.head) == (A, "new", False)
    assert conflicts(cut) == [("state", f'{{"duplicate_of":"{B}","state":"duplicate"}}')]
