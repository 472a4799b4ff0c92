"""Measures over the customer journey: cards in a state, with an owner, with a number. Fit cards are never counted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from fieldgate.domain.findings import FIXES, Finding, Fix, listed
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Touchpoint, TouchpointState
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.touchpoints import counted_cards, live_cards
from fieldgate.words import mark, t

Args = Mapping[str, Any]

_TO_DO: Mapping[TouchpointState, str] = {
    TouchpointState.UNASKED: mark("Ask {code}: {title}"),
    TouchpointState.GAP: mark("Close the gap {code}: {title}"),
    TouchpointState.FIXING: mark("Finish {code}: {title}"),
    TouchpointState.READY: mark("Review {code}: {title}"),
    TouchpointState.NA: mark("Bring back {code}: {title}"),
}


def kpi_known(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """Each of these cards carries a KPI value, or is not applicable where that is enough."""
    del gate, today
    codes: Collection[str] = args["cards"]
    there = {each.code: each for each in live_cards(facts) if each.code in codes}
    fixes: list[Fix] = []
    for code in codes:
        card = there.get(code)
        if card is None:
            fixes.append(Fix(kind="touchpoint", code=code, text=_added(playbook, code)))
        elif card.kpi_value is None and not (args.get("or_na") and card.state == TouchpointState.NA):
            text = t("Measure {code}: {title}", code=code, title=t(card.title))
            fixes.append(Fix(kind="touchpoint", id=card.id, code=code, text=text))
    missing = [each.code for each in fixes]
    if missing:
        text = t("Without a KPI value: {codes}.", codes=listed(missing))
    else:
        text = t("Measured: {codes}.", codes=listed(list(codes)))
    known = len(codes) - len(missing)
    return Finding(met=not missing, value=known, want=len(codes), text=text, fix=tuple(fixes[:FIXES]))


def cards_in(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """Every card of the phase is in one of these states, and there is one at least."""
    del gate, today
    cards = counted_cards(facts, args["phase"])
    left = [each for each in cards if each.state not in args["states"]]
    return _all_of(cards, left, (args["phase"],), playbook)


def cards_not_in(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """No card of the phase is in one of these states, and there is one at least."""
    del gate, today
    cards = counted_cards(facts, args["phase"])
    left = [each for each in cards if each.state in args["states"]]
    return _all_of(cards, left, (args["phase"],), playbook)


def owners(facts: Snapshot, args: Args, gate: Gate, playbook: Playbook, today: date) -> Finding:
    """Every card of these phases that applies has an owner, and there is a card at least."""
    del gate, today
    phases: Collection[str] = args["phases"]
    cards = counted_cards(facts, *phases)
    left = [each for each in cards if each.state != TouchpointState.NA and not (each.owner or "").strip()]
    if not left:
        return _all_of(cards, left, phases, playbook)
    fixes = tuple(
        Fix(kind="touchpoint", id=each.id, code=each.code, text=t("Give {code} an owner.", code=each.code))
        for each in left[:FIXES]
    )
    text = t("Without an owner: {codes}.", codes=listed([each.code for each in left]))
    return Finding(met=False, value=len(cards) - len(left), want=len(cards), text=text, fix=fixes)


def _all_of(cards: list[Touchpoint], left: list[Touchpoint], phases: Collection[str], playbook: Playbook) -> Finding:
    titles = t(" and ").join(t(each.title) for each in playbook.phases if each.id in phases)
    if not cards:
        fix = Fix(kind="touchpoint", text=t("Add the cards of {phase} from the catalogue.", phase=titles))
        text = t("The journey holds no card of {phase}.", phase=titles)
        return Finding(met=False, value=0, want=1, text=text, fix=(fix,))
    done = len(cards) - len(left)
    text = t("{phase}: {n} of {want} cards are there.", phase=titles, n=done, want=len(cards))
    if left:
        codes = listed([each.code for each in left])
        text = t(
            "{phase}: {n} of {want} cards are there; missing {codes}.",
            phase=titles,
            n=done,
            want=len(cards),
            codes=codes,
        )
    return Finding(
        met=not left, value=done, want=len(cards), text=text, fix=tuple(_to_do(each) for each in left[:FIXES])
    )


def _to_do(card: Touchpoint) -> Fix:
    text = t(_TO_DO[card.state], code=card.code, title=t(card.title))
    return Fix(kind="touchpoint", id=card.id, code=card.code, text=text)


def _added(playbook: Playbook, code: str) -> str:
    card = playbook.cards.get(code)
    return t("Add {code} from the catalogue and measure it: {title}", code=code, title=t(card.title) if card else "")
