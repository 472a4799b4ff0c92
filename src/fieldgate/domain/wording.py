"""How the values of the field read inside a sentence, in the reader's language."""

from collections.abc import Iterable, Mapping

from fieldgate.domain.records.learning import Step
from fieldgate.words import mark, t

STEPS: Mapping[Step, str] = {
    Step.DISCOVERY: mark("discovery"),
    Step.VALIDATION: mark("validation"),
    Step.CREATION: mark("creation"),
    Step.BUILDING: mark("building"),
}
"""The four steps as an adjective of the gate that ends them."""

_STOPS = ".。"
_END = mark(".")


def step_word(step: Step) -> str:
    """Return the word for a step: "the discovery gate"."""
    return t(STEPS[step])


def as_one(sentences: Iterable[str]) -> str:
    """Join sentences and parts of sentences into one, which ends as sentences end in the reader's script."""
    return "; ".join(each.rstrip(_STOPS) for each in sentences).rstrip() + t(_END)
