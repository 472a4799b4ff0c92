"""The policy: the numbers of the method that a team may change, typed and within bounds.

Defaults stand here; a workspace record holds only the values that differ, and every change of one is
an event. Values arrive as whole numbers or as their digits, since a file holds text only.
"""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Self

from fieldgate.domain.records.learning import STEPS
from fieldgate.errors import FormatError
from fieldgate.values import dataclass
from fieldgate.words import mark, t

_STEP_DAYS: Mapping[str, int] = MappingProxyType({"discovery": 90, "validation": 120, "creation": 180, "building": 365})


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyKey:
    """What one number means and between which bounds it makes sense."""

    meaning: str
    low: int = 1
    high: int = 3650


POLICY_KEYS: Mapping[str, PolicyKey] = MappingProxyType(
    {
        "key_importance": PolicyKey(meaning=mark("from this importance a hypothesis is key"), high=5),
        "target_n": PolicyKey(meaning=mark("firm answers wanted"), high=1000),
        "pass_pct": PolicyKey(meaning=mark("share of yes that passes"), high=100),
        "firm_strength": PolicyKey(meaning=mark("from this strength an answer is firm"), high=4),
        "k": PolicyKey(meaning=mark("caution constant of confidence"), high=1000),
        "maybe_days": PolicyKey(meaning=mark("patience with a maybe")),
        "chase_days": PolicyKey(meaning=mark("due date of a chase action")),
        "max_testing": PolicyKey(meaning=mark("soft limit of hypotheses in testing"), high=1000),
        "max_fixing": PolicyKey(meaning=mark("soft limit of touchpoints in fixing"), high=1000),
        "snooze_max_days": PolicyKey(meaning=mark("longest snooze")),
        "snooze_max_times": PolicyKey(meaning=mark("snoozes per item"), low=0, high=100),
        "review_days": PolicyKey(meaning=mark("a ready touchpoint is stale after this")),
        "minutes_days": PolicyKey(meaning=mark("minutes unshared after this come to triage")),
        "step_days": PolicyKey(meaning=mark("days from opening a gate to its decision, per step")),
        "discovery_customers": PolicyKey(meaning=mark("lead customers to hear before leaving discovery"), high=10_000),
        "discovery_early": PolicyKey(meaning=mark("early believers to find in discovery"), high=10_000),
        "validation_orders": PolicyKey(meaning=mark("paid orders to win in validation"), high=10_000),
        "creation_repeat_days": PolicyKey(meaning=mark("days apart at which demand must repeat")),
        "brake_no": PolicyKey(
            meaning=mark("customers who say no before a feature may be opened in discovery"), high=10_000
        ),
        "sync_days": PolicyKey(meaning=mark("a sync meeting is due after this long without one")),
        "building_mainstream": PolicyKey(
            meaning=mark("paying customers who are not early believers, to leave building"), high=1_000_000
        ),
    }
)
"""Every key of the policy, in the order in which it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The numbers in force. Days are calendar days; what each means stands in POLICY_KEYS."""

    key_importance: int = 4
    target_n: int = 5
    pass_pct: int = 60
    firm_strength: int = 2
    k: int = 6
    maybe_days: int = 14
    chase_days: int = 7
    max_testing: int = 3
    max_fixing: int = 3
    snooze_max_days: int = 14
    snooze_max_times: int = 2
    review_days: int = 90
    minutes_days: int = 2
    step_days: Mapping[str, int] = field(default_factory=lambda: _STEP_DAYS)
    discovery_customers: int = 12
    discovery_early: int = 3
    validation_orders: int = 3
    creation_repeat_days: int = 28
    brake_no: int = 2
    sync_days: int = 14
    building_mainstream: int = 10

    @classmethod
    def from_map(cls, changed: Mapping[str, object]) -> Self:
        """Make a policy from the values that differ from the defaults.

        Args:
            changed: Key to whole number or its digits; `step_days` is a map of step to days, steps left out keep
                theirs. A workspace record, which holds texts only, says `step_days.creation`.

        Raises:
            FormatError: An unknown key, or a value that is no whole number within its bounds; names the key.
        """
        values: dict[str, object] = {}
        for key, value in _nested(changed).items():
            if key not in POLICY_KEYS:
                message = t("The policy has no key {key}.", key=key)
                raise FormatError(message, t("The keys are {keys}.", keys=", ".join(POLICY_KEYS)), f"policy.{key}")
            values[key] = _step_days(value) if key == "step_days" else _whole(key, value, POLICY_KEYS[key])
        return cls(**values)  # type: ignore[arg-type]  # each value was typed by its key just above

    def to_map(self) -> dict[str, object]:
        """The values that differ from the defaults; `from_map` gives the same policy again."""
        changed: dict[str, object] = {}
        for key in POLICY_KEYS:
            value = getattr(self, key)
            if key == "step_days":
                days = {step: value[step] for step in _STEP_DAYS if value[step] != _STEP_DAYS[step]}
                changed |= {key: days} if days else {}
            elif value != getattr(_DEFAULT, key):
                changed[key] = value
        return changed

    def to_texts(self) -> dict[str, str]:
        """The same as a workspace record keeps them: flat, in digits, with `step_days.<step>`."""
        texts: dict[str, str] = {}
        for key, value in self.to_map().items():
            if isinstance(value, Mapping):
                texts |= {f"{key}.{step}": str(count) for step, count in value.items()}
            else:
                texts[key] = str(value)
        return texts


def read_policy(changed: Mapping[str, object]) -> tuple[Policy, tuple[FormatError, ...]]:
    """Make a policy from what somebody else wrote: a value that cannot be used keeps its default and is told."""
    good: dict[str, object] = {}
    trouble: list[FormatError] = []
    for key, value in changed.items():
        try:
            Policy.from_map({key: value})
        except FormatError as error:
            trouble.append(error)
        else:
            good[key] = value
    return Policy.from_map(good), tuple(trouble)


def _nested(changed: Mapping[str, object]) -> Mapping[str, object]:
    """Gather `step_days.<step>` under `step_days`."""
    flat = {key.partition(".")[2]: value for key, value in changed.items() if key.startswith("step_days.")}
    if not flat:
        return changed
    given = changed.get("step_days", {})
    days = {**given, **flat} if isinstance(given, Mapping) else given
    return {**{key: value for key, value in changed.items() if not key.startswith("step_days.")}, "step_days": days}


def _step_days(value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping):
        message = t("The policy key {key} must be a map of step to days.", key="step_days")
        raise FormatError(message, t("The steps are {ids}.", ids=", ".join(STEPS)), "policy.step_days")
    days = dict(_STEP_DAYS)
    for step, count in value.items():
        if step not in _STEP_DAYS:
            message = t("The policy key {key} names a step {step} that does not exist.", key="step_days", step=step)
            raise FormatError(message, t("The steps are {ids}.", ids=", ".join(STEPS)), f"policy.step_days.{step}")
        days[step] = _whole(f"step_days.{step}", count, POLICY_KEYS["step_days"])
    return MappingProxyType(days)


def _whole(key: str, value: object, about: PolicyKey) -> int:
    """Take a whole number or its ASCII digits; a yes/no is no number, nor is 1.5 or "٣"."""
    number = None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(about.high)):
        number = int(value)
    if number is None or not about.low <= number <= about.high:
        bounds = {"low": about.low, "high": about.high}
        message = t("The policy key {key} must be a whole number from {low} to {high}.", key=key, **bounds)
        raise FormatError(message, t("It says {value}.", value=repr(value)[:80]), f"policy.{key}")
    return number


_DEFAULT = Policy()
