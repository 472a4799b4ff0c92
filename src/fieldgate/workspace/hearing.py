"""Hearing: what speaks most against a belief, opened once; the open gate keeps that it was.

Standing answer: before a gate advances, the strongest contrary piece of each key belief has been opened (of equally
strong ones the newest). Opening it anywhere counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.evidence import strongest_contrary
from fieldgate.domain.gates import open_gate
from fieldgate.domain.records.learning import Hypothesis, Note
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from fieldgate.domain.evidence import Piece
    from fieldgate.domain.records.people import Customer
    from fieldgate.workspace.service import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was opened. `piece` is None where nothing speaks against the belief.

    `now`: the gate waited for it until now; `before`: it was heard earlier.
    """

    belief: Hypothesis
    piece: Piece | None = None
    text: str = ""
    customer: Customer | None = None
    now: bool = False
    before: bool = False


def hear(workspace: Workspace, belief_id: str) -> Heard:
    """Open the strongest piece against a belief.

    Raises:
        NotFoundError: There is no such belief.
        RefusedError: A rule keeps the gate from noting it.
    """
    belief = workspace.facts.get("hypothesis", belief_id)
    if not isinstance(belief, Hypothesis):
        raise NotFoundError(t("There is no hypothesis {id}.", id=belief_id), where=belief_id)
    piece = strongest_contrary(workspace.facts, belief)
    if piece is None:
        return Heard(belief=belief)
    gate, report = open_gate(workspace.facts), workspace.report()
    before = gate is not None and piece.evidence.id in gate.heard
    waits = report is not None and any(each.evidence_id == piece.evidence.id for each in report.unheard)
    if gate is not None and waits:
        workspace.perform("gate.hear", gate.id, {"evidence": piece.evidence.id})
    note = workspace.record("note", piece.note.id)
    return Heard(
        belief=belief,
        piece=piece,
        text=note.text if isinstance(note, Note) else "",
        customer=workspace.facts.customers.get(piece.note.customer_id or ""),
        now=waits,
        before=before,
    )
