"""Gate criteria out of plain data: every need names a measure that exists, with arguments that it understands."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from fieldgate.domain.playbook import NEVER_WAIVED, Criterion, Need
from fieldgate.domain.playbook_fields import Place, Reader, flag, known, listed, one_of, record, table, text, whole
from fieldgate.domain.policy import POLICY_KEYS, Policy
from fieldgate.domain.records.journey import Phase, TouchpointState
from fieldgate.domain.records.learning import STEPS, Area
from fieldgate.words import t

_COMMON = {"open": "beliefs_settled", "maybe": "maybes_treated", "sync": "teams_agree"}
"""What the criteria of every gate measure."""

_NUMBERS = [key for key in POLICY_KEYS if key != "step_days"]
_ID = re.compile(rf"({'|'.join(STEPS)})\.([a-z][a-z0-9_]*)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _number(low: int, high: int) -> Reader:
    """A whole number, or $key for a number of the policy."""
    plain = whole(low, high)

    def read(value: Any, place: Place) -> int | str:
        if isinstance(value, str) and value.startswith("$"):
            return f"${known(value[1:], _NUMBERS, place)}"
        number: int = plain(value, place)
        return number

    return read


_COUNT = _number(1, 1_000_000)
_AREAS = listed(one_of([area.value for area in Area]))
_STATES = listed(one_of([state.value for state in TouchpointState]))
_PHASE = one_of([phase.value for phase in Phase])

MEASURE_ARGS: Mapping[str, Mapping[str, Reader]] = MappingProxyType(
    {
        "customers_heard": {"at_least": _COUNT},
        "supported": {"areas": _AREAS, "at_least": _COUNT},
        "settled": {"areas": _AREAS},
        "lead_awareness": {"awareness": _number(0, 5), "at_least": _COUNT},
        "supported_with_yes": {"areas": _AREAS, "strength": _number(0, 4)},
        "features_braked": {},
        "orders": {"at_least": _COUNT, "strength": _number(0, 4)},
        "kpi_known": {"cards": listed(text), "or_na": flag},
        "market_type_set": {},
        "cards_in": {"phase": _PHASE, "states": _STATES},
        "cards_not_in": {"phase": _PHASE, "states": _STATES},
        "owners": {"phases": listed(_PHASE)},
        "field_visits": {},
        "cocreation_sound": {},
        "demand_repeats": {"areas": _AREAS, "strength": _number(0, 4), "pieces": _COUNT, "apart": _COUNT},
        "attested": {},
        "beliefs_settled": {},
        "maybes_treated": {},
        "teams_agree": {},
    }
)
"""The arguments of every measure. All must be given but `or_na`, which is no unless said."""


def build_criteria(data: Any, codes: Collection[str], policy: Policy, place: Place) -> tuple[Criterion, ...]:
    """The criteria of all gates in the order of their steps; `.open`, `.maybe`, `.sync` close each gate.

    Args:
        data: Id to title, needs and the sentence to attest.
        codes: The codes of the catalogue's cards.
        policy: Fills the {placeholders} of sentences.
        place: Where the data stands.

    Raises:
        FormatError: As for a playbook.
    """
    criteria = [_criterion(key, item, codes, policy, place.inside(key)) for key, item in table(data, place).items()]
    ids = {criterion.id for criterion in criteria}
    for step in STEPS:
        for name in NEVER_WAIVED:
            if f"{step}.{name}" not in ids:
                raise place.refusal(t("the criterion {key} is missing.", key=f"{step}.{name}"))
    return tuple(sorted(criteria, key=_order))


def _order(criterion: Criterion) -> tuple[int, int]:
    name = criterion.id.rpartition(".")[2]
    steps = [str(step) for step in STEPS]
    return steps.index(criterion.step), NEVER_WAIVED.index(name) + 1 if name in NEVER_WAIVED else 0


def _criterion(key: str, item: Any, codes: Collection[str], policy: Policy, place: Place) -> Criterion:
    found = _ID.fullmatch(key)
    if found is None:
        raise place.refusal(t("this is no id of a criterion."), t("Ids look like discovery.heard: step, name."))
    readers: Mapping[str, Reader] = {
        "title": text,
        "check": lambda value, at: _filled(text(value, at), policy, at),
        "needs": listed(lambda value, at: _need(value, codes, at)),
    }
    values = record(item, place, readers, ("title", "needs"))
    _check_kind(found[2], values, place)
    return Criterion(
        id=key,
        step=found[1],
        kind="attested" if "check" in values else "auto",
        waivable=found[2] not in NEVER_WAIVED,
        **values,
    )


def _check_kind(name: str, values: Mapping[str, Any], place: Place) -> None:
    """A sentence to attest and the measure `attested` need each other; what every gate asks is always the same."""
    measures = [need.measure for need in values["needs"]]
    if ("check" in values) != ("attested" in measures):
        raise place.refusal(t("the key check and the measure attested stand together or not at all."))
    if name in NEVER_WAIVED and measures != [_COMMON[name]]:
        raise place.refusal(t("this criterion has the one measure {measure}.", measure=_COMMON[name]))


def _need(value: Any, codes: Collection[str], place: Place) -> Need:
    data = table(value, place)
    if "measure" not in data:
        raise place.refusal(t("the key {key} is missing.", key="measure"))
    measure = one_of(MEASURE_ARGS)(data["measure"], place.inside("measure"))
    readers = MEASURE_ARGS[measure]
    given = {name: arg for name, arg in data.items() if name != "measure"}
    args = record(given, place, readers, [name for name in readers if name != "or_na"])
    for code in args.get("cards", ()):
        known(code, codes, place.inside("cards"))
    return Need(measure=measure, args=MappingProxyType(args))


def _filled(sentence: str, policy: Policy, place: Place) -> str:
    for key in _PLACEHOLDER.findall(sentence):
        known(key, _NUMBERS, place)
    return _PLACEHOLDER.sub(lambda found: str(getattr(policy, found[1])), sentence)
