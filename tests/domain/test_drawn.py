"""What the pictures are drawn from: the journey as a grid, evidence over time, the mirror."""

from tests.builders import (
    DAY,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_touchpoint,
    a_workspace,
    day,
    facts,
)

from fieldgate.domain.evidence_days import evidence_rows, marks_of, span_of
from fieldgate.domain.journey_grid import journey_grid
from fieldgate.domain.mirror import mirror
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Function, Phase, TouchpointState

POLICY = Policy()


def test_a_cell_shows_the_worst_of_its_cards_and_leaves_out_what_does_not_apply(playbook):
    cards = {"FO": "gap", "BY": "fixing", "US": "unasked", "LF": "ready"}
    found = [
        a_touchpoint(phase=Phase(phase), function=Function.PRODUCT, state=TouchpointState(state))
        for phase, state in cards.items()
    ]
    found.append(a_touchpoint(phase=Phase.FIND_OUT, function=Function.LEGAL, state=TouchpointState.NA))
    grid = journey_grid(facts(*found), playbook)
    assert [grid.cell(phase, "PM").shade for phase, _ in grid.phases] == ["█", "█", "▒", "░"]
    assert grid.cell("FO", "LEG").shade == "·"
    assert (len(grid.phases), len(grid.functions)) == (4, 12)
    assert (grid.cell("BY", "PM").gaps, grid.cell("US", "PM").unasked, grid.cell("LF", "PM").ready) == (1, 1, 1)


AN, MEI = a_member("an"), a_member("mei")
FIRST, SECOND = a_hypothesis(code="H1"), a_hypothesis(code="H2")
MEETING = a_meeting(members=frozenset({AN.id}))
EARLY = a_note(code="N1", meeting_id=MEETING, said_on=day(-10))
POLITE = a_note(code="N2", meeting_id=MEETING)
OF_MEI = a_note(code="N3", created_by="mei")
THROWN = a_note(code="N4", discarded=True)
SAID = facts(
    AN, MEI, FIRST, SECOND, a_hypothesis(code="H3"), MEETING, EARLY, POLITE, OF_MEI, THROWN,
    a_piece(EARLY, FIRST, "yes", 3), a_piece(POLITE, FIRST, "yes", 0), a_piece(OF_MEI, FIRST, "no", 2),
    a_piece(OF_MEI, SECOND, "maybe"), a_piece(THROWN, SECOND, "yes", 4), a_piece(a_note(), SECOND, "yes", 4),
)  # fmt: skip
"""A yes that cost something, one that cost nothing, a no and a maybe; one piece was thrown away, one has no note."""


def test_what_cost_nothing_is_shown_as_a_maybe_on_its_day():
    rows = evidence_rows(SAID, POLICY)
    assert [(row.belief.code, [piece.counts.value for piece in row.pieces]) for row in rows] == [
        ("H1", ["yes", "maybe", "no"]),
        ("H2", ["maybe"]),
    ]
    span = span_of(rows)
    assert span == (day(-10), DAY)
    assert [(each.column, each.glyph) for each in marks_of(rows[0], span, 11)] == [(0, "●"), (10, "*")]
    assert [each.glyph for each in marks_of(rows[1], (DAY, DAY), 11)] == ["?"]
    assert span_of(evidence_rows(facts(a_workspace()), POLICY)) is None


def test_each_of_us_answers_for_the_maybes_of_the_own_meetings_and_notes():
    found = {each.member.handle: each for each in mirror(SAID, POLICY)}
    assert (found["an"].firm, [each.note.code for each in found["an"].maybes], found["an"].rate) == (1, ["N2"], 0.5)
    assert (found["mei"].firm, found["mei"].total, found["mei"].rate) == (1, 2, 0.5)
    assert mirror(facts(a_workspace(), AN), POLICY)[0].rate == 0.0
