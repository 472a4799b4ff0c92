"""The ballot of a sync meeting: how two teams answer, and what may be shown of it.

Standing answer: each team answers before it sees the other's answer, so an answer is shown when both have given theirs.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fieldgate.domain.records.learning import Meeting
from fieldgate.domain.records.people import Team


def given(meeting: Meeting) -> Mapping[Team, bool | None]:
    """What each team answered; None where it has not yet."""
    return MappingProxyType({Team.CUSTDEV: meeting.agree_custdev, Team.PRODDEV: meeting.agree_proddev})


def answered(meeting: Meeting) -> frozenset[Team]:
    """The teams that have answered."""
    return frozenset(team for team, answer in given(meeting).items() if answer is not None)


def shown(meeting: Meeting) -> Mapping[Team, bool | None]:
    """What may be shown: both answers, or none while one is missing."""
    answers = given(meeting)
    return answers if None not in answers.values() else MappingProxyType(dict.fromkeys(answers))
