"""Records that hold what a hostile workspace would hold, in every field that takes free text."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tests import builders
from tests.ui.screentext import CONTROLS, MARKUP

from fieldgate.domain.kinds import kind_of, kinds
from fieldgate.domain.records.record import Conflict, Record

# A lone surrogate cannot be stored: SQLite takes UTF-8 only.
STRINGS = {name: text for name, text in {**MARKUP, **CONTROLS}.items() if name != "surrogate"}
_KEPT = frozenset({"id", "code", "created_by", "updated_by", "rank", "merged_into", "key", "handle", "segment"})


def spoiled(record: Record, text: str) -> Record:
    """Return a record with a text in every field that takes any text."""
    specs = kinds()[kind_of(record)].fields
    names = [
        name
        for name, spec in specs.items()
        if spec.holds is str and spec.enum is None and name not in _KEPT and not name.endswith(("_id", "_of"))
    ]
    return replace(record, **dict.fromkeys(names, text), conflicts=(Conflict(field=("title",), value=text, by=text),))


def hostile_records() -> Iterator[Record]:
    """Make some of every kind for each string, linked with each other."""
    workspace = spoiled(builders.a_workspace(), "see [/nope] \x1b[31m end")
    yield workspace
    yield replace(builders.a_gate(opened_on=builders.DAY), stop_if=STRINGS["style"])
    for number, text in enumerate(STRINGS.values(), start=1):
        yield from _family(number, text)


def _family(number: int, text: str) -> Iterator[Record]:
    make = partial(_spoil, text)
    member = make(builders.a_member(f"m{number}"))
    customer = replace(make(builders.a_customer(code=f"C{number}")), segment=text)
    belief = make(
        builders.a_hypothesis(code=f"H{number}", state="testing" if number % 2 else "supported", importance=5)
    )
    card = make(
        builders.a_touchpoint(code=f"BY-SAL-{number:02d}", state=("unasked", "gap", "fixing", "ready")[number % 4])
    )
    asked = make(builders.a_requirement(code=f"R{number}", customer_id=customer, touchpoint_id=card))
    meeting = make(
        builders.a_meeting(code=f"M{number}", customer_id=customer, members=frozenset({member.id}), kind="interview")
    )
    note = make(
        builders.a_note(
            code=f"N{number}", customer_id=customer, meeting_id=meeting, touchpoint_id=card, requirement_id=asked
        )
    )
    view = make(builders.a_note(code=f"N{number + 500}", meeting_id=meeting, kind="view"))
    yield from (member, customer, belief, card, asked, meeting, note, view)
    yield builders.a_piece(note, belief, ("yes", "no", "maybe")[number % 3], 3)
    yield make(builders.a_check(card, answer="yes"))
    yield make(builders.a_check(customer, key="accept.build.scope"))
    yield make(builders.an_action(code=f"A{number}", customer_id=customer, hypothesis_id=belief, meeting_id=meeting))


def _spoil(text: str, record: Record) -> Record:
    return spoiled(record, text)
