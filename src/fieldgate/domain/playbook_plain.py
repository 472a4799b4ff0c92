"""The playbook as plain data and back, so that a store can keep it as JSON and YAML is read only when it changed.

What `to_plain` wrote was checked when the playbook was built, so `from_plain` does not check it again: it runs before
the first screen.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from types import MappingProxyType
from typing import Any

from fieldgate.domain.playbook import (
    Asking,
    Card,
    CheckText,
    Criterion,
    Entry,
    Function,
    Kpi,
    Need,
    Phase,
    Playbook,
    Prompt,
    Step,
    Strength,
)
from fieldgate.domain.policy import Policy
from fieldgate.errors import FormatError
from fieldgate.words import t

FORMAT = 1
"""Number of the plain form; raise it when the form or the meaning of a field changes."""

_LISTS: Mapping[str, type[Any]] = {
    "steps": Step,
    "phases": Phase,
    "functions": Function,
    "prompts": Prompt,
    "traits": CheckText,
    "acceptance": CheckText,
    "project_checks": CheckText,
    "fit_checks": CheckText,
    "risk_reward": CheckText,
    "strengths": Strength,
    "marks": Entry,
    "meeting_kinds": Entry,
    "pivot_kinds": Entry,
    "market_types": Entry,
}


def to_plain(playbook: Playbook) -> dict[str, Any]:
    """The playbook as maps, lists, text, numbers and yes/no, fit for JSON; `from_plain` gives the same back."""
    return {
        "format": FORMAT,
        "policy": playbook.policy.to_map(),
        "criteria": _plain(playbook.criteria),
        "cards": _plain(tuple(playbook.cards.values())),
        "feasible": _plain(playbook.feasible),
        "asking": _plain(playbook.asking),
        **{name: _plain(getattr(playbook, name)) for name in _LISTS},
    }


def from_plain(plain: Mapping[str, Any]) -> Playbook:
    """The playbook that `to_plain` took apart.

    Raises:
        FormatError: It was written by another version, or is damaged: build it anew.
    """
    if plain.get("format") != FORMAT:
        raise FormatError(t("The kept playbook was written by another version."))
    try:
        cards = (_card(item) for item in plain["cards"])
        return Playbook(
            policy=Policy.from_map(plain["policy"]),
            criteria=tuple(_criterion(item) for item in plain["criteria"]),
            cards=MappingProxyType({card.code: card for card in cards}),
            feasible=CheckText(**_frozen(plain["feasible"])),
            asking=Asking(**_frozen(plain["asking"])),
            **{name: tuple(kind(**_frozen(item)) for item in plain[name]) for name, kind in _LISTS.items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise FormatError(t("The kept playbook is damaged.")) from error


def _plain(value: Any) -> Any:
    """Lists for tuples, maps for the rest; fields that hold their default are left out."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (str, int)):
        return value
    held = {field.name: getattr(value, field.name) for field in fields(value) if _is_told(value, field)}
    return {name: _plain(inner) for name, inner in held.items()}


def _is_told(item: Any, field: Any) -> bool:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(getattr(item, field.name) != default)


def _frozen(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}


def _card(item: Mapping[str, Any]) -> Card:
    values = _frozen(item)
    if "kpi" in values:
        values["kpi"] = Kpi(**values["kpi"])
    return Card(**values)


def _criterion(item: Mapping[str, Any]) -> Criterion:
    needs = tuple(
        Need(measure=need["measure"], args=MappingProxyType(_frozen(need.get("args", {})))) for need in item["needs"]
    )
    return Criterion(**{**item, "needs": needs})
