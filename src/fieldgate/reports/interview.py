"""The snapshot of an interview: one page that says whom we met, what was said, and what it changed."""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.records.learning import Evidence, Meeting, Note, NoteKind
from fieldgate.reports.markdown import one, quote
from fieldgate.reports.material import Material

_LOUD = 12
"""How many quotes a page holds; the others are counted."""

_FIRST = "x$pewfogmt@b"
"""Marks by how much a reader wants to see them: anger and money first, background last."""


def interview_snapshot(material: Material, meeting: Meeting) -> Iterator[str]:
    """Yield the pieces of the page."""
    customer = material.customer(meeting.customer_id)
    yield f"# {one(meeting.topic)} ({meeting.code})\n\n"
    facts = [meeting.date.isoformat(), meeting.kind.value]
    if customer is not None:
        facts.insert(0, f"**{one(customer.name)}** ({customer.code})")
        facts.extend(
            (one(customer.segment or "no segment"), customer.role.value, f"awareness {customer.awareness} of 5")
        )
    yield " · ".join(facts) + "\n"
    notes = material.notes_of(meeting)
    heard = [each for each in notes if each.kind is NoteKind.OBSERVATION]
    loud = sorted(heard, key=_loudness)[:_LOUD]
    yield from _headed("What was said", (line for note in loud for line in _quoted(material, note)))
    if len(heard) > len(loud):
        yield f"\nand {len(heard) - len(loud)} more\n"
    yield from _headed("Questions", (f"- {one(each.text)}" for each in notes if each.kind is NoteKind.QUESTION))
    actions = material.actions_of(meeting)
    yield from _headed(
        "Next", (f"- {one(each.text)}: {one(each.owner or 'nobody yet')}, {each.due}" for each in actions)
    )


def _headed(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"\n## {title}\n\n" + "\n".join(found) + "\n"


def _loudness(note: Note) -> int:
    return _FIRST.index(note.mark.value) if note.mark is not None else len(_FIRST)


def _quoted(material: Material, note: Note) -> Iterator[str]:
    yield from quote(note.text)
    said = [note.code]
    if note.mark is not None:
        said.append(note.mark.name.lower().replace("_", " "))
    for piece in cast("list[Evidence]", material.facts.linked("evidence", "note_id", note.id)):
        belief = material.facts.hypotheses.get(piece.hypothesis_id)
        if belief is not None and belief.live:
            said.append(f"{piece.stance.value} {piece.strength} on {belief.code}")
    yield f">\n> — {', '.join(said)}\n"
