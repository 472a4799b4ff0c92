"""Signs: the glyph and the words of every state, so that each is read without colour; and days as people read them.

Words are marked for the catalogue here and translated where they are shown. Only glyphs that every terminal draws one
cell wide.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from fieldgate.words import mark, t


class Sign(NamedTuple):
    """A state as it is shown: one glyph and a word or two."""

    glyph: str
    words: str

    @property
    def text(self) -> str:
        """Glyph and word in the user's language; a dot, which also stands between facts, is left out."""
        return t(self.words) if self.glyph == "·" else f"{self.glyph} {t(self.words)}"


HYPOTHESIS_STATES: Mapping[str, Sign] = {
    "draft": Sign("·", mark("draft")),
    "testing": Sign("?", mark("testing")),
    "supported": Sign("✓", mark("supported")),
    "refuted": Sign("✗", mark("refuted")),
    "retired": Sign("—", mark("retired")),
}

STANCES: Mapping[str, Sign] = {
    "yes": Sign("✓", mark("yes")),
    "no": Sign("✗", mark("no")),
    "maybe": Sign("?", mark("maybe")),
}

CARD_STATES: Mapping[str, Sign] = {
    "unasked": Sign("·", mark("To ask")),
    "gap": Sign("✗", mark("Gap")),
    "fixing": Sign("▲", mark("Fixing")),
    "ready": Sign("✓", mark("Ready")),
    "na": Sign("—", mark("not applicable")),
}

ANSWERS: Mapping[str, Sign] = {
    "open": Sign("·", mark("open")),
    "yes": Sign("✓", mark("yes")),
    "no": Sign("✗", mark("no")),
    "na": Sign("—", mark("not applicable")),
}

RESULTS: Mapping[str, Sign] = {
    "met": Sign("✓", mark("met")),
    "unmet": Sign("✗", mark("missing")),
    "na": Sign("—", mark("n/a")),
}

REQUIREMENT_STATES: Mapping[str, Sign] = {
    "new": Sign("●", mark("new")),
    "parked": Sign("·", mark("parked")),
    "checking": Sign("?", mark("checking")),
    "accepted": Sign("→", mark("accepted")),
    "doing": Sign("▲", mark("doing")),
    "done": Sign("✓", mark("done")),
    "confirmed": Sign("✓", mark("confirmed")),
    "declined": Sign("✗", mark("declined")),
    "duplicate": Sign("—", mark("duplicate")),
}

URGENCIES: Mapping[str, str] = {
    "low": mark("low"),
    "normal": mark("normal"),
    "high": mark("high"),
    "critical": mark("critical"),
}

ACTION_STATES: Mapping[str, Sign] = {
    "open": Sign("·", mark("open")),
    "done": Sign("✓", mark("done")),
    "dropped": Sign("—", mark("dropped")),
}

CUSTOMER_STATES: Mapping[str, Sign] = {
    "lead": Sign("·", mark("lead")),
    "active": Sign("✓", mark("active")),
    "dropped": Sign("—", mark("dropped")),
}

COCREATION: Mapping[str, str] = {
    "none": mark("no co-creation"),
    "candidate": mark("co-creation candidate"),
    "active": mark("co-creation"),
    "ended": mark("co-creation ended"),
}

ROLES: Mapping[str, str] = {
    "unknown": mark("role unknown"),
    "user": mark("user"),
    "influencer": mark("influencer"),
    "recommender": mark("recommender"),
    "economic_buyer": mark("economic buyer"),
    "decision_maker": mark("decision maker"),
    "saboteur": mark("saboteur"),
    "partner": mark("partner"),
}

AWARENESS: tuple[str, ...] = (
    mark("unknown"),
    mark("has the problem"),
    mark("knows the problem"),
    mark("looks for a way out"),
    mark("has patched together a way out"),
    mark("has or can get budget"),
)

AREAS: Mapping[str, str] = {
    "customer": mark("customer"),
    "problem": mark("problem"),
    "solution": mark("solution"),
    "price": mark("price"),
    "channel": mark("channel"),
    "demand": mark("demand"),
    "market": mark("market"),
    "competition": mark("competition"),
    "sales": mark("sales"),
    "model": mark("model"),
    "organisation": mark("organisation"),
    "delivery": mark("delivery"),
}

NOTE_KINDS: Mapping[str, str] = {
    "observation": mark("observation"),
    "decision": mark("decision"),
    "question": mark("open problem"),
    "view": mark("view or suggestion"),
}

PROPOSALS: Mapping[str, str] = {
    "advance": mark("advance"),
    "pivot": mark("pivot"),
    "stop": mark("stop"),
    "redate": mark("another date"),
}

_MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)


QUOTES = frozenset('“„«‹「『"')
"""What words begin with that are quoted already."""


def quoted(text: str) -> str:
    """Return words that somebody said between quotation marks, once."""
    return text if text[:1] in QUOTES else f"“{text}”"


def sign_of(signs: Mapping[str, Sign], state: str) -> Sign:
    """Return the sign of a state; one that a newer version wrote stands for itself."""
    return signs.get(state) or Sign("·", state)


def day_text(day: date | str | None, today: date | None = None) -> str:
    """Return a day as people read it: 16 Mar, with its year unless that is this one; empty for none."""
    if not day:
        return ""
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError:
            return str(day)
    known = {"day": day.day, "month": t(_MONTHS[day.month - 1])}
    if today is not None and day.year == today.year:
        return t("{day} {month}", **known)
    return t("{day} {month} {year}", year=day.year, **known)
