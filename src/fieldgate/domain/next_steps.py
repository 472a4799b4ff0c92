"""What is next: the one thing that would move the gate, and what follows it, in sentences that name their records.

The order: 1 a gate that is overdue, or whose outcome is in conflict; 2 the sync meeting when nothing else is missing,
then the advance; 3 key beliefs to rule; 4 maybes past their days, then a sync meeting when there was none for long;
5 the riskiest belief in testing; 6 the riskiest draft; 7 every other unmet criterion; 8 gaps that customers met, then
gaps in the order of the board. A stopped workspace has nothing next; one that is done goes on with its journey.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from fieldgate.domain.attendance import is_held, latest
from fieldgate.domain.beliefs import is_key, live_beliefs, riskiest, whom_to_ask
from fieldgate.domain.board import board_order
from fieldgate.domain.evidence import tally
from fieldgate.domain.findings import NAMED, Fix, counted, listed, name_of
from fieldgate.domain.gates import GateReport, Unheard, evaluate, in_force, phase
from fieldgate.domain.maybes import Untreated, all_untreated, chases
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.records.learning import Hypothesis, HypothesisState, Meeting, MeetingKind
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.touchpoints import is_escalated, live_cards
from fieldgate.domain.verdicts import is_shaken, suggest
from fieldgate.domain.wording import step_word
from fieldgate.words import mark, t

LONGEST = 20
"""How many entries one rule adds at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do. `rule` is 1-8; the record that it points to may have still to be made (empty `id`)."""

    rule: int
    text: str
    kind: str
    id: str = ""
    code: str = ""
    command: str = ""


def what_is_next(
    facts: Snapshot, playbook: Playbook, today: date, report: GateReport | None = None
) -> tuple[NextStep, ...]:
    """List what is next; the first entry is what every screen shows.

    Args:
        facts: The facts.
        playbook: With or without the workspace's numbers; they are put over it here.
        today: The day.
        report: The report of the open gate, where the caller has it already.
    """
    if phase(facts) == "stopped":
        return ()
    playbook = in_force(facts, playbook)
    look = _Look(facts, playbook, today, report or evaluate(playbook, facts, today))
    ready = tuple(_gate_ready(look))
    steps: list[NextStep] = [
        *_gate_overdue(look),
        *ready,
        *_verdicts(look),
        *_maybes(look),
        *(_sync_due(look) if not ready else ()),
        *_riskiest_test(look),
        *_riskiest_draft(look),
    ]
    steps += _other_criteria(look, {(each.kind, each.id) for each in steps if each.id})
    if look.report is not None and look.report.overdue and look.report.undecided is None:
        steps = _with_nearest(steps)
    return (*steps, *_gaps(look))


def _with_nearest(steps: list[NextStep]) -> list[NextStep]:
    """Let the sentence of an overdue gate also say what would move it first: a bare "decide" helps nobody."""
    nearest = (t("What would move it: {nearest}", nearest=each.text) for each in steps[1:2])
    return [replace(steps[0], text=" ".join((steps[0].text, *nearest))), *steps[1:]]


@dataclass
class _Look:
    """What all rules look at."""

    facts: Snapshot
    playbook: Playbook
    today: date
    report: GateReport | None

    @cached_property
    def open_beliefs(self) -> list[Hypothesis]:
        """Beliefs to settle, riskiest first."""
        step = self.report.gate.step if self.report else None
        return riskiest(self.facts, self.playbook.policy, step)


def _gate_overdue(look: _Look) -> Iterator[NextStep]:
    if look.report is None:
        return
    undecided = look.report.undecided
    if undecided is not None:
        text = t(
            "Two founders closed the {step} gate differently: decide which outcome holds.",
            step=step_word(undecided.step),
        )
        yield NextStep(rule=1, text=text, kind="gate", id=undecided.id, command="fieldgate triage --kind conflict")
    gate = look.report.gate
    if look.report.overdue:
        text = t(
            "The {step} gate is {days} overdue: decide it, or re-date it once.",
            step=step_word(gate.step),
            days=counted((look.today - gate.decide_by).days, mark("one day"), mark("{n} days")),
        )
        yield NextStep(rule=1, text=text, kind="gate", id=gate.id, command="fieldgate gate")


def _gate_ready(look: _Look) -> Iterator[NextStep]:
    report = look.report
    if report is None or report.undecided is not None:
        return
    missing = [each.criterion.id for each in report.unmet()]
    gate = report.gate
    if missing == [f"{gate.step.value}.sync"]:
        text = t("Hold the sync meeting: everything else at the {step} gate is there.", step=step_word(gate.step))
        yield NextStep(rule=2, text=text, kind="gate", id=gate.id, command="fieldgate add meeting --kind sync")
    if not missing:
        for each in report.unheard[:LONGEST]:
            yield _to_hear(each)
        text = t("Advance: every criterion of the {step} gate is met.", step=step_word(gate.step))
        yield NextStep(rule=2, text=text, kind="gate", id=gate.id, command="fieldgate gate advance")


def _to_hear(unheard: Unheard) -> NextStep:
    text = t("Read what speaks most against {code} before you advance.", code=unheard.code)
    command = f"fieldgate show --contrary {unheard.code}"
    return NextStep(rule=2, text=text, kind="hypothesis", id=unheard.hypothesis_id, code=unheard.code, command=command)


def _verdicts(look: _Look) -> Iterator[NextStep]:
    policy = look.playbook.policy
    found: list[tuple[float, Hypothesis, str, str]] = []
    for belief in live_beliefs(look.facts):
        if not is_key(belief, policy):
            continue
        count = tally(look.facts, belief, policy)
        suggestion = suggest(belief, count, look.today)
        code = belief.code
        if is_shaken(belief, count):
            told = {"code": code, "state": belief.state.value, "yes": count.yes, "no": count.no}
            text = t("{code} was {state}, but {yes} yes and {no} no no longer say so: test it again.", **told)
            found.append((-count.risk, belief, text, f"fieldgate show {code}"))
        elif suggestion and suggestion.kind in {"supported", "refuted"}:
            text = t("Rule {code} {kind}: {reason}", code=code, kind=suggestion.kind, reason=suggestion.reason)
            found.append((-count.risk, belief, text, f"fieldgate rule {code} {suggestion.kind} --learned TEXT"))
        elif suggestion and suggestion.kind == "decide":
            text = t("Narrow, retire or extend {code}: {reason}", code=code, reason=suggestion.reason)
            found.append((-count.risk, belief, text, f"fieldgate show {code}"))
    for _, belief, text, command in heapq.nsmallest(LONGEST, found, key=lambda each: (each[0], each[1].id)):
        yield NextStep(rule=3, text=text, kind="hypothesis", id=belief.id, code=belief.code, command=command)


def _maybes(look: _Look) -> Iterator[NextStep]:
    for each in all_untreated(look.facts, look.playbook.policy, look.today)[:LONGEST]:
        belief = each.hypothesis
        command = "fieldgate triage --kind maybe"
        text = _maybe_text(look, each)
        yield NextStep(rule=4, text=text, kind="hypothesis", id=belief.id, code=belief.code, command=command)


def _maybe_text(look: _Look, each: Untreated) -> str:
    customer = look.facts.customers.get(each.standing.customer_id or "")
    told = {"belief": each.hypothesis.code, "days": each.age(look.today)}
    if customer is None:
        return t("A maybe on {belief} has stood for {days} days and names nobody: make it firm or discard it.", **told)
    told["who"] = name_of(customer)
    if chases(look.facts, each.hypothesis.id, customer.id):
        return t(
            "{who} is still a maybe on {belief} after the chase, {days} days: count it as a no or drop them.", **told
        )
    return t("{who} has been a maybe on {belief} for {days} days: chase once or count it as a no.", **told)


def _sync_due(look: _Look) -> Iterator[NextStep]:
    """A sync meeting is due when neither one nor the gate's opening lies within the last `sync_days` days."""
    if look.report is None:
        return
    gate = look.report.gate
    meetings = look.facts.linked("meeting", "gate_id", gate.id)
    last = latest(
        each
        for each in meetings
        if isinstance(each, Meeting) and each.kind == MeetingKind.SYNC and is_held(each, look.today)
    )
    since = max(gate.opened_on, last.date) if last else gate.opened_on
    days = (look.today - since).days
    if days > look.playbook.policy.sync_days:
        text = (
            t("Hold a sync meeting: both teams last met {days} days ago.", days=days)
            if last
            else _never_met(gate, days)
        )
        yield NextStep(rule=4, text=text, kind="gate", id=gate.id, command="fieldgate add meeting --kind sync")


