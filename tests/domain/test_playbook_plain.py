import json

import pytest

from fieldgate.domain.playbook_building import build_playbook
from fieldgate.domain.playbook_plain import from_plain, to_plain
from fieldgate.errors import FormatError
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_sections


@pytest.fixture(scope="module")
def playbook():
    shipped = shipped_sections(Locations.find().playbooks())
    policy = {"building_mainstream": "25", "step_days": {"creation": "7"}}
    return build_playbook(shipped, {"cards": {"FO-SAL-01": {"title": "展會", "questions": ["誰去？"]}}}, policy)


def test_a_playbook_comes_back_from_json_as_it_was(playbook):
    again = from_plain(json.loads(json.dumps(to_plain(playbook))))
    assert again == playbook
    assert list(again.cards) == list(playbook.cards)
    assert again.criteria[-5].check == "At least 25 paying customers are not early believers"
    assert to_plain(again) == to_plain(playbook)


@pytest.mark.parametrize("plain", [{}, {"format": 0}, {"format": "1"}])
def test_a_playbook_of_another_version_is_refused(plain):
    with pytest.raises(FormatError, match="another version"):
        from_plain(plain)


@pytest.mark.parametrize(
    "damage",
    [
        lambda plain: plain.pop("cards"),
        lambda plain: plain["cards"][0].pop("title"),
        lambda plain: plain["cards"][0].update(colour="red"),
        lambda plain: plain.update(cards=3),
        lambda plain: plain.update(policy="x"),
        lambda plain: plain.update(policy={"k": "many"}),
        lambda plain: plain["steps"].append("x"),
    ],
)
def test_a_damaged_playbook_is_refused(playbook, damage):
    plain = json.loads(json.dumps(to_plain(playbook)))
    damage(plain)
    with pytest.raises(FormatError):
        from_plain(plain)
