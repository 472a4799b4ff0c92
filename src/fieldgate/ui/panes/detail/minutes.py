"""A meeting to read, as its minutes: these headings, in this order, in English as in the text that is shared.

Observations made in it are ours and no part of the minutes; they stand below.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from fieldgate.domain.ballot import shown
from fieldgate.domain.listing import Linked
from fieldgate.domain.records.learning import Meeting
from fieldgate.domain.records.people import Team
from fieldgate.ui.panes.detail.page import Page, Source, item, listed, named, present, said, section, to_record
from fieldgate.ui.widgets.signs import PROPOSALS
from fieldgate.ui.widgets.spans import BLANK, Line, dim, joined, line, link, strong
from fieldgate.words import mark, t

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
"""The headings of minutes as they are shared."""

_PURPOSES = {
    "problem": mark("to hear about the problem"),
    "solution": mark("to try the solution"),
    "sale": mark("to sell"),
    "usage": mark("to see real use"),
    "feedback": mark("to ask for feedback"),
}


def meeting_page(source: Source) -> Page:
    """Make the minutes of a meeting."""
    meeting = cast("Meeting", source.detail.record)
    kinds = {each.id: t(each.title) for each in source.state.playbook.meeting_kinds}
    kind = kinds.get(meeting.kind, str(meeting.kind))
    date, clock, place, people, subjects, decisions, actions, problems, views = HEADINGS
    times = "-".join(each.strftime("%H:%M") for each in (meeting.start, meeting.end) if each)
    lines = [
        line(strong(meeting.topic)),
        BLANK,
        *_short(date, meeting.date.isoformat()),
        *_short(clock, times),
        *_short(place, meeting.place or ""),
        *_headed(people, _people(source, meeting)),
        *_headed(subjects, [line(each) for each in (meeting.topic, meeting.body) if each]),
        *_headed(decisions, _notes(source, "decision")),
        *_headed(actions, [item(source, each) for each in source.backlinks("action")]),
        *_headed(problems, _problems(source, meeting)),
        *_headed(views, _notes(source, "view")),
        *_ours(source, meeting),
    ]
    shared = t("minutes shared") if meeting.shared_at else t("minutes not shared")
    return Page(f"{meeting.code} {kind} · {source.day(meeting.date)} · {shared}", lines)


def _short(heading: str, text: str) -> tuple[Line, ...]:
    return (line(strong(f"{heading}  "), text or dim("-"), indent=2),)


def _headed(heading: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    return (BLANK, line(strong(heading)), *(lines or (line(dim("-")),)))


def _people(source: Source, meeting: Meeting) -> list[Line]:
    ours = joined([link(each.title, "member", each.id) for each in source.links("members")], ", ")
    theirs = [to_record(each) for each in source.links("customer_id")]
    others = joined([*theirs, meeting.others], ", ")
    return present((named(t("ours"), *ours) if ours else None, named(t("theirs"), *others) if others else None))


def _of(source: Source, kind: str) -> list[Linked]:
    return [each for each in source.backlinks("note") if each.facts["kind"] == kind]


def _notes(source: Source, kind: str) -> list[Line]:
    found = _of(source, kind)
    rows = source.note_rows(each.id for each in found)
    return [
        line("· ", rows[each.id].text, dim("  "), link(each.code, "note", each.id), indent=2)
        for each in found
        if each.id in rows
    ]


def _problems(source: Source, meeting: Meeting) -> list[Line]:
    """Open problems first; an answered one says so. While a team has still to answer, a reason would tell the other's."""
    if meeting.proposal and None in shown(meeting).values():
        return [line(dim(t("shown when both teams have answered")))]
    found = sorted(_of(source, "question"), key=lambda each: each.facts["triaged_at"] is not None)
    rows = source.note_rows(each.id for each in found)
    return [
        line(
            "✓ " if each.facts["triaged_at"] else "? ",
            rows[each.id].text,
            dim("  "),
            link(each.code, "note", each.id),
            indent=2,
        )
        for each in found
        if each.id in rows
    ]


def _ours(source: Source, meeting: Meeting) -> Iterator[Line]:
    """What is no part of the minutes: purpose, ballot, and what was observed."""
    words = {True: t("yes"), False: t("no"), None: "·"}
    seen = shown(meeting)
    both = None not in seen.values()
    ballot = None
    if meeting.proposal:
        ballot = listed(
            t("Proposed"),
            (
                t(PROPOSALS.get(meeting.proposal, meeting.proposal)),
                t("customer side {answer}", answer=words[seen[Team.CUSTDEV]]),
                t("product side {answer}", answer=words[seen[Team.PRODDEV]]),
                meeting.agree_reason if both else None,
            ),
        )
    purpose = named(t("Purpose"), t(_PURPOSES.get(meeting.purpose, meeting.purpose))) if meeting.purpose else None
    heard = _of(source, "observation")
    rows = source.note_rows(each.id for each in heard)
    notes = [said(rows[each.id], source) for each in heard if each.id in rows]
    return section(t("Ours, not part of the minutes"), [*present((purpose, ballot)), *notes])
