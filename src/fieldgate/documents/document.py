"""A record as a document: plain text values, as they stand in a file. Types belong to the fields, not to the text."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TypeAlias

from fieldgate.values import dataclass

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value]"
"""A scalar as it was written, a list, or a map of these; nothing else stands in a head."""

NO_VECTOR: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of one record.

    `head` holds every known and unknown field by name, without `id` and `kind`; a field that is not set is absent.
    A list whose field is a set is sorted by code points; the list `conflicts` holds maps. `body` is the kind's long
    text, verbatim, with LF line ends.
    """

    id: str
    kind: str
    head: Mapping[str, Value]
    body: str
    settled: bool = field(default=False, init=False, compare=False, repr=False)
    """Whether it is known to be as a file would give it back; a changed copy never is."""
    known_digest: str = field(default="", init=False, compare=False, repr=False)
    """The digest of the content, once it was worked out; a sync asks for it many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as one founder had it at one moment.

    `vector` maps a writer (5 characters, new at every start of the program) to a counter. `mark` is the digest that
    the trailer claims: 12 hex digits of SHA-256 over the content; "-" after the git merge driver; "" without trailer.
    """

    document: Document
    vector: Mapping[str, int] = field(default_factory=lambda: NO_VECTOR)
    mark: str = ""
