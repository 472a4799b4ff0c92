"""Three questions for tomorrow: an interview prompt of half a page for one customer.

At most three things to learn, taken from the riskiest hypotheses that this customer has not answered; a maybe is no
answer. Beside them stands how to ask so that answers are worth something, in the words of the playbook.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from fieldgate.domain.beliefs import is_key, riskiest
from fieldgate.domain.evidence import segment_test, tally
from fieldgate.domain.gates import open_gate, policy_of
from fieldgate.domain.records.learning import Stance
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from fieldgate.domain.playbook import Asking, Playbook
    from fieldgate.domain.records.learning import Hypothesis
    from fieldgate.domain.records.people import Customer
    from fieldgate.domain.snapshot import Snapshot

MOST = 3
"""Things to learn in one interview."""

_OPENERS: Mapping[str, tuple[int, ...]] = {
    "customer": (0, 4),
    "problem": (0, 2),
    "solution": (1, 3),
    "competition": (1, 3),
    "price": (2, 5),
    "model": (2, 5),
    "channel": (1, 4),
    "demand": (0, 4),
}
"""Area to the good questions of the playbook that open it, by their place."""
_USUAL = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One thing to learn: a belief, and good questions that open it. `maybe`: the day on which they said maybe."""

    code: str
    statement: str
    key: bool
    area: str
    openers: tuple[str, ...]
    maybe: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPrompt:
    """What to take along to a customer."""

    code: str
    name: str
    about: str
    lessons: tuple[Lesson, ...]
    asking: Asking
    concerned: bool = True
    """Whether any open belief is about them."""
    sale_path: tuple[str, ...] = ()
    """What makes up the path of a sale, where it is one of the things to learn."""


def interview_prompt(facts: Snapshot, playbook: Playbook, customer: Customer) -> InterviewPrompt:
    """Work out the prompt for a customer."""
    policy, gate = policy_of(facts, playbook), open_gate(facts)
    lessons: list[Lesson] = []
    concerning = [each for each in riskiest(facts, policy, gate.step if gate else None) if _concerns(each, customer)]
    for belief in concerning:
        standing = [each for each in tally(facts, belief, policy).standing if each.customer_id == customer.id]
        if len(lessons) < MOST and all(each.stance is Stance.MAYBE for each in standing):
            lessons.append(
                Lesson(
                    code=belief.code,
                    statement=belief.statement,
                    key=is_key(belief, policy),
                    area=belief.area.value,
                    openers=_openers(playbook.asking, belief.area.value),
                    maybe=min((each.said_on for each in standing), default=None),
                )
            )
    sells = any(each.area == "sales" for each in lessons)
    about = ", ".join(each for each in (customer.contact, customer.segment) if each)
    return InterviewPrompt(
        code=customer.code,
        name=customer.name,
        about=about,
        lessons=tuple(lessons),
        concerned=bool(concerning),
        asking=playbook.asking,
        sale_path=playbook.asking.sale_path if sells else (),
    )


def prompt_lines(prompt: InterviewPrompt) -> Iterator[str]:
    """Write a prompt as paragraphs, each on one line; an empty line between its parts."""
    asking = prompt.asking
    yield t("{code} {name}", code=prompt.code, name=prompt.name) + (f", {prompt.about}" if prompt.about else "")
    yield ""
    if not prompt.concerned:
        yield t("No open belief is about their segment. Ask whom else you should talk to.")
    elif not prompt.lessons:
        yield t("They have answered everything that is open. Ask whom else you should talk to.")
    for number, lesson in enumerate(prompt.lessons, start=1):
        key = t(" (key)") if lesson.key else ""
        yield f"{number}. {lesson.code} {lesson.statement}{key}"
        if lesson.maybe:
            yield "   " + t("They said maybe on {day}: ask for a yes or a no.", day=lesson.maybe)
        yield "   " + " ".join(t(each) for each in lesson.openers)
    if prompt.sale_path:
        yield ""
        yield t("The path of a sale: {parts}.", parts="; ".join(t(each) for each in prompt.sale_path))
    yield ""
    yield from (f"- {t(each)}" for each in asking.advice)
    yield "- " + t("Never: {questions}", questions=" ".join(t(each) for each in asking.bad))
    yield from (f"- {t(each)}" for each in asking.habits[1:])


def hints(asking: Asking) -> tuple[str, ...]:
    """How to ask, as short lines for who is asking right now: questions that are worth something, between advice."""
    questions = [t("Ask: {question}", question=t(each)) for each in asking.good]
    advice = [t(each) for each in (*asking.advice, *asking.habits[-1:])]
    advice += [t("Not: {question}", question=t(each)) for each in asking.bad]
    mixed = (each for pair in zip_longest(advice, questions) for each in pair if each is not None)
    return tuple(mixed)


def _concerns(belief: Hypothesis, customer: Customer) -> bool:
    """Whether a belief can be asked of a customer: of their segment, or a risk of their own project."""
    return belief.customer_id in {None, customer.id} and segment_test(belief.segment)(customer)


def _openers(asking: Asking, area: str) -> tuple[str, ...]:
    places = _OPENERS.get(area, _USUAL)
    return tuple(asking.good[place] for place in places if place < len(asking.good))
