"""What a form asks for, and how what was typed is judged. No widgets here."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from fieldgate.errors import FieldgateError
from fieldgate.values import dataclass
from fieldgate.words import t

LINE_LIMIT = 2_000
"""Characters of a one-line field when its specification says nothing."""
TEXT_LIMIT = 1_000_000
"""Bytes of UTF-8 of a long text."""

Candidate = tuple[str, str]
"""Id and label of a record that may be linked."""


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    YESNO = "yesno"
    LINK = "link"
    LINKS = "links"
    """Several records, each by its code or handle, with spaces between."""
    TAGS = "tags"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of a form."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    """What is in it at first: text, value of a choice, ISO date, yes or no, id of the linked record."""
    shown: str = ""
    """What is seen for `value` where that is an id."""
    choices: tuple[Candidate, ...] = ()
    """Value and label of each choice."""
    required: bool = False
    help: str = ""
    """Said below the field while it has the focus."""
    limit: int = 0
    """Most characters of a line, most bytes of a text; 0 for the usual."""
    check: Callable[[str], str] | None = None
    """Gets the value; returns what is wrong with it, empty when nothing is."""
    parse: Callable[[str], str] | None = None
    """Turns what was typed into the value, such as `+7` into a date; raises a FieldgateError that says what is wrong."""
    find: Callable[[str], Sequence[Candidate]] | None = None
    """Finds what may be linked by part of a name or a code."""
    maker: str = ""
    """How to make what is not found: said behind that there is none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A value, or what is wrong with what was typed."""

    value: str
    error: str = ""


def judge(spec: FieldSpec, typed: str) -> Judged:
    """Return the value of a field, or what is wrong with what was typed into it."""
    text = typed if spec.kind is FieldKind.TEXT else typed.strip()
    if not text.strip():
        return Judged("", t("{field} is missing", field=spec.label) if spec.required else "")
    error = _size_error(spec, text)
    if error:
        return Judged(text, error)
    try:
        value = _parsed(spec, text)
    except FieldgateError as failure:
        return Judged(text, failure.message)
    return Judged(value, spec.check(value) if spec.check else "")


def _size_error(spec: FieldSpec, text: str) -> str:
    if spec.kind is not FieldKind.TEXT:
        return ""
    limit = spec.limit or TEXT_LIMIT
    size = len(text.encode("utf-8", "surrogatepass"))
    if size <= limit:
        return ""
    return t(
        "{size} kB is more than the {limit} kB that fit; keep it as an attachment or as several notes",
        size=-(-size // 1000),
        limit=limit // 1000,
    )


def _parsed(spec: FieldSpec, text: str) -> str:
    if spec.parse is not None:
        return spec.parse(text)
    if spec.kind is FieldKind.NUMBER:
        try:
            return str(int(text))
        except ValueError as error:
            raise FieldgateError(t("{text} is not a whole number", text=repr(text)[:40])) from error
    if spec.kind is FieldKind.TAGS:
        tags = dict.fromkeys(tag.strip() for tag in text.replace("，", ",").replace("、", ",").split(","))
        return ", ".join(tag for tag in tags if tag)
    return text
