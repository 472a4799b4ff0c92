"""A note to read: the words, who said them and when, and the beliefs they speak for."""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.listing import Linked
from fieldgate.domain.records.learning import Hypothesis, Note
from fieldgate.ui.panes.detail.page import Page, Source, listed, named, present, section, stance_text, to_record
from fieldgate.ui.widgets.signs import NOTE_KINDS
from fieldgate.ui.widgets.spans import BLANK, Line, Span, line, link, quote, strong, warn
from fieldgate.words import t


def note_page(source: Source) -> Page:
    """Make the page of a note."""
    note = cast("Note", source.detail.record)
    marks = {each.id: t(each.title) for each in source.state.playbook.marks}
    waits = note.kind == "observation" and note.triaged_at is None and not note.discarded
    facts = (
        t(NOTE_KINDS.get(note.kind, note.kind)),
        marks.get(str(note.mark)) if note.mark else None,
        warn(t("● waits for triage")) if waits else None,
        t("discarded") if note.discarded else None,
    )
    lines = [
        line(quote(note.text)),
        BLANK,
        *present(
            (
                listed(t("Who"), [to_record(each) for each in source.links("customer_id")]),
                named(t("When"), source.day(note.said_on)),
                listed(t("Meeting"), [to_record(each) for each in source.links("meeting_id")]),
                listed(t("Kind"), facts),
                listed(t("Asks for"), [to_record(each) for each in source.links("requirement_id", "touchpoint_id")]),
            )
        ),
        *section(t("Speaks to"), _beliefs(source)),
    ]
    return Page(f"{note.code} {source.day(note.said_on)}", lines)


def _beliefs(source: Source) -> Iterator[Line]:
    for piece in source.backlinks("evidence"):
        belief = _belief(source, piece)
        answer = strong(f"{stance_text(str(piece.facts['stance']), int(piece.facts['strength']))}  ")
        yield line(answer, belief, indent=2) if belief else line(answer)


def _belief(source: Source, piece: Linked) -> Span | None:
    record = source.state.reader.record("hypothesis", str(piece.facts["hypothesis_id"]))
    if not isinstance(record, Hypothesis):
        return None
    return link(f"{record.code} {record.statement}", "hypothesis", record.id)
