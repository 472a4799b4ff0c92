import dataclasses

import pytest

from fieldgate.domain.policy import POLICY_KEYS, Policy, read_policy
from fieldgate.errors import FormatError

DEFAULTS = {
    "key_importance": 4,
    "target_n": 5,
    "pass_pct": 60,
    "firm_strength": 2,
    "k": 6,
    "maybe_days": 14,
    "chase_days": 7,
    "max_testing": 3,
    "max_fixing": 3,
    "snooze_max_days": 14,
    "snooze_max_times": 2,
    "review_days": 90,
    "minutes_days": 2,
    "step_days": {"discovery": 90, "validation": 120, "creation": 180, "building": 365},
    "discovery_customers": 12,
    "discovery_early": 3,
    "validation_orders": 3,
    "creation_repeat_days": 28,
    "brake_no": 2,
    "sync_days": 14,
    "building_mainstream": 10,
}


def test_the_defaults_are_those_of_the_method():
    assert {field.name: getattr(Policy(), field.name) for field in dataclasses.fields(Policy)} == DEFAULTS


def test_every_key_has_a_meaning_and_a_field():
    assert list(POLICY_KEYS) == list(DEFAULTS)
    assert all(key.meaning for key in POLICY_KEYS.values())


def test_numbers_may_come_as_digits_and_steps_left_out_keep_theirs():
    policy = Policy.from_map({"maybe_days": "10", "target_n": 7, "step_days": {"creation": "60"}})
    assert (policy.maybe_days, policy.target_n) == (10, 7)
    assert policy.step_days == {"discovery": 90, "validation": 120, "creation": 60, "building": 365}


def test_only_what_differs_is_kept():
    changed = {"maybe_days": 10, "step_days": {"creation": 60}}
    assert Policy().to_map() == {}
    assert Policy.from_map(changed).to_map() == changed
    assert Policy.from_map({"maybe_days": 14, "step_days": {"creation": 180}}).to_map() == {}
    assert Policy.from_map(Policy.from_map(changed).to_map()) == Policy.from_map(changed)


def test_a_workspace_record_keeps_them_flat_and_as_texts():
    policy = Policy.from_map({"maybe_days": 10, "step_days": {"creation": 60, "building": 30}})
    assert policy.to_texts() == {"maybe_days": "10", "step_days.creation": "60", "step_days.building": "30"}
    assert Policy.from_map(policy.to_texts()) == policy
    assert Policy.from_map({"step_days": {"creation": 5, "building": 7}, "step_days.creation": "6"}).step_days == {
        "discovery": 90,
        "validation": 120,
        "creation": 6,
        "building": 7,
    }
    assert Policy().to_texts() == {}


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"maybe_day": 3}, "policy.maybe_day", "The policy has no key maybe_day."),
        ({"maybe_days": "soon"}, "policy.maybe_days", "must be a whole number from 1 to 3650"),
        ({"maybe_days": 0}, "policy.maybe_days", "must be a whole number from 1 to 3650"),
        ({"maybe_days": True}, "policy.maybe_days", "must be a whole number"),
        ({"maybe_days": 1.5}, "policy.maybe_days", "must be a whole number"),
        ({"maybe_days": "-3"}, "policy.maybe_days", "must be a whole number"),
        ({"maybe_days": "٣"}, "policy.maybe_days", "must be a whole number"),
        ({"maybe_days": "9" * 5000}, "policy.maybe_days", "must be a whole number"),
        ({"maybe_days": ("3",)}, "policy.maybe_days", "must be a whole number"),
        ({"key_importance": 6}, "policy.key_importance", "from 1 to 5"),
        ({"pass_pct": 101}, "policy.pass_pct", "from 1 to 100"),
        ({"firm_strength": 0}, "policy.firm_strength", "from 1 to 4"),
        ({"step_days": "90, 120"}, "policy.step_days", "must be a map of step to days"),
        ({"step_days": {"growth": 3}}, "policy.step_days.growth", "names a step growth that does not exist"),
        ({"step_days.growth": "3"}, "policy.step_days.growth", "names a step growth that does not exist"),
        ({"step_days": "90", "step_days.creation": "3"}, "policy.step_days", "must be a map of step to days"),
        ({"step_days": {"creation": "x"}}, "policy.step_days", "step_days.creation must be a whole number"),
    ],
)
def test_a_value_out_of_its_bounds_is_refused_with_its_key(changed, where, words):
    with pytest.raises(FormatError) as caught:
        Policy.from_map(changed)
    assert words in caught.value.message
    assert caught.value.where.startswith(where)
    assert caught.value.hint


def test_what_somebody_else_wrote_wrong_keeps_its_default_and_is_told():
    policy, trouble = read_policy({"maybe_days": "soon", "k": "7", "nonsense": "1"})
    assert policy == Policy(k=7)
    assert [error.where for error in trouble] == ["policy.maybe_days", "policy.nonsense"]
