"""Recording: which records a verb means that acts on something linked to the record under the cursor."""

from typing import cast

from fieldgate.domain.records.learning import Evidence, Stance
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import t


def maybes(facts: Snapshot, kind: str, record_id: str) -> list[tuple[str, str]]:
    """The maybes that a record has: id of the evidence, and a label.

    Args:
        facts: The facts.
        kind: Kind of the record; of a gate all maybes count.
        record_id: The record.
    """
    found: list[tuple[str, str]] = []
    for piece in facts.live("evidence"):
        each = cast("Evidence", piece)
        note, belief = facts.notes.get(each.note_id), facts.hypotheses.get(each.hypothesis_id)
        if each.stance is not Stance.MAYBE or note is None or belief is None:
            continue
        customer = facts.customers.get(note.customer_id or "")
        named = {
            "note": each.note_id,
            "hypothesis": each.hypothesis_id,
            "customer": note.customer_id,
            "evidence": each.id,
        }
        if kind == "gate" or named.get(kind) == record_id:
            who = customer.name if customer is not None else t("no source named")
            found.append((each.id, f"{who} · {note.code} {belief.code}"))
    return found
