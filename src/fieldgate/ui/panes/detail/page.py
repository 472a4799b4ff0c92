"""Page: what the detail shows of a record, and the parts that pages of all kinds are made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from fieldgate.domain.listing import Detail, Linked, NoteRow, View
from fieldgate.ui.plain import pad, width_of
from fieldgate.ui.widgets.signs import (
    ACTION_STATES,
    CARD_STATES,
    HYPOTHESIS_STATES,
    REQUIREMENT_STATES,
    STANCES,
    day_text,
    sign_of,
)
from fieldgate.ui.widgets.spans import BLANK, Line, Span, dim, joined, label, line, link, quote, strong
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.state import State

NAMES = 12
"""Cells of the names before values."""

_STATES = {
    "hypothesis": HYPOTHESIS_STATES,
    "touchpoint": CARD_STATES,
    "requirement": REQUIREMENT_STATES,
    "action": ACTION_STATES,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A title for the frame, and the lines to read."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Source:
    """A record with its links, and the State in which it is read."""

    detail: Detail
    state: State
    notes: dict[str, NoteRow] = field(default_factory=dict)

    def links(self, *roles: str) -> list[Linked]:
        """The records that this one names, by the fields that name them."""
        return [each for each in self.detail.links if each.role in roles]

    def backlinks(self, kind: str, *roles: str) -> list[Linked]:
        """The records of a kind that name this one."""
        return [each for each in self.detail.backlinks if each.kind == kind and (not roles or each.role in roles)]

    def note_rows(self, ids: Iterable[str]) -> Mapping[str, NoteRow]:
        """The notes with these ids, each read once."""
        wanted = [each for each in ids if each not in self.notes]
        if wanted:
            for row in self.state.reader.rows(View.NOTES, wanted):
                if isinstance(row, NoteRow):
                    self.notes[row.id] = row
        return self.notes

    def day(self, day: date | str | None) -> str:
        """A day as people read it."""
        return day_text(day, self.state.today)


def named(name: str, *parts: Span | str | None) -> Line | None:
    """A name and its value, the value set in; None without a value."""
    shown = [part for part in parts if part is not None and (part if isinstance(part, str) else part.text)]
    if not shown:
        return None
    head = pad(name, NAMES) if width_of(name) < NAMES else f"{name} "
    return line(label(head), *shown, indent=NAMES)


def listed(name: str, parts: Iterable[Span | str | None]) -> Line | None:
    """A name and several values with a dot between them."""
    return named(name, *joined(parts))


def present(lines: Iterable[Line | None]) -> list[Line]:
    """The lines that there are."""
    return [each for each in lines if each is not None]


def section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    """A heading over lines, a blank before it; nothing without lines."""
    found = list(lines)
    if found:
        yield BLANK
        yield line(strong(title))
        yield from found


def to_record(linked: Linked) -> Span:
    """A link to a record, by its code and its title."""
    name = f"{linked.code} {linked.title}".strip()
    return link(name, linked.kind, linked.id)


def item(source: Source, linked: Linked) -> Line:
    """A linked record on a line of its own: its state, its name, and who and when."""
    signs = _STATES.get(linked.kind)
    state = str(linked.facts.get("state", ""))
    glyph = sign_of(signs, state).glyph if signs else "·"
    facts = (str(linked.facts.get("owner") or ""), source.day(linked.facts.get("due")))
    more = joined(facts)
    return line(f"{glyph} ", to_record(linked), *((dim("  "), *more) if more else ()), indent=2)


def items(source: Source, title: str, kind: str, *roles: str) -> Iterator[Line]:
    """All records of a kind that name this one, under a heading."""
    return section(title, (item(source, each) for each in source.backlinks(kind, *roles)))


def said(note: NoteRow, source: Source, *before: Span | str) -> Line:
    """The words of a note with who said them and when."""
    who = (note.customer or note.meeting or t("no source named"), source.day(note.said_on))
    return line(
        *before, quote(note.text), dim("  "), *joined(who), dim("  "), link(note.code, "note", note.id), indent=2
    )


def stance_text(stance: str, strength: int) -> str:
    """An answer with its strength: ✓ yes 3."""
    sign = sign_of(STANCES, stance)
    return sign.text if stance == "maybe" else f"{sign.text} {strength}"


def conflict_lines(source: Source) -> Iterator[Line]:
    """The fields on which two founders differ, until somebody decides."""
    conflicts = source.detail.record.conflicts
    return section(
        t("! Two founders differ"),
        (
            line(
                label(f"{'.'.join(each.field)}  "),
                each.value or each.flag,
                *((dim("  "), *joined((each.by, source.day(each.at)))) if each.by or each.at else ()),
                indent=2,
            )
            for each in conflicts
        ),
    )


def risk_and_reward(leave: bool | None, faster: bool | None, safer: bool | None) -> tuple[str, ...]:
    """Say how the three questions of risk and reward were answered."""
    answers = ((t("leave"), leave), (t("faster"), faster), (t("safer"), safer))
    if all(answer is None for _, answer in answers):
        return (t("leave, faster, safer: not asked yet"),)
    words = {True: t("yes"), False: t("no"), None: t("open")}
    return tuple(f"{name} {words[answer]}" for name, answer in answers)
