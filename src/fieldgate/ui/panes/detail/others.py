"""Records that no view lists, to read: founders, gates that were decided, checks."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from fieldgate.ui.panes.detail.customer import customer_page
from fieldgate.ui.panes.detail.files import file_lines
from fieldgate.ui.panes.detail.hypothesis import hypothesis_page
from fieldgate.ui.panes.detail.minutes import meeting_page
from fieldgate.ui.panes.detail.note import note_page
from fieldgate.ui.panes.detail.page import Page, Source, conflict_lines, listed, named, present
from fieldgate.ui.panes.detail.touchpoint import touchpoint_page
from fieldgate.ui.panes.detail.work import action_page, requirement_page
from fieldgate.ui.widgets.spans import BLANK, line, strong
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.domain.records.history import Gate
    from fieldgate.domain.records.people import Member

_TEAMS = {"custdev": mark("Customer Development"), "proddev": mark("Product Development"), "both": mark("both teams")}
_OUTCOMES = {"advance": mark("advance"), "pivot": mark("pivot"), "stop": mark("stop")}


def member_page(source: Source) -> Page:
    """Make the page of a founder."""
    member = cast("Member", source.detail.record)
    facts = (
        t(_TEAMS.get(member.team, member.team)),
        t("key person") if member.key else None,
        None if member.active else t("no longer active"),
    )
    lines = [line(strong(member.name)), BLANK, *present((named(t("Handle"), member.handle), listed(t("Team"), facts)))]
    return Page(member.name, lines)


def gate_page(source: Source) -> Page:
    """Make the page of a gate: its dates, what would mean to stop, and how it was decided."""
    gate = cast("Gate", source.detail.record)
    step = next((t(each.title) for each in source.state.playbook.steps if each.id == gate.step), str(gate.step))
    outcome = t(_OUTCOMES.get(str(gate.outcome), "")) if gate.outcome else t("open")
    lines = present(
        (
            listed(t("Opened"), (source.day(gate.opened_on), t("round {n}", n=gate.round))),
            named(t("Decide by"), source.day(gate.decide_by)),
            named(t("Stop if"), gate.stop_if),
            listed(t("Decided"), (outcome, source.day(gate.closed_on))),
            named(t("Reason"), gate.reason),
        )
    )
    return Page(f"{step} · {t('round {n}', n=gate.round)} · {outcome}", lines)


PAGES: Mapping[str, Callable[[Source], Page]] = {
    "hypothesis": hypothesis_page,
    "note": note_page,
    "touchpoint": touchpoint_page,
    "customer": customer_page,
    "meeting": meeting_page,
    "requirement": requirement_page,
    "action": action_page,
    "member": member_page,
    "gate": gate_page,
}
"""The kinds that have a page, and what makes it."""


def page_of(source: Source) -> Page:
    """Make the page of any record; what two founders differ on stands at its end."""
    made = PAGES[source.detail.kind](source)
    archived = source.detail.record.deleted_at is not None
    title = f"{made.title} · {t('archived')}" if archived else made.title
    return Page(title, [*made.lines, *file_lines(source), *conflict_lines(source)])
