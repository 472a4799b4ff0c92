"""Kinds of record as people write them: hypothesis, hypotheses, Customers."""

from collections.abc import Mapping

from fieldgate.domain.kinds import KIND_NAMES
from fieldgate.errors import UsageError
from fieldgate.words import t

PLURALS: Mapping[str, str] = {name: f"{name}s" for name in KIND_NAMES} | {
    "hypothesis": "hypotheses",
    "evidence": "evidence",
}
"""Every kind and its plural."""

_SINGULAR = {plural: name for name, plural in PLURALS.items()}


def kind_named(word: str) -> str:
    """Return the kind that a word means.

    Raises:
        UsageError: There is none; those that there are get named.
    """
    name = _SINGULAR.get(word.lower(), word.lower())
    if name not in PLURALS:
        raise UsageError(
            t("There is no kind of record called {word}.", word=word),
            t("Kinds: {kinds}", kinds=", ".join(PLURALS.values())),
            word,
        )
    return name
