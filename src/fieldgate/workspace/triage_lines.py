"""The facts that an item of triage is decided by, as labelled lines: one method for each kind of record.

Texts are as they were stored; whoever shows them cleans them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fieldgate.domain.attendance import is_held, latest, meetings_with, members_at
from fieldgate.domain.display import cut
from fieldgate.domain.evidence import strongest_contrary, tally
from fieldgate.domain.gates import policy_of
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.records.learning import Hypothesis, Note
from fieldgate.domain.verdicts import suggest
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.records.history import Gate
    from fieldgate.domain.records.journey import Check, Touchpoint
    from fieldgate.domain.records.learning import Evidence, Meeting
    from fieldgate.domain.records.people import Customer
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.records.work import Action, Requirement
    from fieldgate.domain.triage.kind import Item
    from fieldgate.workspace.service import Workspace

_ANSWERS = 5
"""Sources whose answers stand with a belief."""
_WORDS = 100
"""Cells of what each said."""

Line = tuple[str, str]
"""A label and what stands behind it."""


class Look:
    """Reads what belongs to one item."""

    def __init__(self, workspace: Workspace, item: Item, record: Record) -> None:
        self.workspace = workspace
        self.item = item
        self.record = record
        self.facts = workspace.facts
        self.policy = policy_of(workspace.facts, workspace.playbook)

    def text(self) -> str:
        """What the item is about, in the words that are on record."""
        record = self.record
        for name in ("statement", "text", "description", "topic", "title", "name"):
            value = getattr(record, name, None)
            if value:
                return str(value)
        if self.item.record_kind == "evidence":
            note = self.workspace.record("note", cast("Evidence", record).note_id)
            return cast("Note", note).text if note else ""
        return self.item.code

    def lines(self) -> Iterator[Line]:
        """The facts to decide by."""
        of_kind = {
            "note": self._note,
            "evidence": self._evidence,
            "hypothesis": self._hypothesis,
            "touchpoint": self._touchpoint,
            "requirement": self._requirement,
            "action": self._action,
            "customer": self._customer,
            "meeting": self._meeting,
            "gate": self._gate,
        }.get(self.item.record_kind)
        if self.item.kind == "conflict":
            yield from self._conflict()
        elif of_kind is not None:
            yield from of_kind()

    # By kind of record

    def _conflict(self) -> Iterator[Line]:
        path = self.item.part
        shown: object = self.record
        for name in path.split(".")[:1]:
            shown = getattr(self.record, name, "")
        yield t("Field"), path
        by, at = self._first_writer(path.partition(".")[0])
        yield "1", t("{value} (shown; {by}, {at})", value=shown, by=by, at=at)
        entries = [each for each in self.record.conflicts if ".".join(each.field) == path]
        for number, each in enumerate(entries, start=2):
            if each.flag:
                yield t("Both texts are in it"), each.flag
            else:
                yield str(number), t("{value} ({by}, {at})", value=each.value, by=each.by, at=each.at[:10])

    def _first_writer(self, name: str) -> tuple[str, str]:
        """Who wrote first what a field says now, and on which day: who took a decision back wrote none of it."""
        heads = sorted(
            (each.document.head for each in self.workspace.store.versions(self.record.id)),
            key=lambda head: str(head.get("updated_at", "")),
        )
        same = [head for head in heads if head.get(name) == heads[-1].get(name)]
        if not same:
            return self.record.updated_by, str(self.record.updated_at.date())
        return str(same[0].get("updated_by", "")), str(same[0].get("updated_at", ""))[:10]

    def _note(self) -> Iterator[Line]:
        note = cast("Note", self.record)
        yield from self._said(note)
        before, after = self._neighbours(note)
        if before:
            yield t("Before"), before
        if after:
            yield t("After"), after

    def _evidence(self) -> Iterator[Line]:
        piece = cast("Evidence", self.record)
        belief = self.facts.hypotheses.get(self.item.hypothesis_id or piece.hypothesis_id)
        note = self.workspace.record("note", piece.note_id)
        if isinstance(belief, Hypothesis):
            yield t("Belief"), f"{belief.code} {belief.statement}"
            yield from self._counts(belief)
        if isinstance(note, Note):
            yield from self._said(note)
        yield t("Answer"), f"{word_of(piece.stance)} {piece.strength}"

    def _hypothesis(self) -> Iterator[Line]:
        belief = cast("Hypothesis", self.record)
        if belief.prediction:
            yield t("Prediction"), belief.prediction
        yield (
            t("Passes"),
            t(
                "{pct} % of {n} firm answers: {metric}",
                pct=belief.pass_pct,
                n=belief.target_n,
                metric=belief.metric or "",
            ),
        )
        if belief.due:
            yield t("Due"), belief.due.isoformat()
        yield from self._counts(belief)
        contrary = strongest_contrary(self.facts, belief)
        if contrary is not None:
            note = self.workspace.record("note", contrary.note.id)
            yield t("Against it"), f"{contrary.note.code} {cast('Note', note).text if note else ''}"
        yield from self._answers(belief)

    def _answers(self, belief: Hypothesis) -> Iterator[Line]:
        """What each of some sources answers as things stand, firm answers first, with the first of their words."""
        standing = tally(self.facts, belief, self.policy).standing
        for each in sorted(standing, key=lambda each: (-each.strength, each.said_on, each.source))[:_ANSWERS]:
            note = self.workspace.record("note", each.note_id)
            customer = self.facts.customers.get(each.customer_id or "")
            who = f"{customer.code} {customer.name}" if customer else t("nobody in particular")
            words = " ".join(cast("Note", note).text.split()) if note else ""
            yield f"{word_of(each.stance)} {each.strength}", f"{who}: {cut(words, _WORDS)}"

    def _counts(self, belief: Hypothesis) -> Iterator[Line]:
        count = tally(self.facts, belief, self.policy)
        suggestion = suggest(belief, count, self.workspace.clock.today())
        yield (
            t("Heard"),
            t(
                "yes {yes}, no {no}, maybe {maybe}; confidence {confidence}",
                yes=count.yes,
                no=count.no,
                maybe=count.maybe,
                confidence=count.confidence,
            ),
        )
        if count.early:
            yield t("Before the bet"), t("{n} of {m} pieces", n=count.early, m=count.pieces)
        if suggestion is not None:
            yield t("The numbers say"), suggestion.reason

    def _touchpoint(self) -> Iterator[Line]:
        card = cast("Touchpoint", self.record)
        checks = sorted(
            cast("list[Check]", self.facts.linked("check", "touchpoint_id", card.id)), key=lambda each: each.key
        )
        for check in checks:
            yield word_of(check.answer), f"{check.text} {check.note or ''}".strip()
        if card.gap:
            yield t("Gap"), card.gap
        if card.owner:
            yield t("Owner"), card.owner
        if card.reviewed_at:
            yield t("Reviewed"), card.reviewed_at.isoformat()
        if card.escalated_at:
            yield t("Met by a customer"), card.escalated_at.date().isoformat()

    def _requirement(self) -> Iterator[Line]:
        request = cast("Requirement", self.record)
        yield t("Urgency"), word_of(request.urgency)
        yield t("State"), word_of(request.state)
        yield t("Reported"), f"{request.reported_at.isoformat()} {request.reported_by or ''}".strip()
        customer = self.facts.customers.get(request.customer_id or "")
        if customer is not None:
            yield t("Customer"), self._person(customer)
            if customer.emergency_contact:
                yield t("Whom they call"), customer.emergency_contact
            if customer.channels:
                yield t("Channels"), customer.channels

    def _action(self) -> Iterator[Line]:
        action = cast("Action", self.record)
        yield t("Due"), action.due.isoformat()
        if action.owner:
            yield t("Owner"), action.owner
        if action.redated:
            yield t("Moved"), str(action.redated)
        customer = self.facts.customers.get(action.customer_id or "")
        if customer is not None:
            yield t("Customer"), self._person(customer)

    def _customer(self) -> Iterator[Line]:
        customer = cast("Customer", self.record)
        yield t("Customer"), self._person(customer)
        check = self.facts.checks.get(self.item.part_id)
        if check is not None:
            for label, value in (
                (t("Measure"), check.measure),
                (t("Target"), check.target),
                (t("Result"), check.result),
            ):
                if value:
                    yield label, value
            text = next((each for each in self.workspace.playbook.traits if each.key == check.key), None)
            if text is not None and text.ask:
                yield t("Ask them"), t(text.ask)
        else:
            words = {"cadence": t("The regular meeting is overdue."), "visit": t("A visit is overdue.")}
            yield t("Why"), words.get(self.item.part, self.item.part)
            yield t("Since"), self.item.since.isoformat()
            today = self.workspace.clock.today()
            last = latest(each for each in meetings_with(self.facts, customer.id) if is_held(each, today))
            if last is not None:
                yield t("Last met"), f"{last.date.isoformat()} {last.code} {last.topic}"

    def _meeting(self) -> Iterator[Line]:
        meeting = cast("Meeting", self.record)
        yield t("Meeting"), f"{meeting.date.isoformat()} {word_of(meeting.kind)}"
        customer = self.facts.customers.get(meeting.customer_id or "")
        if customer is not None:
            yield t("Customer"), self._person(customer)
        present = ", ".join((*(each.handle for each in members_at(self.facts, meeting)), meeting.others or ""))
        if present.strip(", "):
            yield t("Present"), present.strip(", ")
        if meeting.shared_at is not None:
            yield t("Why"), t("They were changed after they were shared on {day}.", day=meeting.shared_at.date())
        else:
            yield t("Why"), t("Its minutes were not shared yet.")

    def _gate(self) -> Iterator[Line]:
        gate = cast("Gate", self.record)
        yield t("Decide by"), gate.decide_by.isoformat()
        yield t("Stop if"), gate.stop_if or t("not written yet")
        report = self.workspace.report()
        # What is missing first: the rest may be below the edge of the screen.
        for each in sorted(report.criteria if report else (), key=lambda each: each.result != "unmet"):
            glyph = {"met": "✓", "unmet": "✗", "na": "–"}[each.result]
            yield glyph, f"{t(each.criterion.title)}: {each.reason or each.text}"

    # Shared by several

    def _said(self, note: Note) -> Iterator[Line]:
        meeting = self.facts.meetings.get(note.meeting_id or "")
        customer = self.facts.customers.get(note.customer_id or (meeting.customer_id if meeting else None) or "")
        if customer is not None:
            yield t("Said by"), self._person(customer)
        yield t("On"), f"{note.said_on.isoformat()} {meeting.code + ' ' + meeting.topic if meeting else ''}".strip()

    def _person(self, customer: Customer) -> str:
        parts = (f"{customer.name} ({customer.code})", customer.contact, customer.segment)
        return ", ".join(each for each in parts if each)

    def _neighbours(self, note: Note) -> tuple[str, str]:
        """The lines said before and after a note in its meeting."""
        if note.meeting_id is None:
            return "", ""
        detail = self.workspace.reader.detail("meeting", note.meeting_id)
        lines = (
            [each for each in detail.backlinks if each.kind == "note" and each.role == "meeting_id"] if detail else []
        )
        place = next((number for number, each in enumerate(lines) if each.id == note.id), -1)
        before = lines[place - 1].title if place > 0 else ""
        after = lines[place + 1].title if 0 <= place < len(lines) - 1 else ""
        return before, after
