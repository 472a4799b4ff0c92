"""Reading: a workspace for commands that change nothing. Records and rules, with neither SQLModel nor a screen.

Only the first opening of a shared folder, which has no store yet, loads the writing side to make one.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from fieldgate.domain.evidence import tally
from fieldgate.domain.gates import GateReport, evaluate, policy_of
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.domain.records.people import Workspace
from fieldgate.domain.verdicts import is_shaken, suggest
from fieldgate.store.reader import Reader
from fieldgate.store.rows import plain
from fieldgate.values import dataclass
from fieldgate.workspace.door import prepare, take_in
from fieldgate.workspace.glance import effective_of
from fieldgate.workspace.recent import Recent, recent_workspaces, remember
from fieldgate.workspace.summary import Summary, summarise

if TYPE_CHECKING:
    from pathlib import Path

    from fieldgate.documents.tree import Trouble
    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.errors import FieldgateError
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target


@dataclass(frozen=True)
class Reading:
    """A workspace that is being read; facts and rules are worked out when first asked for."""

    reader: Reader
    playbook: Playbook
    path: Path
    today: date
    troubles: tuple[Trouble, ...] = ()
    """Files of the folder that were left out just now."""
    news: str = ""
    """What came in from the folder just now, in one line; empty where nothing did."""
    unused: tuple[FieldgateError, ...] = ()
    """What of the team's playbook and numbers cannot be used, and why."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.close()

    @cached_property
    def facts(self) -> Snapshot:
        """The facts that rules read."""
        return self.reader.facts()

    @cached_property
    def report(self) -> GateReport | None:
        """What the open gate says; None when the workspace is stopped or done."""
        return evaluate(self.playbook, self.facts, self.today)

    @cached_property
    def summary(self) -> Summary:
        """The figures of the strip, worked out anew."""
        from fieldgate.workspace.judging import judge  # the queue of triage and its kinds, which only `status` tells

        return summarise(judge(self.facts, self.playbook, self.today))

    def fields_of(self, record: Record, kind: str) -> dict[str, Any]:
        """Return every stored field of a record by its name, and what the rules derive from it under `derived`."""
        return {"kind_of_record": kind, **plain_fields(kind, record), "derived": self.derived(record)}

    def derived(self, record: Record) -> dict[str, Any]:
        """Return what the rules derive from a record; empty for kinds of which they derive nothing."""
        if not isinstance(record, Hypothesis):
            return {}
        count = tally(self.facts, record, policy_of(self.facts, self.playbook))
        suggestion = suggest(record, count, self.today)
        return {
            "yes": count.yes,
            "no": count.no,
            "maybe": count.maybe,
            "firm": count.firm,
            "confidence": count.confidence,
            "risk": count.risk,
            "maybe_rate": count.maybe_rate,
            "pieces": count.pieces,
            "before_the_bet": count.early,
            "suggestion": suggestion.kind if suggestion else None,
            "wanted": suggestion.wanted if suggestion else None,
            "shaken": is_shaken(record, count),
        }


def plain_fields(kind: str, record: Record) -> dict[str, Any]:
    """Return every stored field of a record by its name, in the form that JSON can hold."""
    return {name: plain(getattr(record, name)) for name in kinds()[kind].fields}


def workspace_id_of(target: Target) -> str:
    """Return the id of the workspace of a known target, looked up in its store where the path does not say it."""
    if target.workspace_id:
        return target.workspace_id
    with Reader(target.store, date.min) as reader:
        found = next(reader.records("workspace"), None)
    return found.id if found is not None else ""


def open_reading(target: Target, locations: Locations, clock: Clock, *, as_is: bool = False) -> Reading:
    """Open a workspace for reading; the first opening of a folder or an archive makes its store.

    Args:
        target: What was found.
        locations: Where this user's things are.
        clock: Tells day and time.
        as_is: Leave what is new in the shared folder for later.
    """
    troubles: tuple[Trouble, ...] = ()
    news = ""
    if not target.known:
        troubles = prepare(target, locations, clock)
    reader = Reader(target.store, clock.today())
    if not as_is and _has_news(target, reader):
        reader.close()
        report = take_in(target, locations, clock)
        troubles, news = report.troubles, "" if report.quiet else report.line
        reader = Reader(target.store, clock.today())
    try:
        effective = effective_of(reader, target, locations)
        _remember(reader, target, locations)
    except BaseException:
        reader.close()
        raise
    return Reading(
        reader=reader,
        playbook=effective.playbook,
        path=target.path,
        today=clock.today(),
        troubles=troubles,
        news=news,
        unused=effective.trouble,
    )


def _has_news(target: Target, reader: Reader) -> bool:
    if target.kind != "folder":
        return False
    from fieldgate.workspace.freshness import has_news  # with all that reads folders, which a store of one's own is not

    return has_news(target, reader)


def _remember(reader: Reader, target: Target, locations: Locations) -> None:
    """Make this the workspace used last; where nothing can be written the next call has to name it again."""
    path = str(target.path.absolute())
    if any(each.path == path for each in recent_workspaces(locations)[:1]):
        return
    workspace = next(reader.records("workspace"), None)
    if isinstance(workspace, Workspace):
        with suppress(OSError):
            remember(locations, Recent(path=path, workspace_id=workspace.id, name=workspace.name))
