"""Values of fields as other programs write them: days, numbers, and words for enum values."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from fieldgate.domain.folding import same
from fieldgate.domain.records.learning import Area, MeetingKind, Purpose, Step
from fieldgate.domain.records.people import Role
from fieldgate.domain.records.work import Urgency
from fieldgate.imports.harvest import Harvest
from fieldgate.words import t

E = TypeVar("E", bound=StrEnum)

ENUMS: dict[str, type[StrEnum]] = {
    "area": Area,
    "step": Step,
    "role": Role,
    "urgency": Urgency,
    "kind": MeetingKind,
    "purpose": Purpose,
}
NUMBERS = {"importance": (1, 5), "awareness": (0, 5), "target_n": (1, 1000), "pass_pct": (1, 100)}
DAYS = frozenset({"date", "due", "reported_at"})
_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTHS = 12
_EUROPEAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def day_order(texts: Iterable[str]) -> str:
    """Return how days with strokes are written in a column: `day` or `month` first; empty where nothing tells.

    One day after the twelfth tells it for all; where two speak against each other nothing is known.
    """
    found = [(int(each[1]), int(each[2])) for text in texts if (each := _SLASHED.search(text))]
    day = any(first > _MONTHS for first, _ in found)
    month = any(second > _MONTHS for _, second in found)
    return "" if day == month else "day" if day else "month"


def read_day(text: str, order: str = "") -> date | None:
    """Return the day that a text names: 2026-03-16, 2026/3/16 or 16.3.2026.

    3/4/2026 may mean two days, and is none where `order` does not say which comes first: `day` or `month`.
    """
    found = _DAY.search(text)
    parts = found.groups() if found else None
    if parts is None and (found := _EUROPEAN.search(text)):
        parts = (found[3], found[2], found[1])
    order = order or day_order([text])
    if parts is None and order and (found := _SLASHED.search(text)):
        parts = (found[3], found[2], found[1]) if order == "day" else (found[3], found[1], found[2])
    if parts is None:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def read_value(field: str, text: str, where: str, harvest: Harvest, *, order: str = "") -> Any:
    """Return the value of a field, None where the text is empty or cannot be one; the latter is told."""
    text = text.strip()
    if not text:
        return None
    value: Any = text
    if field in DAYS:
        value = read_day(text, order)
    elif field in ENUMS:
        value = next(
            (each for each in ENUMS[field] if same(each.value.replace("_", " "), text.replace("_", " "))), None
        )
    elif field in NUMBERS:
        low, high = NUMBERS[field]
        bare = text.removesuffix("%").strip()
        value = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < len("10000") else None
        value = value if value is not None and low <= value <= high else None
    if value is None:
        harvest.leave_out(where, t("{text} is no {field}", text=text[:60], field=field))
    return value
