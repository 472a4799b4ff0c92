"""Choices: the enums that forms offer, with the words a founder reads for each value."""

from collections.abc import Mapping
from enum import StrEnum

from fieldgate.domain.moves.ask import Choice
from fieldgate.domain.records.history import StopKind
from fieldgate.domain.records.journey import Answer
from fieldgate.domain.records.learning import Area, MeetingKind, NoteKind, Proposal, Purpose, Theme
from fieldgate.domain.records.people import Cocreation
from fieldgate.domain.records.work import RequirementState, Stage
from fieldgate.words import mark, t

_WORDS: Mapping[str, str] = {
    "custdev": mark("Customer Development"),
    "proddev": mark("Product Development"),
    "both": mark("both teams"),
    "existing": mark("existing market"),
    "new": mark("new market"),
    "low_cost": mark("resegmented by low cost"),
    "niche": mark("resegmented by niche"),
    "unknown": mark("not known yet"),
    "economic_buyer": mark("pays"),
    "decision_maker": mark("decides"),
    "influencer": mark("influences"),
    "recommender": mark("recommends"),
    "saboteur": mark("can block"),
    "user": mark("uses"),
    "partner": mark("partner"),
    "lead": mark("lead"),
    "active": mark("active"),
    "none": mark("none"),
    "weekly": mark("every week"),
    "biweekly": mark("every two weeks"),
    "monthly": mark("every month"),
    "quarterly": mark("every quarter"),
    "zoom_in": mark("a feature becomes the product"),
    "zoom_out": mark("the product becomes a feature"),
    "segment": mark("another segment"),
    "need": mark("another need"),
    "platform": mark("platform"),
    "architecture": mark("high margin and low volume, or the reverse"),
    "value_capture": mark("how we earn"),
    "growth": mark("what drives growth"),
    "channel": mark("another channel"),
    "technology": mark("another technology"),
    "narrow": mark("the same belief, a smaller claim"),
    "no_problem": mark("customers do not see the problem"),
    "not_serious": mark("customers see it, but not as serious"),
    "not_solved": mark("the product does not solve it"),
    "customer_insists": mark("a customer insists on it"),
    "no_market": mark("there is no market"),
    "too_small": mark("the market is too small"),
    "own": mark("we measured it"),
    "audit": mark("an audit of reports and data"),
    "third_party": mark("a third party"),
    "before_build": mark("before the build"),
    "e": mark("excited"),
    "x": mark("angry"),
    "m": mark("embarrassed"),
    "p": mark("pain"),
    "g": mark("goal"),
    "o": mark("obstacle"),
    "w": mark("workaround"),
    "b": mark("background"),
    "f": mark("feature asked for"),
    "$": mark("money"),
    "@": mark("person or company named"),
    "t": mark("follow-up promised"),
    "FO": mark("Find out"),
    "BY": mark("Buy"),
    "US": mark("Use and fix"),
    "LF": mark("For life"),
    "PM": mark("Product management"),
    "MKT": mark("Marketing"),
    "SAL": mark("Sales"),
    "PRJ": mark("Project management"),
    "ENG": mark("Engineering and QA"),
    "LEG": mark("Legal"),
    "SYS": mark("Systems engineering"),
    "MFG": mark("Manufacturing"),
    "FIN": mark("Finance and operations"),
    "OPS": mark("Network and cloud operations"),
    "SUP": mark("Support"),
    "CS": mark("Customer success"),
}

_OF_ONE: Mapping[type[StrEnum], Mapping[str, str]] = {
    Answer: {"na": mark("not applicable")},
    Area: {"channel": mark("channel")},
    Cocreation: {"candidate": mark("candidate"), "ended": mark("ended")},
    MeetingKind: {
        "interview": mark("Interview"),
        "sync": mark("Sync meeting"),
        "exchange": mark("On-site exchange"),
        "workshop": mark("Co-located work"),
        "regular": mark("Regular meeting"),
        "stationing": mark("Short stationing"),
        "visit": mark("Regular visit"),
        "retrospective": mark("Retrospective"),
        "other": mark("Other meeting"),
    },
    NoteKind: {"question": mark("open problem"), "view": mark("view or suggestion")},
    Proposal: {"redate": mark("another date")},
    Purpose: {
        "problem": mark("to hear about the problem"),
        "solution": mark("to try the solution"),
        "sale": mark("to sell"),
        "usage": mark("to see real use"),
        "feedback": mark("to ask for feedback"),
    },
    RequirementState: {"new": mark("new")},
    StopKind: {"other": mark("another reason")},
    Stage: {
        "build": mark("during the build"),
        "acceptance": mark("at acceptance"),
        "rollout": mark("during roll-out"),
    },
    Theme: {
        "update": mark("routine update"),
        "need": mark("new need or solution"),
        "risk": mark("risk warning"),
    },
}
"""Words of one enum alone: the value means something else in another, or has no word of its own."""


def choices(enum: type[StrEnum]) -> tuple[Choice, ...]:
    """Every value of an enum in its order; where nothing better is known the value is its own word."""
    return tuple(Choice(each.value, _words(each)) for each in enum)


def word_of(value: StrEnum) -> str:
    """Return what a founder reads for a value inside a sentence, in the reader's language."""
    return t(_words(value))


def _words(value: StrEnum) -> str:
    own = _OF_ONE.get(type(value), {})
    return own.get(value.value) or _WORDS.get(value.value, value.value.replace("_", " "))