def _never_met(gate: Gate, days: int) -> str:
    return t(
        "Hold a sync meeting: there was none since the {step} gate opened {days} days ago.",
        step=step_word(gate.step),
        days=days,
    )


def _riskiest_test(look: _Look) -> Iterator[NextStep]:
    """The riskiest belief whose test goes on; those with a verdict in sight stand above."""
    policy = look.playbook.policy
    for belief in look.open_beliefs:
        suggestion = suggest(belief, tally(look.facts, belief, policy), look.today)
        if suggestion is not None and suggestion.kind == "keep":
            ask = [name_of(each) for each in whom_to_ask(look.facts, belief, policy, NAMED)]
            wanted = counted(suggestion.wanted, mark("1 more firm answer"), mark("{n} more firm answers"))
            told = {"wanted": wanted, "code": belief.code}
            if ask:
                text = t("{wanted} for {code}: ask {names}.", names=listed(ask), **told)
            else:
                text = t("{wanted} for {code}: find a customer who has not answered it yet.", **told)
            command = f"fieldgate show {belief.code}"
            yield NextStep(rule=5, text=text, kind="hypothesis", id=belief.id, code=belief.code, command=command)
            return


def _riskiest_draft(look: _Look) -> Iterator[NextStep]:
    draft = next((each for each in look.open_beliefs if each.state == HypothesisState.DRAFT), None)
    if draft is not None:
        text = t("Write the prediction of {code} and lock it: it is the riskiest draft.", code=draft.code)
        command = f"fieldgate lock {draft.code}"
        yield NextStep(rule=6, text=text, kind="hypothesis", id=draft.id, code=draft.code, command=command)


