"""State: everything that the screen shows, as one frozen value. Messages go up, one State comes down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.domain.gates import GateReport
    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.store.reader import Reader
    from fieldgate.workspace.summary import Summary


class State(NamedTuple):
    """What panes draw from.

    `number` grows with every change, so that a pane knows its pages are old. `summary` is there from the first frame
    on; `facts` and `report` come when the rules have run, and stay. `reader` gives the rows of lists, a page at a time,
    and a record with its links. `settled` is False while `summary` was kept from before and is being worked out again.
    `came` holds the ids of records that others changed since the user last looked.
    """

    number: int
    today: date
    playbook: Playbook
    reader: Reader
    summary: Summary | None = None
    facts: Snapshot | None = None
    report: GateReport | None = None
    settled: bool = False
    author: str = ""
    read_only: bool = False
    came: frozenset[str] = frozenset()
