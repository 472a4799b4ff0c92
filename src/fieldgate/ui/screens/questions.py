"""Questions: how what a move asks becomes a field of a form, and what is refused goes back beside its field."""

from collections.abc import Callable, Sequence
from datetime import date

from fieldgate.errors import UsageError
from fieldgate.ui.screens.verbs import HOUSEKEEPING
from fieldgate.ui.widgets.fields import Candidate, FieldKind, FieldSpec
from fieldgate.words import t
from fieldgate.workspace.days import read_day
from fieldgate.workspace.forms import Form, Question

Find = Callable[[str, str], Sequence[Candidate]]
"""Finds records of a kind by what was typed: id and label."""

_HEAD_BYTES = 16_384
_KINDS = {
    "long": FieldKind.TEXT,
    "lines": FieldKind.TEXT,
    "texts": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "date": FieldKind.DATE,
    "choice": FieldKind.CHOICE,
    "yesno": FieldKind.CHOICE,
    "link": FieldKind.LINK,
    "links": FieldKind.LINKS,
}


def spec_of(question: Question, today: date, find: Find | None, maker_key: str = "") -> FieldSpec:
    """Return a question as a field; the key is the one under which what is not there yet can be made."""
    choices = tuple((each.value, t(each.words)) for each in question.choices)
    if question.holds == "yesno":
        choices = (("yes", t("yes")), ("no", t("no")))
    if question.required and choices and not question.value:
        choices = (("", "—"), *choices)  # nobody answers by leaving what happens to stand first

    def look(text: str) -> Sequence[Candidate]:
        return find(question.kind, text) if find else ()

    return FieldSpec(
        name=question.name,
        label=question.words,
        kind=_KINDS.get(question.holds, FieldKind.LINE),
        value=question.value,
        shown=question.shown,
        choices=choices,
        required=question.required,
        help=_help(question),
        limit=_HEAD_BYTES if question.holds == "lines" else 0,
        check=lambda value: _out_of_range(question, value),
        parse=(lambda text: _day(text, today)) if question.holds == "date" else None,
        find=look if question.holds in {"link", "links"} else None,
        maker=_maker(question, maker_key) if question.holds == "link" and maker_key else "",
    )


def sort_out(form: Form, missing: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Sort refusals by the field that each names; the rest belongs above the form."""
    found: dict[str, str] = {}
    rest: list[str] = []
    longest = sorted(form.questions, key=lambda each: -len(each.words))
    for sentence in missing:
        fits = next((each for each in longest if each.words in sentence and each.name not in found), None)
        if fits is None:
            rest.append(sentence)
        else:
            found[fits.name] = sentence
    return found, rest


def answer_of(question: Question, text: str) -> object:
    """Return what the rules read for what was typed."""
    if question.holds == "texts":
        return [line for line in text.split("\n") if line.strip()]
    return text


def _maker(question: Question, key: str) -> str:
    """Say how a record is made that a link does not find."""
    words = dict(HOUSEKEEPING).get(f"{question.kind}.create", "")
    if not words:
        return ""
    return t("· Esc keeps what you typed here; then {key} and “{new}” makes it", key=key, new=t(words))


def _help(question: Question) -> str:
    """Say what the label may have had no room for, and how the field is filled in."""
    if question.holds == "date":
        return t("a day: 2026-12-01, +7, fri")
    if question.holds == "links":
        return t("type part of a name, Enter takes it; then the next one")
    if question.holds in {"choice", "yesno"}:
        return t("{what} · ← → or a first letter chooses", what=question.words)
    return question.words


def _out_of_range(question: Question, value: str) -> str:
    low, high = question.low, question.high
    if question.holds != "number" or (low is None and high is None):
        return ""
    number = int(value)
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    return t("a whole number from {low} to {high} is wanted.", low=low, high=high)


def _day(text: str, today: date) -> str:
    day = read_day(text, today)
    if day is None:
        raise UsageError(t("{text} is no day; write 2026-12-01, +7 or fri", text=text))
    return day.isoformat()