def _other_criteria(look: _Look, listed_already: set[tuple[str, str]]) -> Iterator[NextStep]:
    """The unmet criteria besides `.sync`, each with the first row that would fix it and is not named above."""
    for each in look.report.unmet() if look.report else ():
        if each.criterion.id.endswith(".sync"):
            continue
        fix = next((fix for fix in each.fix if (fix.kind, fix.id) not in listed_already), None)
        if fix is not None:
            text = t("{criterion}: {todo}", criterion=t(each.criterion.title), todo=fix.text)
            yield NextStep(rule=7, text=text, kind=fix.kind, id=fix.id, code=fix.code, command=_command(fix))


def _command(fix: Fix) -> str:
    if fix.kind in {"gate", "check"}:
        return "fieldgate gate"
    if not fix.id:
        return f"fieldgate add {fix.kind}"
    return f"fieldgate show {fix.code}" if fix.code else "fieldgate status"


def _gaps(look: _Look) -> Iterator[NextStep]:
    def first() -> list[Touchpoint]:
        gaps = (each for each in live_cards(look.facts) if each.state == TouchpointState.GAP)
        return heapq.nsmallest(LONGEST, gaps, key=lambda each: (not is_escalated(each), board_order(each)))

    for card in look.facts.keep_of(("touchpoint",), "gaps", first):
        yield _gap(card)


def _gap(card: Touchpoint) -> NextStep:
    told = {"code": card.code, "title": t(card.title)}
    if is_escalated(card):
        text = t("A customer met the gap {code}, {title}: give it an owner and an action.", **told)
    else:
        text = t("Close the gap {code}, {title}.", **told)
    command = f"fieldgate show {card.code}"
    return NextStep(rule=8, text=text, kind="touchpoint", id=card.id, code=card.code, command=command)
