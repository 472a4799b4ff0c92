"""Attendance: which meetings took place, and who of us was there."""

from tests.builders import DAY, NOW, a_meeting, a_member, an_id, day, facts, moment

from fieldgate.domain.attendance import is_held, is_joint_sync, latest, members_at, product_deciders, teams_missing
from fieldgate.domain.records.learning import MeetingKind
from fieldgate.domain.records.people import Team


def test_a_meeting_counts_from_its_day_on():
    assert is_held(a_meeting(date=DAY), DAY)
    assert not is_held(a_meeting(date=day(1)), DAY)
    assert not is_held(a_meeting(date=DAY, deleted_at=NOW), DAY)


def test_the_latest_meeting_of_a_day_is_the_one_entered_last():
    first, second = a_meeting(created_at=moment(-1)), a_meeting(created_at=NOW)
    assert latest([second, first, a_meeting(date=day(-1), created_at=moment(1))]) == second
    assert latest([]) is None


def test_a_founder_of_both_teams_counts_for_each():
    out, inward = a_member("ana", team=Team.CUSTDEV), a_member("binh", team=Team.PRODDEV)
    both, gone = a_member("chi", team=Team.BOTH), a_member("dan", team=Team.BOTH, deleted_at=NOW)
    found = facts(out, inward, both, gone)

    def missing(*members):
        return teams_missing(found, a_meeting(members=frozenset(each.id for each in members)))

    assert missing(both) == ()
    assert missing(out, inward) == ()
    assert missing(out) == (Team.PRODDEV,)
    assert missing(inward) == (Team.CUSTDEV,)
    assert missing(gone) == (Team.CUSTDEV, Team.PRODDEV)
    meeting = a_meeting(members=frozenset({inward.id, out.id, gone.id, an_id(3)}))
    assert members_at(found, meeting) == [out, inward]


def test_a_joint_sync_is_a_sync_that_was_held_with_both_teams():
    both = a_member("chi", team=Team.BOTH)
    members = frozenset({both.id})
    found = facts(both)
    assert is_joint_sync(found, a_meeting(kind=MeetingKind.SYNC, members=members), DAY)
    assert not is_joint_sync(found, a_meeting(kind=MeetingKind.SYNC), DAY)
    assert not is_joint_sync(found, a_meeting(members=members), DAY)
    assert not is_joint_sync(found, a_meeting(kind=MeetingKind.SYNC, members=members, date=day(1)), DAY)


def test_the_product_is_decided_by_its_key_members_or_by_all_when_none_is_key():
    ana = a_member("ana", team=Team.CUSTDEV, key=True)
    binh, chi = a_member("binh", team=Team.PRODDEV), a_member("chi", team=Team.BOTH)
    away = a_member("dan", team=Team.PRODDEV, key=True, active=False)
    assert product_deciders(facts(chi, ana, binh, away)) == [binh, chi]
    key = a_member("eve", team=Team.BOTH, key=True)
    assert product_deciders(facts(chi, ana, binh, key)) == [key]
