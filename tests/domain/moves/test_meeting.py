"""Meetings: minutes, and the ballot with two hats."""

import pytest
from tests.builders import DAY, NOW, a_customer, a_gate, a_meeting, a_member, day, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.records.history import Outcome
from fieldgate.domain.records.learning import MeetingKind, NoteKind, Proposal
from fieldgate.domain.records.people import Team
from fieldgate.errors import RefusedError

GATE = a_gate()
ANA = a_member("ana", team=Team.CUSTDEV)
BINH = a_member("binh", team=Team.PRODDEV)


def a_sync(**given):
    members = frozenset({ANA.id, BINH.id})
    values = {"code": "M1", "kind": MeetingKind.SYNC, "gate_id": GATE, "members": members, "proposal": Proposal.ADVANCE}
    return a_meeting(**values | given)


def a_desk(playbook, *records):
    return Desk(facts(GATE, ANA, BINH, *records), playbook)


def test_a_new_meeting_is_an_interview_today_with_me(playbook):
    customer = a_customer(code="C1")
    desk = a_desk(playbook, customer)
    made = desk.made(desk.act("meeting.create", topic="Как плащат?", customer_id="C1", start="14:30"), "meeting")
    assert (made.kind, made.date, made.members, made.customer_id) == (MeetingKind.INTERVIEW, DAY, {ANA.id}, customer.id)
    assert (made.gate_id, made.proposal, made.body, made.code) == (None, None, "", "M1")
    stranger = Desk(facts(GATE), playbook, by="zoe")
    assert stranger.made(stranger.act("meeting.create", topic="x"), "meeting").members == frozenset()


def test_a_sync_meeting_belongs_to_the_open_gate(playbook):
    desk = a_desk(playbook)
    made = desk.made(desk.act("meeting.create", topic="Both", kind="sync", proposal="pivot"), "meeting")
    assert (made.gate_id, made.proposal) == (GATE.id, Proposal.PIVOT)
    with pytest.raises(RefusedError, match="Only a sync meeting carries a proposal"):
        desk.act("meeting.create", topic="x", kind="visit", proposal="stop")
    done = Desk(facts(a_gate(step="building", outcome=Outcome.ADVANCE)), playbook)
    with pytest.raises(RefusedError, match="none is open"):
        done.act("meeting.create", topic="x", kind="sync")


def test_each_team_answers_once(playbook):
    sync = a_sync()
    desk = a_desk(playbook, sync)
    desk.act("meeting.vote", sync, team="custdev", agree="yes")
    assert (desk.now(sync).agree_custdev, desk.now(sync).agree_proddev) == (True, None)
    (words,) = desk.missing("meeting.vote", sync, team="custdev", agree=True)
    assert words == "Customer Development has answered in M1: to ask again, hold a new sync meeting."
    desk.act("meeting.vote", sync, team="proddev", agree=True)
    assert desk.now(sync).agree_proddev is True


def test_a_founder_of_both_teams_answers_once_per_hat(playbook):
    zoe = a_member("zoe", team=Team.BOTH)
    sync = a_sync(members=frozenset({zoe.id}))
    desk = a_desk(playbook, zoe, sync)
    for team in ("custdev", "proddev"):
        desk.act("meeting.vote", sync, team=team, agree=True)


def test_a_no_has_its_reason_which_becomes_an_open_question(playbook):
    sync = a_sync(date=day(-1))
    desk = a_desk(playbook, sync)
    assert desk.missing("meeting.vote", sync, team="custdev", agree="no") == (
        "A no needs its reason: it becomes an open question.",
    )
    note = desk.made(desk.act("meeting.vote", sync, team="custdev", agree="no", reason="谁付钱?"), "note")
    assert (note.text, note.kind, note.meeting_id, note.said_on) == ("谁付钱?", NoteKind.QUESTION, sync.id, day(-1))
    assert note.triaged_at is None
    desk.act("meeting.vote", sync, team="proddev", agree="no", reason="Не сега")
    assert desk.now(sync).agree_reason == "谁付钱?\nНе сега"


