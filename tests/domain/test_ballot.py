"""The ballot: nobody sees an answer before both are given."""

import pytest
from tests.builders import a_meeting

from fieldgate.domain.ballot import answered, given, shown
from fieldgate.domain.records.people import Team


@pytest.mark.parametrize(
    ("custdev", "proddev", "seen"),
    [
        (None, None, (None, None)),
        (True, None, (None, None)),
        (None, False, (None, None)),
        (True, False, (True, False)),
        (True, True, (True, True)),
    ],
)
def test_an_answer_is_shown_when_both_are_there(custdev, proddev, seen):
    meeting = a_meeting(agree_custdev=custdev, agree_proddev=proddev)
    assert tuple(shown(meeting).values()) == seen
    assert tuple(given(meeting).values()) == (custdev, proddev)
    told = {Team.CUSTDEV: custdev, Team.PRODDEV: proddev}
    assert answered(meeting) == {team for team, answer in told.items() if answer is not None}
