"""Codes after a merge: two founders may have given the same one to two records.

Over all records of a kind, archived ones included, in the order of `created_at`, then id, the first
of equal codes keeps it and each other one gets the highest number ever given plus one; a card of the journey gets the
next number of our own cards in its cell (`BY-SAL-C02`). A code that is lost still finds its record. Every founder who
has the same records comes to the same codes, so nothing but code and former codes changes, `updated_at` least of all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from fieldgate.documents.document import Document, Value
from fieldgate.documents.offers import text_form
from fieldgate.sync.disagreement import moment
from fieldgate.values import dataclass

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What the codes of a kind depend on: one record, archived or not."""

    id: str
    created_at: str
    code: str
    former_codes: tuple[str, ...] = ()


def labelled(document: Document) -> Labelled:
    """Return what the codes depend on, of a record as a document."""
    former = document.head.get("former_codes", ())
    return Labelled(
        id=document.id,
        created_at=text_form(document.head.get("created_at")),
        code=text_form(document.head.get("code")),
        former_codes=tuple(text_form(code) for code in former) if isinstance(former, tuple) else (),
    )


def settle_codes(kind: str, records: Iterable[Labelled]) -> Mapping[str, str]:
    """Return the new codes of those records of one kind that lose theirs, by id."""
    ordered = sorted((each for each in records if each.code), key=lambda each: (moment(each.created_at), each.id))
    highest: dict[str, int] = {}
    for code in (code for each in ordered for code in (each.code, *each.former_codes)):
        series, number = _parts(code)
        highest[series] = max(highest.get(series, 0), number)
    kept: set[str] = set()
    lost: dict[str, str] = {}
    for each in ordered:
        if each.code not in kept:
            kept.add(each.code)
            continue
        series = f"{each.code.rpartition('-')[0]}-C" if kind == "touchpoint" else _parts(each.code)[0]
        highest[series] = highest.get(series, 0) + 1
        lost[each.id] = f"{series}{highest[series]:0{2 if kind == 'touchpoint' else 1}d}"
    return lost


def with_code(document: Document, code: str) -> Document:
    """Return a record under another code; the one it had joins the former codes."""
    label = labelled(document)
    former: Value = tuple(sorted({*label.former_codes, label.code} - {code, ""}))
    return replace(document, head={**document.head, "code": code, "former_codes": former})


def _parts(code: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(code)
    return (found[1], int(found[2])) if found else (code, 0)