BALLOTS = [
    (a_meeting(code="M1"), {}, "M1 is no sync meeting."),
    (a_sync(proposal=None), {}, "M1 needs a proposal to vote on."),
    (a_sync(date=day(1)), {}, "M1 is planned for 2026-11-21: vote when it is held."),
    (
        a_sync(gate_id=a_gate(outcome=Outcome.PIVOT)),
        {},
        "The gate of M1 is not open any more: hold a new sync meeting.",
    ),
    (
        a_sync(members=frozenset({ANA.id})),
        {"team": "proddev"},
        "Nobody of Product Development took part in M1: add who did.",
    ),
    (a_sync(), {"agree": "maybe"}, "does the team agree: yes or no is wanted, nothing between."),
]


@pytest.mark.parametrize(("sync", "answers", "words"), BALLOTS)
def test_a_vote_that_means_nothing_is_refused(playbook, sync, answers, words):
    given = {"team": "custdev", "agree": True, **answers}
    assert a_desk(playbook, sync).missing("meeting.vote", sync, **given)[0] == words


def test_a_new_proposal_is_voted_on_afresh(playbook):
    sync = a_sync(agree_custdev=True, agree_proddev=False, agree_reason="Too soon")
    desk = a_desk(playbook, sync)
    assert desk.missing("meeting.propose", sync, proposal="advance") == ("M1 proposes that already.",)
    desk.act("meeting.propose", sync, proposal="redate")
    now = desk.now(sync)
    assert (now.proposal, now.agree_custdev, now.agree_proddev, now.agree_reason) == (Proposal.REDATE, None, None, None)
    desk.act("meeting.propose", sync, proposal="")
    assert desk.now(sync).proposal is None
    visit = a_meeting(code="M2")
    assert a_desk(playbook, visit).missing("meeting.propose", visit, proposal="stop") == ("M2 is no sync meeting.",)
    assert not find_move("meeting.propose").shown(desk.facts, visit, desk.occasion)


@pytest.mark.parametrize("verb", ["shared", "export", "not_needed"])
def test_minutes_are_done_with_once_the_meeting_was_held(playbook, verb):
    held, planned = a_meeting(), a_meeting(code="M2", date=day(3))
    desk = a_desk(playbook, held, planned)
    desk.act(f"meeting.{verb}", held)
    assert desk.now(held).shared_at == NOW
    (words,) = desk.missing(f"meeting.{verb}", planned)
    assert words == "M2 is planned for 2026-11-23: there are no minutes yet."


def test_a_meeting_becomes_a_sync_and_back_only_without_a_ballot(playbook):
    meeting = a_meeting(code="M1")
    desk = a_desk(playbook, meeting)
    desk.act("meeting.edit", meeting, kind="sync")
    assert desk.now(meeting).gate_id == GATE.id
    desk.act("meeting.edit", meeting, kind="visit", members="ana binh")
    assert (desk.now(meeting).gate_id, desk.now(meeting).members) == (None, {ANA.id, BINH.id})
    desk.act("meeting.edit", meeting, topic="Само посещение", members="")
    assert desk.now(meeting).members == frozenset()
    sync = a_sync()
    desk = a_desk(playbook, sync)
    assert desk.missing("meeting.edit", sync, kind="visit") == ("M1 carries a proposal and stays a sync meeting.",)
    done = Desk(facts(meeting, a_gate(step="building", outcome=Outcome.ADVANCE)), playbook)
    assert done.missing("meeting.edit", meeting, kind="sync") == (
        "A sync meeting belongs to an open gate, and none is open.",
    )


def test_minutes_that_are_emptied_are_the_empty_text(playbook):
    meeting = a_meeting(body="long")
    desk = a_desk(playbook, meeting)
    act = desk.act("meeting.edit", meeting, body="")
    assert act.changes[0].values == {"body": ""}
