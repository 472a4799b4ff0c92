"""What a face of triage shows: the start card, one item with all that is needed to decide it, and what it would do.

Plain values, worked out where the workspace is; a face draws them and knows nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.errors import RefusedError
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.triage_foresight import foreseen
from fieldgate.workspace.triage_lines import Look
from fieldgate.workspace.triage_memory import KEPT, Memory
from fieldgate.workspace.triage_order import Order
from fieldgate.workspace.triage_sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.triage import Session
    from fieldgate.workspace.triage_values import EndCard, Gauge, Option

HEADS = 12
"""Items decided at once that are named one by one."""
FIRM = 3
"""The strength at which what a yes or a no would do to the gate is told."""
SPEAKS = frozenset({"note.yes", "note.no", "note.maybe"})
"""Verdicts by which a note speaks to a belief."""
CHORDS = frozenset({"note.yes", "note.no", "evidence.firm_yes", "evidence.firm_no"})
"""Verdicts that wait for a strength."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRow:
    """One kind on the start card: how many wait, and for how many days the oldest has."""

    name: str
    title: str
    count: int
    oldest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCard:
    """Where a session starts. `left`: items left and in all of a session that ended without its end."""

    rows: tuple[StartRow, ...]
    total: int
    left: tuple[int, int] | None = None
    next_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One item as it is shown, or the end of the session when `item` is None.

    `step`, `gauge`, `first`: the open gate, now and when the session began. `said`: what came of the verdict before;
    `old`: the verdict that was taken back. `numbers`: values of a conflict that may be taken.
    """

    item: Item | None
    title: str
    number: int
    total: int
    gauge: Gauge
    first: tuple[int, int]
    step: str
    seconds: float
    sheet: Sheet | None = None
    question: str = ""
    options: tuple[Option, ...] = ()
    numbers: int = 0
    said: str = ""
    old: str = ""
    end: EndCard | None = None
    titles: tuple[tuple[str, str], ...] = ()
    """Id and title of the criteria of the open gate."""
    together: tuple[str, ...] = ()
    """Ids of the items that one verdict is to decide at once."""
    heads: tuple[str, ...] = ()
    """What the first of those are called, and what they are about."""


def start_of(workspace: Workspace) -> StartCard:
    """Work out the start card."""
    today = workspace.clock.today()
    waiting = workspace.judged.queue
    found = waiting.found
    rows = tuple(
        StartRow(
            name=kind.name,
            title=t(kind.title),
            count=len(found[kind.name]),
            oldest=max((today - item.since).days for item in found[kind.name]),
        )
        for kind in TRIAGE_KINDS
        if found[kind.name]
    )
    total = sum(row.count for row in rows)
    memory = Memory.read(workspace.store.meta(KEPT))
    left = memory.left(Order(memory.limits).count(waiting)) if memory is not None and memory.decided else 0
    in_all = max(memory.in_all, left) if memory is not None else 0
    summary = workspace.state().summary
    next_text = summary.next[0].text if summary and summary.next else ""
    return StartCard(rows=rows, total=total, left=(left, in_all) if left else None, next_text=next_text)


def view_of(session: Session, *, together: bool = False) -> View:
    """Work out what is shown now.

    Args:
        session: The session.
        together: All items are to be decided at once.

    Raises:
        RefusedError: They are to be decided at once, and are of several kinds.
    """
    item = session.current()
    batch = session.items if together else ()
    batch = batch if len(batch) > 1 else ()  # one alone is decided like any other
    if len({each.kind for each in batch}) > 1:
        raise RefusedError(t("Only items of one kind are decided at once."), t("Mark those of one kind."))
    number, total = session.position()
    report = session.workspace.report()
    return View(
        item=item,
        title=t(session.kind_of(item).title) if item else "",
        number=number,
        total=total,
        gauge=session.gauge(),
        first=session.first(),
        step=report.gate.step.value if report else "",
        seconds=session.seconds(),
        sheet=sheet_of(session.workspace, item) if item else None,
        question=_question(session, item),
        options=session.options(item) if item else (),
        numbers=_numbers(session, item),
        said=said_of(session),
        old=session.taken_back.get(item.id, "") if item else "",
        end=None if item else session.end(),
        titles=tuple((each.criterion.id, t(each.criterion.title)) for each in report.criteria) if report else (),
        together=tuple(each.id for each in batch),
        heads=tuple(_head(session, each) for each in batch[:HEADS]),
    )


def said_of(session: Session) -> str:
    """What came of the last verdict, with the criteria that it turned; empty when there is none."""
    last = session.last
    if last is None:
        return ""
    return " · ".join((last.words, *turned(session, last.before, last.after)))


def turned(session: Session, before: Gauge, after: Gauge) -> Iterator[str]:
    """Say which criteria turned between two looks at the gate."""
    report = session.workspace.report()
    titles = {each.criterion.id: t(each.criterion.title) for each in report.criteria} if report else {}
    for name in sorted(before.unmet - after.unmet):
        if name in titles:
            yield t("{title} now met", title=titles[name])
    for name in sorted(after.unmet - before.unmet):
        if name in titles:
            yield t("{title} no longer met", title=titles[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a verdict would do to the gate: its keys, and words; no words when it turns nothing.

    `told` is False where it hangs on what is answered.
    """

    keys: str
    words: str = ""
    told: bool = True


