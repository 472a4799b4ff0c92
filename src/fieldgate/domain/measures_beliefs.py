"""Measures over key beliefs: supported, settled, demanded again, unsettled, and the maybes on them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from fieldgate.domain.beliefs import OPEN, key_beliefs, live_beliefs
from fieldgate.domain.evidence import pieces, tally
from fieldgate.domain.findings import FIXES, Finding, Fix, code_order, listed, name_of
from fieldgate.domain.maybes import untreated
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.learning import Hypothesis, HypothesisState, Stance
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.verdicts import suggest
from fieldgate.words import t

Args = Mapping[str, Any]
_RULED = (HypothesisState.SUPPORTED, HypothesisState.REFUTED)


def supported(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """At least `at_least` key beliefs of these areas are supported."""
    lacking = t("No key belief about {areas} is supported yet.", areas=_said(args))
    return _enough(facts, args, gate, playbook, today, counts=_is_supported, lacking=lacking)


def settled(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """A key belief of these areas has a verdict."""

    def ruled(belief: Hypothesis) -> bool:
        return belief.state in _RULED

    lacking = t("No key belief about {areas} has a verdict yet.", areas=_said(args))
    return _enough(facts, args, gate, playbook, today, counts=ruled, lacking=lacking)


def supported_with_yes(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """A supported key belief of these areas has a standing yes of at least this strength."""

    def paid(belief: Hypothesis) -> bool:
        standing = tally(facts, belief, playbook.policy).standing
        return _is_supported(belief) and any(
            each.stance == Stance.YES and each.strength >= args["strength"] for each in standing
        )

    lacking = t(
        "No supported key belief about {areas} has a firm yes of strength {strength} or more yet.",
        areas=_said(args),
        strength=args["strength"],
    )
    return _enough(facts, args, gate, playbook, today, counts=paid, lacking=lacking)


def demand_repeats(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """A supported key belief of these areas has firm yes pieces of this strength far enough apart in time."""

    def repeats(belief: Hypothesis) -> bool:
        days = [
            each.note.said_on
            for each in pieces(facts, belief)
            if each.evidence.stance == Stance.YES
            and each.evidence.strength >= max(args["strength"], playbook.policy.firm_strength)
        ]
        apart = timedelta(days=args["apart"])
        return _is_supported(belief) and len(days) >= args["pieces"] and days[-1] - days[0] >= apart

    lacking = t(
        "No supported key belief about {areas} has {n} firm yes of strength {strength} or more at least {apart} days "
        "apart.",
        areas=_said(args),
        n=args["pieces"],
        strength=args["strength"],
        apart=args["apart"],
    )
    return _enough(facts, args, gate, playbook, today, counts=repeats, lacking=lacking)


def beliefs_settled(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """No key belief of the step is a draft or in testing."""
    del args
    key = key_beliefs(facts, playbook.policy, gate.step)
    left = [each for each in key if each.state in OPEN]
    fixes = tuple(fix_for(facts, each, playbook.policy, today) for each in left[:FIXES])
    if left:
        text = t("Not settled yet: {beliefs}.", beliefs=listed([each.code for each in left]))
    else:
        text = t("Every key belief of this step has its verdict.")
    return Finding(met=not left, value=len(key) - len(left), want=len(key), text=text, fix=fixes)


def maybes_treated(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """No standing maybe on a key belief that is not settled is past its days, unless it is being chased."""
    del args
    policy = playbook.policy
    left = [
        each for belief in key_beliefs(facts, policy, gate.step) for each in untreated(facts, belief, policy, today)
    ]
    fixes = []
    for each in left[:FIXES]:
        customer = facts.customers.get(each.standing.customer_id or "")
        who = name_of(customer) if customer else t("A note without a customer")
        text = t(
            "{who} has been a maybe on {belief} for {n} days.", who=who, belief=each.hypothesis.code, n=each.age(today)
        )
        fixes.append(Fix(kind="hypothesis", id=each.hypothesis.id, code=each.hypothesis.code, text=text))
    if left:
        beliefs = sorted({each.hypothesis.code for each in left}, key=code_order)
        text = t("Maybes left untreated: {n}, on {beliefs}.", n=len(left), beliefs=listed(beliefs))
    else:
        text = t("No maybe is older than {n} days.", n=policy.maybe_days)
    return Finding(met=not left, value=len(left), want=0, text=text, fix=tuple(fixes))


def fix_for(facts: Snapshot, belief: Hypothesis, policy: Policy, today: date) -> Fix:
    """What to do with one belief so that it gets settled, or counts."""
    suggestion = suggest(belief, tally(facts, belief, policy), today)
    if belief.importance < policy.key_importance:
        text = t("Raise the importance of {code} to {n}: it is not key yet.", code=belief.code, n=policy.key_importance)
    elif belief.state == HypothesisState.DRAFT:
        text = t("Write the prediction of {code} and lock it.", code=belief.code)
    elif suggestion is None:
        text = t("{code} is {state}: it needs stronger yes.", code=belief.code, state=t(belief.state.value))
    elif suggestion.kind in {"supported", "refuted"}:
        text = t("Rule {code}: {reason}", code=belief.code, reason=suggestion.reason)
    elif suggestion.kind == "decide":
        text = t("Narrow, retire or extend {code}: {reason}", code=belief.code, reason=suggestion.reason)
    else:
        text = t("{code}: {reason}", code=belief.code, reason=suggestion.reason)
    return Fix(kind="hypothesis", id=belief.id, code=belief.code, text=text)


def _is_supported(belief: Hypothesis) -> bool:
    return belief.state == HypothesisState.SUPPORTED


def _enough(
    facts: Snapshot,
    args: Args,
    gate: Gate,
    playbook: Playbook,
    today: date,
    *,
    counts: Callable[[Hypothesis], bool],
    lacking: str,
) -> Finding:
    """Whether enough key beliefs of the areas count; `lacking` says that none does."""
    areas: Sequence[str] = args["areas"]
    want = args.get("at_least", 1)
    beliefs = [each for each in key_beliefs(facts, playbook.policy, gate.step) if each.area in areas]
    counting = [each for each in beliefs if counts(each)]
    if len(counting) >= want:
        text = ", ".join(_told(facts, each, playbook.policy) for each in counting)
        return Finding(met=True, value=len(counting), want=want, text=text)
    text = lacking
    if counting:
        text = t("{n} of {want} key beliefs about {areas} are there.", n=len(counting), want=want, areas=_said(args))
    near = [each for each in beliefs if each not in counting and each.state != HypothesisState.REFUTED]
    near = near or _lesser(facts, areas, gate, playbook.policy)
    fixes = tuple(fix_for(facts, each, playbook.policy, today) for each in near[:FIXES])
    if not fixes:
        fixes = (Fix(kind="hypothesis", text=t("Write a belief about {areas} and test it.", areas=_said(args))),)
    return Finding(met=False, value=len(counting), want=want, text=text, fix=fixes)


def _said(args: Args) -> str:
    areas: Sequence[str] = args["areas"]
    return t(" or ").join(map(t, areas))


def _lesser(facts: Snapshot, areas: Sequence[str], gate: Gate, policy: Policy) -> list[Hypothesis]:
    """Beliefs of the areas and the step that would count if they were held to be key, by code."""
    found = (
        each
        for each in live_beliefs(facts)
        if each.area in areas
        and each.step == gate.step
        and each.customer_id is None
        and each.importance < policy.key_importance
        and each.state not in {HypothesisState.RETIRED, HypothesisState.REFUTED}
    )
    return sorted(found, key=lambda each: code_order(each.code))


def _told(facts: Snapshot, belief: Hypothesis, policy: Policy) -> str:
    count = tally(facts, belief, policy)
    return t(
        "{code} {state}, {yes} yes {no} no", code=belief.code, state=t(belief.state.value), yes=count.yes, no=count.no
    )
