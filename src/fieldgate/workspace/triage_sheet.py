"""What an item of triage is shown with: all that is needed to decide, and nothing more. For the screen and for lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.beliefs import is_key, live_beliefs, riskiest
from fieldgate.domain.evidence import tally
from fieldgate.domain.gates import policy_of
from fieldgate.values import dataclass
from fieldgate.workspace.triage_lines import Line, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A hypothesis that a note may speak to, riskiest first."""

    id: str
    code: str
    statement: str
    key: bool
    yes: int
    maybe: int
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One item: what it is about, in whose words, with its facts and its surroundings."""

    kind: str
    code: str
    text: str
    lines: tuple[Line, ...]
    beliefs: tuple[Belief, ...] = ()


def sheet_of(workspace: Workspace, item: Item) -> Sheet:
    """Gather what an item is shown with."""
    record = workspace.record(item.record_kind, item.record_id)
    if record is None:
        return Sheet(kind=item.kind, code=item.code, text="", lines=())
    look = Look(workspace, item, record)
    text, lines = look.text(), tuple(look.lines())
    beliefs = tuple(beliefs_of(workspace)) if item.kind == "note" else ()
    return Sheet(kind=item.kind, code=item.code, text=text, lines=lines, beliefs=beliefs)


def beliefs_of(workspace: Workspace) -> Iterator[Belief]:
    """The hypotheses that a note may speak to: open ones riskiest first, then the settled ones."""
    facts, policy = workspace.facts, policy_of(workspace.facts, workspace.playbook)
    report = workspace.report()
    first = riskiest(facts, policy, report.gate.step if report else None)
    known = {each.id for each in first}
    others = [each for each in live_beliefs(facts) if each.id not in known and each.state != "retired"]
    for each in (*first, *sorted(others, key=lambda each: (len(each.code), each.code))):
        count = tally(facts, each, policy)
        yield Belief(
            id=each.id,
            code=each.code,
            statement=each.statement,
            key=is_key(each, policy),
            yes=count.yes,
            maybe=count.maybe,
            no=count.no,
        )