def effect_of(session: Session, item: Item, option: Option, belief_id: str = "") -> Effect:
    """Work out what a verdict that can be taken would do to the gate.

    Args:
        session: The session.
        item: The item.
        option: The verdict.
        belief_id: The belief that a note would speak to.
    """
    answers: dict[str, object] = {"hypothesis": belief_id} if option.move.id in SPEAKS else {}
    if option.move.id in CHORDS:
        answers["strength"] = FIRM
    keys = f"{option.letter}{answers.get('strength', '')}" or option.label
    if item.kind == "conflict":
        # The first value is the one that stands: taking it turns nothing, so the second is looked at.
        answers, keys = ({"number": 2}, "2") if option.move.id.endswith(".settle") else ({}, keys)
    now, after = session.gauge(), foreseen(session, item, option.move.id, answers)
    if after is None or after == now:
        return Effect(keys=keys, told=after is not None)
    count = t("{met} of {total}", met=after.met, total=after.total)
    return Effect(keys=keys, words=" · ".join((count, *turned(session, now, after))))


def telling(view: View) -> tuple[Option, ...]:
    """The verdicts of which it is worth telling what they would do; putting off does nothing to the gate."""
    if view.item is None or view.item.kind == "gate":
        return ()
    return tuple(each for each in view.options if not each.missing and not each.move.id.endswith(".snooze"))


def joined(effects: Sequence[Effect]) -> tuple[tuple[str, str], ...]:
    """Keys and words of the verdicts that turn something; those that do the same stand together."""
    found: dict[str, list[str]] = {}
    for each in effects:
        if each.words:
            found.setdefault(each.words, []).append(each.keys)
    return tuple((" ".join(keys), words) for words, keys in found.items())


def effects_of(session: Session, view: View, belief_id: str = "") -> tuple[tuple[str, str], ...]:
    """What the verdicts on the current item would do to the gate: keys and words of those that turn a criterion."""
    item = view.item
    if item is None:
        return ()
    return joined([effect_of(session, item, option, belief_id) for option in telling(view)])


def _head(session: Session, item: Item) -> str:
    record = session.workspace.record(item.record_kind, item.record_id)
    text = Look(session.workspace, item, record).text() if record is not None else ""
    return f"{item.code} {text}".strip()


def _question(session: Session, item: Item | None) -> str:
    check = session.question(item) if item else None
    return check.text if check is not None else ""


def _numbers(session: Session, item: Item | None) -> int:
    if item is None or item.kind != "conflict":
        return 0
    record = session.workspace.facts.get(item.record_kind, item.record_id)
    entries = record.conflicts if record is not None else ()
    return 1 + sum(1 for each in entries if ".".join(each.field) == item.part and not each.flag)


def kind_names() -> tuple[str, ...]:
    """The names of all kinds, in queue order."""
    return tuple(kind.name for kind in TRIAGE_KINDS)
