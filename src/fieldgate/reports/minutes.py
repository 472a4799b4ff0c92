"""Minutes of a meeting, as they are shared with everybody, also with those who were absent.

Exactly these headings, in this order, in English; a heading with nothing below it says so. Minutes that changed after
they were shared say it. Observations are ours and no part of the minutes.
"""

from collections.abc import Iterable, Iterator

from fieldgate.domain.records.learning import Meeting, Note, NoteKind
from fieldgate.domain.triage.minutes import is_changed_after_sharing
from fieldgate.reports.markdown import one, paragraphs
from fieldgate.reports.material import Material

HEADINGS = (
    "Date",
    "Time",
    "Place",
    "Participants",
    "Subjects discussed",
    "Decisions",
    "Action plan with person responsible and due date",
    "Open problems",
    "Notable views and suggestions",
)
"""The headings of minutes."""

NOTHING = "-"


def minutes(material: Material, meeting: Meeting) -> Iterator[str]:
    """Yield the lines of the minutes, each with its newline."""
    yield f"# {one(meeting.topic)} ({meeting.code})\n"
    if is_changed_after_sharing(meeting) and meeting.shared_at is not None:
        shared, changed = meeting.shared_at.date(), meeting.updated_at.date()
        by = f" by {one(meeting.updated_by)}" if meeting.updated_by else ""
        yield f"\n*changed after sharing*: shared {shared}, changed {changed}{by}\n"
    for heading, lines in zip(HEADINGS, _sections(material, meeting), strict=True):
        yield f"\n## {heading}\n\n"
        text = "\n".join(lines).strip("\n")
        yield f"{text or NOTHING}\n"


def _sections(material: Material, meeting: Meeting) -> Iterator[Iterable[str]]:
    notes = material.notes_of(meeting)
    yield [meeting.date.isoformat()]
    yield ["-".join(each.strftime("%H:%M") for each in (meeting.start, meeting.end) if each)]
    yield [one(meeting.place or "")]
    yield _participants(material, meeting)
    yield [one(meeting.topic), "", *paragraphs(meeting.body.strip())]
    yield _items(notes, NoteKind.DECISION)
    yield [
        f"- {one(each.text)} ({each.code}): {one(each.owner or 'nobody yet')}, {each.due}, {each.state.value}"
        for each in material.actions_of(meeting)
    ]
    yield [
        f"{line}{'' if note.triaged_at is None else ' (closed)'}"
        for note, line in zip(_of_kind(notes, NoteKind.QUESTION), _items(notes, NoteKind.QUESTION), strict=True)
    ]
    yield _items(notes, NoteKind.VIEW)


def _participants(material: Material, meeting: Meeting) -> list[str]:
    ours = [material.member(each) for each in sorted(meeting.members)]
    names = sorted(one(each.name) for each in ours if each is not None)
    lines = [f"- {name} (ours)" for name in names]
    customer = material.customer(meeting.customer_id)
    if customer is not None:
        lines.append(f"- {one(customer.name)}")
    lines.extend(f"- {one(each)}" for each in (meeting.others or "").splitlines() if each.strip())
    return lines


def _of_kind(notes: Iterable[Note], kind: NoteKind) -> list[Note]:
    return [each for each in notes if each.kind is kind]


def _items(notes: Iterable[Note], kind: NoteKind) -> list[str]:
    return [f"- {one(each.text)} ({each.code})" for each in _of_kind(notes, kind)]
