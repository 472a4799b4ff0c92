"""What a rule found: met or not, in words, with the records that would fix it."""

from fieldgate.domain.display import cut
from fieldgate.domain.identity import code_parts
from fieldgate.domain.records.people import Customer
from fieldgate.values import dataclass
from fieldgate.words import t

_NAME_CELLS = 40
NAMED = 3
"""How many records one sentence names before it says how many more there are."""

FIXES = 12
"""How many records one finding lists at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A record that would mend what is missing, and what to do with it.

    `id` and `code` are empty where the record has still to be made.
    """

    kind: str
    id: str = ""
    code: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one measure found. `text` says what is there, or what is missing when it is not met."""

    met: bool
    value: int
    want: int
    text: str
    fix: tuple[Fix, ...] = ()


def counted(number: int, one: str, many: str) -> str:
    """Say a number of things: `one` when there is one, else `many`, which holds {n}."""
    return t(one) if number == 1 else t(many, n=number)


def name_of(customer: Customer) -> str:
    """A customer as sentences name it: Mai Tran (C3); a long name is cut."""
    return f"{cut(customer.name, _NAME_CELLS)} ({customer.code})"


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Join names for a sentence: the first few, then how many more."""
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    return t("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown


def code_order(code: str) -> tuple[str, int, str]:
    """Sort codes as people count: H2 before H10, cards of the journey by their text."""
    letter, number = code_parts(code) or (code, 0)
    return letter, number, code
