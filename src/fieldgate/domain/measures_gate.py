"""Measures over the gate itself: its sync meeting, what was attested on it, the feature rule and the market type."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from fieldgate.domain.attendance import is_held, latest, teams_missing
from fieldgate.domain.beliefs import key_beliefs
from fieldgate.domain.findings import FIXES, Finding, Fix, code_order, counted, listed
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Answer, Check
from fieldgate.domain.records.learning import Meeting, MeetingKind, Proposal
from fieldgate.domain.records.people import Team
from fieldgate.domain.records.work import RequirementState
from fieldgate.domain.requirements_brake import missing_links
from fieldgate.domain.snapshot import Snapshot
from fieldgate.words import mark, t

Args = Mapping[str, Any]

_OPENED = (
    RequirementState.ACCEPTED,
    RequirementState.DOING,
    RequirementState.DONE,
    RequirementState.CONFIRMED,
)
_TEAMS: Mapping[Team, str] = {
    Team.CUSTDEV: mark("Customer Development"),
    Team.PRODDEV: mark("Product Development"),
}


def features_braked(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """No requirement reported since the gate opened was opened without the links that the step's rule asks for."""
    del args
    braked = 0
    broken: list[str] = []
    fixes: list[Fix] = []
    opened = (
        each
        for each in facts.requirements.values()
        if each.state in _OPENED and each.live and each.reported_at >= gate.opened_on
    )
    for each in sorted(opened, key=lambda each: code_order(each.code)):
        missing = missing_links(facts, each, gate.step, playbook.policy, today)
        braked += not missing
        if missing:
            broken.append(each.code)
            text = " ".join(fix.text for fix in missing)
            fixes.append(Fix(kind="requirement", id=each.id, code=each.code, text=text))
    if broken:
        text = t("Opened against the feature rule: {codes}.", codes=listed(broken))
    else:
        text = t("No feature was opened against the rule.")
    want = braked + len(broken)
    return Finding(met=not broken, value=braked, want=want, text=text, fix=tuple(fixes[:FIXES]))


def market_type_set(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """The workspace says which type of market it is in."""
    del args, gate, today
    chosen = facts.workspace.market_type
    if chosen is None:
        fix = Fix(kind="workspace", id=facts.workspace.id, text=t("Choose the type of market."))
        return Finding(met=False, value=0, want=1, text=t("The type of market is not chosen."), fix=(fix,))
    title = next((t(each.title) for each in playbook.market_types if each.id == chosen), chosen.value)
    return Finding(met=True, value=1, want=1, text=t("The type of market is chosen: {title}.", title=title))


def attested(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """A person answered the criterion's check on this gate with yes, and said how they know.

    The check stands under the criterion's id (`args["criterion"]`); a note or a linked meeting says how.
    """
    del today
    key: str = args["criterion"]
    sentence = next((t(each.check) for each in playbook.criteria if each.id == key), key)
    rows = cast("list[Check]", facts.linked("check", "gate_id", gate.id))
    check = next((each for each in rows if each.key == key), None)
    if check is None or check.answer == Answer.OPEN:
        text = t("Nobody has answered yet: {sentence}.", sentence=sentence)
    elif check.answer != Answer.YES:
        text = t("Answered no: {sentence}.", sentence=sentence)
    elif not (check.note or "").strip() and facts.get("meeting", check.meeting_id) is None:
        text = t("Answered yes without a note or a meeting that shows it: {sentence}.", sentence=sentence)
    else:
        return Finding(met=True, value=1, want=1, text=t("Answered yes: {sentence}.", sentence=sentence))
    fix = Fix(
        kind="check", id=check.id if check else "", code=key, text=t("Answer it on the gate, with a note or a meeting.")
    )
    return Finding(met=False, value=0, want=1, text=text, fix=(fix,))


def teams_agree(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """A sync meeting of this gate proposed to advance, both teams attended and said yes, after the last verdict.

    On the day of the newest verdict among the step's key beliefs is early enough.
    """
    del args
    syncs = [each for each in _meetings(facts, gate) if each.kind == MeetingKind.SYNC]
    proposals = [each for each in syncs if each.proposal == Proposal.ADVANCE and is_held(each, today)]
    ruled = (each.verdict_on for each in key_beliefs(facts, playbook.policy, gate.step))
    newest = max((day for day in ruled if day is not None), default=None)
    agreed = latest(each for each in proposals if not _objection(facts, each, newest))
    if agreed is not None:
        text = t("Both teams agreed in {code} on {day}.", code=agreed.code, day=agreed.date)
        return Finding(met=True, value=1, want=1, text=text)
    last = latest(proposals) or latest(each for each in syncs if is_held(each, today))
    if last is None:
        return _no_sync(latest(syncs), gate)
    text = _objection(facts, last, newest) or t("{code} has no proposal to advance yet.", code=last.code)
    fix = Fix(
        kind="meeting", id=last.id, code=last.code, text=t("Hold a sync meeting and put the proposal to both teams.")
    )
    return Finding(met=False, value=0, want=1, text=text, fix=(fix,))


def _meetings(facts: Snapshot, gate: Gate) -> list[Meeting]:
    return cast("list[Meeting]", facts.linked("meeting", "gate_id", gate.id))


def _no_sync(planned: Meeting | None, gate: Gate) -> Finding:
    if planned is None:
        text, todo = t("There was no sync meeting yet."), t("Hold a sync meeting of both teams.")
        fix = Fix(kind="gate", id=gate.id, text=todo)
    else:
        text = t("{code} is planned for {day} and proves nothing before.", code=planned.code, day=planned.date)
        fix = Fix(kind="meeting", id=planned.id, code=planned.code, text=t("Hold {code}.", code=planned.code))
    return Finding(met=False, value=0, want=1, text=text, fix=(fix,))


def _objection(facts: Snapshot, sync: Meeting, newest: date | None) -> str:
    """Why a sync meeting that was held does not let the step end; empty when it does, or proposes nothing."""
    if sync.proposal != Proposal.ADVANCE:
        return ""
    absent = teams_missing(facts, sync)
    if absent:
        teams = listed([t(_TEAMS[each]) for each in absent])
        return t("Nobody of {teams} attended {code}.", teams=teams, code=sync.code)
    answers = {Team.CUSTDEV: sync.agree_custdev, Team.PRODDEV: sync.agree_proddev}
    against = [t(_TEAMS[team]) for team, answer in answers.items() if answer is False]
    if against:
        reason = sync.agree_reason or t("no reason given")
        return t("{teams} said no in {code}: {reason}", teams=listed(against), code=sync.code, reason=reason)
    silent = [t(_TEAMS[team]) for team, answer in answers.items() if answer is None]
    if silent:
        said = counted(len(silent), mark("has not answered"), mark("have not answered"))
        return t("{teams} {said} in {code}.", teams=t(" and ").join(silent), said=said, code=sync.code)
    if newest is not None and sync.date < newest:
        return t(
            "The agreement in {code} of {day} is older than the verdict of {newest}: ask both teams again.",
            code=sync.code,
            day=sync.date,
            newest=newest,
        )
    return ""
