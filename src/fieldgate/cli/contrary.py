"""show --contrary: the strongest piece against a belief. Whoever has read it has heard it, and the gate keeps that."""

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.evidence import Piece, strongest_contrary
from fieldgate.domain.gates import open_gate
from fieldgate.domain.records.learning import Hypothesis, Note
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.naming import find_record
from fieldgate.workspace.service import Workspace


def say_contrary(call: Call, code: str) -> None:
    """Show what speaks most against a belief, and keep with the open gate that it was heard.

    Raises:
        UsageError: The code is of something else than a hypothesis.
    """
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, code)
        belief = workspace.facts.get(named.kind, named.id)
        if not isinstance(belief, Hypothesis):
            raise UsageError(
                t("Only a hypothesis has a contrary piece, and {code} is none.", code=code),
                t("Form: fieldgate show --contrary H4"),
                code,
            )
        piece = strongest_contrary(workspace.facts, belief)
        heard = _hear(workspace, belief, piece) if piece is not None else ""
        _say(call, workspace, belief, piece, heard)


def _hear(workspace: Workspace, belief: Hypothesis, piece: Piece) -> str:
    """Keep with the open gate that a piece was opened; says what came of it, nothing where no gate asks for it."""
    report = workspace.report()
    gate = open_gate(workspace.facts)
    if report is None or gate is None:
        return ""
    if piece.evidence.id in gate.heard:
        return t("Heard before.")
    if all(each.evidence_id != piece.evidence.id for each in report.unheard):
        return ""
    workspace.perform("gate.hear", gate.id, {"evidence": piece.evidence.id})
    return t("Heard: the {step} gate does not wait for the piece against {code} any more.",
             step=gate.step.value, code=belief.code)  # fmt: skip


def _say(call: Call, workspace: Workspace, belief: Hypothesis, piece: Piece | None, heard: str) -> None:
    note = workspace.record("note", piece.note.id) if piece is not None else None
    text = note.text if isinstance(note, Note) else ""
    if call.as_json:
        found = None
        if piece is not None:
            evidence = piece.evidence
            found = {
                "evidence_id": evidence.id,
                "note": piece.note.code,
                "stance": evidence.stance,
                "strength": evidence.strength,
                "said_on": piece.note.said_on,
                "text": text,
            }
        say_json({"hypothesis": belief.code, "contrary": found, "heard": bool(heard)})
        return
    if piece is None:
        say(t("Nothing speaks against {code} yet.", code=belief.code))
        return
    customer = workspace.facts.customers.get(piece.note.customer_id or "")
    source = f"{customer.name} ({customer.code})" if customer else t("no source named")
    say(f"{belief.code}  {piece.evidence.stance.value} {piece.evidence.strength}  {piece.note.code}")
    say_wrapped(text, "  ")
    say_wrapped(f"{source}, {piece.note.said_on}", "  ")
    if heard:
        tell(heard)
