"""Lineage: which belief came out of which, and what changed at each fork.

Following `parent_id` gives the line of descent of a belief; each generation shows its statement, its
counts, the kind of change that made it, the gate it was born at and the day. A narrowed belief has a kind and no gate.
"""

from collections.abc import Iterator
from datetime import date

from fieldgate.domain.beliefs import live_beliefs
from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.folding import same
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.domain.snapshot import Snapshot
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One belief in a line of descent.

    `born_on`: the day the gate closed that it was born at, else the day it was written. `changed`: the fields in which
    it differs from its parent, in a fixed order. `settled_on`: the day of its verdict, or on which it was retired.
    """

    belief: Hypothesis
    parent: Hypothesis | None
    gate: Gate | None
    born_on: date
    settled_on: date | None
    yes: int
    no: int
    maybe: int
    confidence: float
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One line of a drawn tree: what stands before the belief, and before the further lines of its text."""

    generation: Generation
    lead: str
    follow: str
    depth: int
    children: int


def generation_of(facts: Snapshot, belief: Hypothesis, policy: Policy) -> Generation:
    """Return a belief with what its line of descent shows of it."""
    count = tally(facts, belief, policy)
    parent = facts.hypotheses.get(belief.parent_id or "")
    gate = facts.gates.get(belief.born_gate_id or "")
    born = gate.closed_on if gate is not None and gate.closed_on is not None else belief.created_at.date()
    return Generation(
        belief=belief,
        parent=parent,
        gate=gate,
        born_on=born,
        settled_on=belief.verdict_on,
        yes=count.yes,
        no=count.no,
        maybe=count.maybe,
        confidence=count.confidence,
        changed=tuple(_changed(parent, belief)) if parent is not None else (),
    )


def line_of_descent(facts: Snapshot, belief: Hypothesis, policy: Policy) -> tuple[Generation, ...]:
    """Return the line of a belief, its oldest ancestor first; a circle ends where it began."""
    line: list[Hypothesis] = []
    seen: set[str] = set()
    each: Hypothesis | None = belief
    while each is not None and each.id not in seen:
        seen.add(each.id)
        line.append(each)
        each = facts.hypotheses.get(each.parent_id or "")
    return tuple(generation_of(facts, each, policy) for each in reversed(line))


def pivot_tree(facts: Snapshot, policy: Policy) -> tuple[Branch, ...]:
    """Draw the descent of all beliefs, each below the one that it came out of; lone beliefs are trees of one."""
    children: dict[str, list[Hypothesis]] = {}
    beliefs = sorted(live_beliefs(facts), key=lambda each: code_order(each.code))
    known = {each.id for each in beliefs}
    roots = []
    for each in beliefs:
        if each.parent_id in known:
            children.setdefault(each.parent_id or "", []).append(each)
        else:
            roots.append(each)
    drawn: list[Branch] = []
    seen: set[str] = set()
    # What is left after the roots stands in a circle, which only a hand-written file can make.
    for root in (*roots, *beliefs):
        if root.id not in seen:
            drawn.extend(_branches(facts, root, policy, children, seen))
    return tuple(drawn)


def _branches(
    facts: Snapshot, root: Hypothesis, policy: Policy, children: dict[str, list[Hypothesis]], seen: set[str]
) -> Iterator[Branch]:
    """Walk a tree without recursion: a line of descent may be longer than a stack is deep."""
    waiting: list[tuple[Hypothesis, str, bool, int]] = [(root, "", True, 0)]
    while waiting:
        belief, before, last, depth = waiting.pop()
        seen.add(belief.id)
        below = [each for each in children.get(belief.id, []) if each.id not in seen]
        lead, inner = (
            ("", "") if depth == 0 else (f"{before}{'└─' if last else '├─'} ", f"{before}{'   ' if last else '│  '}")
        )
        yield Branch(
            generation=generation_of(facts, belief, policy),
            lead=lead,
            follow=f"{inner}{'│  ' if below else '   '}",
            depth=depth,
            children=len(below),
        )
        waiting.extend((each, inner, each is below[-1], depth + 1) for each in reversed(below))


def _changed(parent: Hypothesis, belief: Hypothesis) -> Iterator[str]:
    if parent.statement != belief.statement:
        yield "statement"
    if not same(parent.segment or "", belief.segment or ""):
        yield "segment"
    for name in ("area", "step", "importance"):
        if getattr(parent, name) != getattr(belief, name):
            yield name
