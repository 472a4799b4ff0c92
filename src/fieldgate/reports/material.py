"""Material: everything that a report is made of, as one value. Reports read this and nothing else."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import cast

from fieldgate.domain.attendance import is_held
from fieldgate.domain.findings import code_order
from fieldgate.domain.gates import GateReport, evaluate, policy_of
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.learning import Evidence, Hypothesis, Meeting, Note
from fieldgate.domain.records.people import Customer, Member
from fieldgate.domain.records.record import Coded, Record
from fieldgate.domain.records.work import Action, Requirement
from fieldgate.domain.snapshot import Snapshot, snapshot_of
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t


@dataclass(frozen=True)
class Material:
    """Records at one moment, long texts included, with the rules to judge them by."""

    facts: Snapshot
    playbook: Playbook
    today: date

    @cached_property
    def policy(self) -> Policy:
        """The numbers in force."""
        return policy_of(self.facts, self.playbook)

    @cached_property
    def gate(self) -> GateReport | None:
        """What the open gate says; None when none is open."""
        return evaluate(self.playbook, self.facts, self.today)

    def customer(self, row_id: str | None) -> Customer | None:
        """Return a customer, archived or not."""
        return self.facts.customers.get(row_id or "")

    def member(self, row_id: str) -> Member | None:
        """Return one of us."""
        return self.facts.members.get(row_id)

    def hypotheses(self) -> list[Hypothesis]:
        """Return the hypotheses that count, in the order of their codes."""
        return cast("list[Hypothesis]", _sorted(self.facts.live("hypothesis")))

    def meetings(self) -> list[Meeting]:
        """Return the meetings that count, in the order of their days."""
        found = cast("list[Meeting]", list(self.facts.live("meeting")))
        return sorted(found, key=lambda each: (each.date, code_order(each.code)))

    def held(self) -> list[Meeting]:
        """Return the meetings that took place."""
        return [each for each in self.meetings() if is_held(each, self.today)]

    def requirements(self) -> list[Requirement]:
        """Return the requests that count, in the order of their codes."""
        return cast("list[Requirement]", _sorted(self.facts.live("requirement")))

    def notes_of(self, meeting: Meeting) -> list[Note]:
        """Return what was noted in a meeting, as it was said; thrown-away lines are left out."""
        found = cast("list[Note]", self.facts.linked("note", "meeting_id", meeting.id))
        return [each for each in found if not each.discarded]

    def actions_of(self, meeting: Meeting) -> list[Action]:
        """Return the actions that were agreed in a meeting."""
        return cast("list[Action]", self.facts.linked("action", "meeting_id", meeting.id))

    def pieces_of(self, hypothesis: Hypothesis) -> list[tuple[Evidence, Note]]:
        """Return what was said for and against a hypothesis with the words themselves, oldest first."""
        rows = cast("list[Evidence]", self.facts.linked("evidence", "hypothesis_id", hypothesis.id))
        found = [(each, self.facts.notes[each.note_id]) for each in rows if each.note_id in self.facts.notes]
        shown = [(piece, note) for piece, note in found if note.live and not note.discarded]
        return sorted(shown, key=lambda pair: (pair[1].said_on, code_order(pair[1].code)))

    def meeting_called(self, code: str) -> Meeting:
        """Return the meeting that people call `code`.

        Raises:
            NotFoundError: No meeting that counts has this code.
        """
        wanted = code.strip().upper()
        for each in self.meetings():
            if each.code == wanted or wanted in each.former_codes:
                return each
        raise NotFoundError(
            t("There is no meeting {code}.", code=code), t("`fieldgate list meetings` shows their codes."), code
        )


def material_of(records: Iterable[Record], playbook: Playbook, today: date) -> Material:
    """Make material of records that are whole."""
    return Material(facts=snapshot_of(records), playbook=playbook, today=today)


def _sorted(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda each: code_order(each.code if isinstance(each, Coded) else ""))
