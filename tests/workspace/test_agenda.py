"""The agenda of a sync meeting: what both teams look at, and a ballot in which nobody sees the other's answer first."""

from fieldgate.domain.records.people import Team
from fieldgate.workspace.agenda import agenda_of


def sync(workspace, *handles, proposal="advance"):
    members = [each.id for each in workspace.facts.members.values() if each.handle in handles]
    workspace.perform(
        "meeting.create", None, {"kind": "sync", "topic": "Среща", "members": members, "proposal": proposal}
    )
    return max(workspace.facts.meetings.values(), key=lambda each: int(each.code[1:]))


def test_the_sample_s_agenda_has_all_that_is_looked_at(workspace):
    agenda = agenda_of(workspace)
    assert agenda.gate.stop_if.startswith("By 13 March")
    assert agenda.meeting.code == "M19"
    assert "said no in M19" in agenda.objection
    beliefs = {each.hypothesis.code: each for each in agenda.beliefs}
    assert set(beliefs) == {"H2", "H3", "H4", "H5"}
    assert beliefs["H2"].contrary == "Có một thùng bị trả về hồi tháng Mười, nhưng bảo hiểm trả hết."
    assert (beliefs["H2"].heard, beliefs["H2"].contrary_strength) == (False, 2)
    assert (beliefs["H4"].contrary, beliefs["H4"].heard) == ("", True)
    assert len(agenda.untreated) == 3
    assert {each.state for each in agenda.requirements} <= {"new", "parked", "checking"}
    assert all(each.description for each in agenda.requirements)


def test_what_was_put_on_the_list_comes_first(workspace):
    waiting = [each for each in workspace.facts.requirements.values() if each.state in {"new", "parked"}]
    last = max(waiting, key=lambda each: int(each.code[1:]))
    workspace.perform("requirement.to_sync", last.id, {})
    assert agenda_of(workspace).requirements[0].id == last.id


def test_an_answer_is_hidden_with_its_reason_until_both_are_given(workspace):
    meeting = sync(workspace, "an", "mei")
    hats = agenda_of(workspace).ballot.hats
    assert {each.team for each in hats} == {Team.CUSTDEV, Team.PRODDEV}
    workspace.perform("meeting.vote", meeting.id, {"team": "custdev", "agree": False, "reason": "ยังไม่พอ"})
    agenda = agenda_of(workspace)
    assert (agenda.ballot.answered, agenda.ballot.open) == ({Team.CUSTDEV}, True)
    assert set(agenda.ballot.answers.values()) == {None}
    assert {each.team for each in agenda.ballot.hats} == {Team.PRODDEV}
    assert "ยังไม่พอ" not in [each.text for each in agenda.questions]
    workspace.perform("meeting.vote", meeting.id, {"team": "proddev", "agree": True})
    agenda = agenda_of(workspace)
    assert agenda.ballot.answers == {Team.CUSTDEV: False, Team.PRODDEV: True}
    assert (agenda.ballot.open, agenda.ballot.hats) == (False, ())
    assert "ยังไม่พอ" in [each.text for each in agenda.questions]


def test_a_team_of_which_nobody_takes_part_has_nobody_to_answer(workspace):
    sync(workspace, "an")
    ballot = agenda_of(workspace).ballot
    assert ballot.absent == (Team.PRODDEV,)
    assert {each.member.handle for each in ballot.hats} == {"an"}


def test_a_founder_who_is_both_wears_two_hats(workspace):
    member = next(each for each in workspace.facts.members.values() if each.handle == "an")
    workspace.perform("member.edit", member.id, {"team": "both"})
    meeting = sync(workspace, "an")
    assert [each.team for each in agenda_of(workspace).ballot.hats] == [Team.CUSTDEV, Team.PRODDEV]
    workspace.perform("meeting.vote", meeting.id, {"team": "custdev", "agree": True})
    assert [each.team for each in agenda_of(workspace).ballot.hats] == [Team.PRODDEV]


def test_a_routine_meeting_has_no_ballot_and_a_stopped_workspace_no_agenda(workspace):
    assert sync(workspace, "an", "mei", proposal=None).proposal is None
    assert agenda_of(workspace).ballot is None
    meeting = sync(workspace, "an", "mei", proposal="stop")
    for team in ("custdev", "proddev"):
        workspace.perform("meeting.vote", meeting.id, {"team": team, "agree": True})
    gate = agenda_of(workspace).gate
    workspace.perform("gate.stop", gate.id, {"reason": "x", "stop_kind": "other"})
    assert agenda_of(workspace) is None


def test_open_actions_of_sync_meetings_are_carried_over(workspace):
    meeting = sync(workspace, "an", "mei")
    workspace.perform("action.create", None, {"text": "買溫度計", "due": "2026-03-20", "meeting_id": meeting.id})
    workspace.perform("action.create", None, {"text": "друго", "due": "2026-03-20"})
    texts = [each.text for each in agenda_of(workspace).actions]
    assert "買溫度計" in texts
    assert "друго" not in texts
