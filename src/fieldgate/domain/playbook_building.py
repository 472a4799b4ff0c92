"""The playbook out of plain data: what ships, with what a team added by hand.

Reads no files and knows no YAML. `playbook.yaml` of a workspace may change texts and add criteria,
cards, indicators and prompts; it holds no policy, cannot remove a criterion, and cannot touch what `.open`, `.maybe`
and `.sync` measure.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from types import MappingProxyType
from typing import Any

from fieldgate.domain.playbook import (
    NEVER_WAIVED,
    Asking,
    Card,
    CheckText,
    Entry,
    Function,
    Kpi,
    Phase,
    Playbook,
    Prompt,
    Step,
    Strength,
)
from fieldgate.domain.playbook_criteria import build_criteria
from fieldgate.domain.playbook_fields import (
    Place,
    Reader,
    flag,
    known,
    listed,
    one_of,
    record,
    table,
    text,
    texts,
    whole,
)
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Function as FunctionId
from fieldgate.domain.records.journey import Phase as PhaseId
from fieldgate.domain.records.learning import STEPS, Area, Mark, MeetingKind, PivotKind
from fieldgate.domain.records.people import MarketType
from fieldgate.words import t

OVERRIDES = "playbook.yaml"
"""The file of a workspace that a team writes by hand."""

ADDABLE = ("criteria", "cards", "kpis", "prompts")
"""Sections to which a team may add; in the others it may only change texts."""

_AREAS = [area.value for area in Area]
_PHASES = [phase.value for phase in PhaseId]
_FUNCTIONS = [function.value for function in FunctionId]

_CHECK: Mapping[str, Reader] = {
    "text": text,
    "title": text,
    "level": one_of(["build", "benefit", "running", "end"]),
    "ask": text,
    "if_missing": text,
    "functions": listed(one_of(_FUNCTIONS)),
}
_ENTRY: Mapping[str, Reader] = {"title": text, "text": text, "rules": texts}
_STEP: Mapping[str, Reader] = {
    **dict.fromkeys(("title", "purpose", "question", "trap", "entry", "sells", "teams", "spending"), text),
    "activities": texts,
    "also": texts,
    "phases": listed(one_of(_PHASES)),
    "areas": listed(one_of(_AREAS)),
}

SECTIONS: Mapping[str, tuple[type[Any], str, Mapping[str, Reader], tuple[str, ...]]] = {
    "steps": (Step, "id", _STEP, tuple(STEPS)),
    "phases": (Phase, "id", {"title": text, "text": text}, tuple(_PHASES)),
    "functions": (Function, "id", {"title": text}, tuple(_FUNCTIONS)),
    "kpis": (Kpi, "card", {"name": text, "unit": text, "good": one_of(["lower", "higher"]), "definition": text}, ()),
    "traits": (CheckText, "key", _CHECK, ()),
    "acceptance": (CheckText, "key", _CHECK, ()),
    "feasible": (CheckText, "key", _CHECK, ("accept.feasible",)),
    "project_checks": (CheckText, "key", _CHECK, ()),
    "fit_checks": (CheckText, "key", _CHECK, ()),
    "risk_reward": (CheckText, "key", _CHECK, ("leave", "faster", "safer")),
    "marks": (Entry, "id", _ENTRY, tuple(Mark)),
    "meeting_kinds": (Entry, "id", _ENTRY, tuple(MeetingKind)),
    "pivot_kinds": (Entry, "id", _ENTRY, tuple(PivotKind)),
    "market_types": (Entry, "id", _ENTRY, tuple(MarketType)),
}
"""Section: the class of its items, the field that its keys fill, how each other field is read, the ids it must have."""

_OWN_SECTIONS = ("criteria", "cards", "prompts", "asking", "strengths")
ALL_SECTIONS = (*SECTIONS, *_OWN_SECTIONS)
"""Every section of the plain form."""

_CARD: Mapping[str, Reader] = {"title": text, "core": flag, "questions": texts}
_CARD_CODE = re.compile(f"({'|'.join(_PHASES)})-({'|'.join(_FUNCTIONS)})-(?!00)([0-9]{{2}}|D[0-9]{{1,2}})")
_PROMPT: Mapping[str, Reader] = {"text": text, "importance": whole(1, 5)}
_PROMPT_ID = re.compile(rf"({'|'.join(STEPS)}|any)\.({'|'.join(_AREAS)})(\.[a-z0-9_]+)?")
_STRENGTH: Mapping[str, Reader] = {"name": text, "customer": text, "examples": text}
_ASKING: Mapping[str, Reader] = {field.name: texts for field in fields(Asking)}


def build_playbook(
    shipped: Mapping[str, Any],
    overrides: Mapping[str, Any] | None = None,
    policy: Mapping[str, object] | None = None,
    *,
    where: str = OVERRIDES,
) -> Playbook:
    """Build the playbook that holds in one workspace.

    Args:
        shipped: Section to plain data, whole.
        overrides: Section to id to the fields that a team changed or added; None if it wrote none.
        policy: The policy values that differ from the defaults.
        where: The name of the file that the overrides come from, for messages.

    Raises:
        FormatError: Something unknown, missing or of the wrong kind; names file, place and what is allowed.
    """
    numbers = Policy.from_map(policy or {})
    plain = shipped
    if overrides:
        _build(shipped, numbers, "fieldgate")  # from here on, whatever is wrong is the team's file
        plain = _merged(shipped, overrides, Place(file=where))
    return _build(plain, numbers, where if overrides else "fieldgate")


def _merged(shipped: Mapping[str, Any], overrides: Mapping[str, Any], root: Place) -> Mapping[str, Any]:
    plain = {name: dict(data) for name, data in shipped.items()}
    for section, changes in overrides.items():
        place = root.inside(section)
        if section == "policy":
            reason = t("policy numbers do not stand in this file.")
            raise place.refusal(reason, t("They belong to the workspace: they are changed in the app."))
        known(section, ALL_SECTIONS, root)
        for key, change in table(changes, place).items():
            if section not in ADDABLE:
                known(key, plain[section], place)
            plain[section][key] = _changed(plain[section].get(key), change, place.inside(key))
    return plain


def _changed(before: Any, change: Any, place: Place) -> Any:
    """The fields of one item with the changed ones in their place; a list is replaced whole."""
    if isinstance(before, Mapping):
        _keep_common(table(change, place), place)
        return {**before, **change}
    return change


def _keep_common(change: Mapping[str, Any], place: Place) -> None:
    if place.path[0] == "criteria" and place.path[1].rpartition(".")[2] in NEVER_WAIVED:
        known_keys = ("title",)
        for key in change:
            known(key, known_keys, place)


def _build(plain: Mapping[str, Any], policy: Policy, file: str) -> Playbook:
    root = Place(file=file)
    for section in plain:
        known(section, ALL_SECTIONS, root)
    for section in ALL_SECTIONS:
        if section not in plain:
            raise root.refusal(t("the section {section} is missing.", section=section))
    made = {name: _items(name, plain[name], root.inside(name)) for name in SECTIONS}
    cards = _cards(plain["cards"], {kpi.card: kpi for kpi in made.pop("kpis")}, root)
    (feasible,) = made.pop("feasible")
    return Playbook(
        policy=policy,
        criteria=build_criteria(plain["criteria"], cards, policy, root.inside("criteria")),
        cards=MappingProxyType(cards),
        feasible=feasible,
        prompts=_prompts(plain["prompts"], root.inside("prompts")),
        strengths=_strengths(plain["strengths"], root.inside("strengths")),
        asking=Asking(**record(plain["asking"], root.inside("asking"), _ASKING, _ASKING)),
        **made,
    )


def _items(section: str, data: Any, place: Place) -> tuple[Any, ...]:
    """The items of a section in the order of its file; ids that are values of an enum must all be there."""
    kind, key_field, readers, ids = SECTIONS[section]
    required = [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING and field.name != key_field
    ]
    items = table(data, place)
    for key in ids:
        if key not in items:
            raise place.refusal(t("the key {key} is missing.", key=key))
    if ids:
        for key in items:
            known(key, ids, place)
    return tuple(
        kind(**{key_field: key}, **record(item, place.inside(key), readers, required)) for key, item in items.items()
    )


def _cards(data: Any, kpis: Mapping[str, Kpi], root: Place) -> dict[str, Card]:
    """The catalogue; an added card stands after the last one of its cell."""
    place = root.inside("cards")
    cards: list[Card] = []
    for code, item in table(data, place).items():
        found = _CARD_CODE.fullmatch(code)
        if found is None:
            hint = t(
                "Codes look like BY-SAL-11: phase, function, number. C numbers are given on the board, 00 is taken."
            )
            raise place.refusal(t("{code} is no code of a card.", code=code), hint)
        values = {"core": False, **record(item, place.inside(code), _CARD, ("title", "questions"))}
        origin = "derived" if found[3].startswith("D") else "catalogue"
        cards.append(
            Card(code=code, phase=found[1], function=found[2], origin=origin, kpi=kpis.get(code), **values)  # type: ignore[arg-type]  # one of two words
        )
    codes = {card.code for card in cards}
    for code in kpis:
        known(code, codes, root.inside("kpis"))
    cells: dict[tuple[str, str], int] = {}
    for card in cards:
        cells.setdefault((card.phase, card.function), len(cells))
    return {card.code: card for card in sorted(cards, key=lambda card: cells[card.phase, card.function])}


def _prompts(data: Any, place: Place) -> tuple[Prompt, ...]:
    prompts: list[Prompt] = []
    for key, item in table(data, place).items():
        found = _PROMPT_ID.fullmatch(key)
        if found is None:
            hint = t("Ids look like discovery.customer or discovery.customer.budget; `any` is the current step.")
            raise place.refusal(t("{key} is no id of a prompt.", key=key), hint)
        step = "" if found[1] == "any" else found[1]
        values = record(item, place.inside(key), _PROMPT, _PROMPT)
        prompts.append(Prompt(id=key, area=found[2], step=step, **values))
    return tuple(prompts)


def _strengths(data: Any, place: Place) -> tuple[Strength, ...]:
    values = [str(value) for value in range(5)]
    items = record(data, place, dict.fromkeys(values, table), values)
    return tuple(
        Strength(value=int(value), **record(items[value], place.inside(value), _STRENGTH, _STRENGTH))
        for value in values
    )
