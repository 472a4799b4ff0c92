"""Requests and actions to read."""

from typing import TYPE_CHECKING, cast

from fieldgate.ui.panes.detail.page import (
    Page,
    Source,
    items,
    listed,
    named,
    present,
    risk_and_reward,
    said,
    section,
    to_record,
)
from fieldgate.ui.widgets.signs import ACTION_STATES, REQUIREMENT_STATES, URGENCIES, sign_of
from fieldgate.ui.widgets.spans import BLANK, line, strong, warn
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from fieldgate.domain.records.work import Action, Requirement

_STAGES = {
    "before_build": mark("before the build"),
    "build": mark("during the build"),
    "acceptance": mark("at acceptance"),
    "rollout": mark("during roll-out"),
}
_REASONS = {
    "no_problem": mark("customers say that there is no problem"),
    "not_serious": mark("customers say that it is not serious"),
    "not_solved": mark("customers say that the product does not solve it"),
    "customer_insists": mark("the customer insists"),
}


def requirement_page(source: Source) -> Page:
    """Make the page of a request, all columns of the log first."""
    asked = cast("Requirement", source.detail.record)
    sign = sign_of(REQUIREMENT_STATES, asked.state)
    first = risk_and_reward(asked.leave, asked.faster, asked.safer)
    urgency = t(URGENCIES.get(asked.urgency, asked.urgency))
    reason = t(_REASONS.get(asked.reason, "")) if asked.reason != "none" else None
    notes = source.note_rows(each.id for each in source.backlinks("note"))
    lines = [
        line(strong(asked.description)),
        BLANK,
        *present(
            (
                named(t("Category"), asked.category),
                named(t("Urgency"), warn(urgency) if asked.urgency == "critical" else urgency),
                listed(t("Reported"), (asked.reported_by, source.day(asked.reported_at), asked.department)),
                listed(t("Customer"), [to_record(each) for each in source.links("customer_id")]),
                named(t("Follow-up"), asked.follower),
                listed(
                    t("Status"),
                    (sign.text, source.day(asked.state_on), t("to the next sync") if asked.to_sync else None, reason),
                ),
                listed(t("First"), first),
                named(t("Stage"), t(_STAGES.get(asked.stage, asked.stage)) if asked.stage else None),
                named(t("Screenshot"), asked.screenshot),
                named(t("Remarks"), asked.remarks),
                listed(t("Same as"), [to_record(each) for each in source.links("duplicate_of")]),
                listed(t("Belief"), [to_record(each) for each in source.links("hypothesis_id")]),
                listed(t("Touchpoint"), [to_record(each) for each in source.links("touchpoint_id")]),
                listed(
                    t("Meetings"),
                    [to_record(each) for each in source.links("field_meeting_id", "decision_meeting_id")],
                ),
            )
        ),
        *section(t("Said"), [said(note, source) for note in notes.values()]),
        *items(source, t("Actions"), "action"),
        *items(source, t("The same, asked again"), "requirement", "duplicate_of"),
    ]
    return Page(f"{asked.code} {sign.text} · {urgency}", lines)


def action_page(source: Source) -> Page:
    """Make the page of an action."""
    action = cast("Action", source.detail.record)
    sign = sign_of(ACTION_STATES, action.state)
    late = action.state == "open" and action.due < source.state.today
    due = source.day(action.due)
    moved = t("moved {n} times", n=action.redated) if action.redated else None
    roles = ("customer_id", "hypothesis_id", "touchpoint_id", "requirement_id", "meeting_id")
    lines = [
        line(strong(action.text)),
        BLANK,
        *present(
            (
                listed(t("Due"), (warn(t("{day}, overdue", day=due)) if late else due, moved)),
                named(t("Who"), action.owner or t("nobody named")),
                listed(t("Kind"), (t("chase") if action.chase else None, t("milestone") if action.milestone else None)),
                listed(t("Done"), (source.day(action.done_at.date()) if action.done_at else None, action.reason)),
                *(
                    named(t("About") if not number else "", to_record(each))
                    for number, each in enumerate(source.links(*roles))
                ),
            )
        ),
    ]
    return Page(f"{action.code} {sign.text} · {due}", lines)
