"""One file's text and the version it holds: a YAML head, a body as typed, one trailer line.

```
---
id: 7k3m9q2xw4tb1n8c
kind: meeting
title: Anna Kim
---
She pays 40 EUR a month.
<!-- fieldgate 5f0c2a9e17b4 k3f9a.1741960800 p7q2b.1741960711 -->
```

The line end before the trailer belongs to the trailer, so that every body comes back as it was, with or without a
line end of its own; an empty body has none. The trailer is the last line and nothing else is: a body may hold lines
that look like one, or like the rule under a head. Knows which fields a kind has, for their order, and no more: a
value here is text.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache

from fieldgate.documents.document import Document, Value, Version
from fieldgate.domain.identity import ID_PATTERN
from fieldgate.domain.kinds import kinds
from fieldgate.errors import FormatError, RefusedError
from fieldgate.words import t
from fieldgate.yamltext import HEAD, read, write

MERGED = "-"
"""The mark of a version that the git merge driver made: it knows no digest of a store."""

EVIDENCE_OWNERS = frozenset({"note"})
CHECK_OWNERS = frozenset({"touchpoint", "customer", "gate"})
"""The kinds in whose files evidence and checks stand, as maps."""

_KIND = re.compile(r"[a-z][a-z_]{0,39}")

_TRAILER = re.compile(r"<!-- fieldgate (-|[0-9a-f]{12})((?: [0-9a-z]{5}\.[0-9]{1,18})*) -->")
_NEVER_TEXT = re.compile("[\x00\r\ud800-\udfff]")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_MARKERS = re.compile(r"^<{7} .*?^={7}$.*?^>{7} ", re.MULTILINE | re.DOTALL)
_RULE = "---\n"


def decode(data: bytes, where: str = "") -> str:
    """Return the text of a file's bytes: UTF-8, with or without a byte order mark.

    Raises:
        FormatError: it is UTF-16, or not text at all; the line of the first bad byte is named.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(where, t("it is UTF-16; save it as UTF-8"))
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(where, t("line {line} is not UTF-8 text", line=line)) from error


def clean(text: str) -> str:
    """Return text as it is stored: LF line ends; NUL and lone surrogates become U+FFFD. All else stays as it came."""
    if not _NEVER_TEXT.search(text):
        return text
    return _UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def parse(text: str, where: str = "") -> Version:
    """Read one file's text.

    Without a trailer the version's mark is "": cut off, or no file of ours. `is_dirty` tells a hand edit.

    Args:
        text: The whole file.
        where: Its path, for messages.

    Raises:
        FormatError: there is no head, it cannot be read, or git left both sides of a conflict in the file.
    """
    text = clean(text.removeprefix("\ufeff"))
    try:
        version = _version(text, where)
    except FormatError:
        _refuse_markers(text, where)
        raise
    if "\n<<<<<<< " in text and is_dirty(version):
        _refuse_markers(text, where)
    return version


def dump(version: Version) -> str:
    """Write a version as the text of its file; the trailer's digest is that of the document as it stands.

    The mark "-" stays. `parse(dump(v))` gives `v` with its mark so renewed, and a second `dump` the same text.

    Raises:
        RefusedError: the head would be longer than a head may be.
    """
    document = cleaned(version.document)
    head = {"id": document.id, "kind": document.kind, **_in_order(document.kind, document.head)}
    text = write(head)
    if len(text.encode()) > HEAD.size:
        message = t("The short texts of this record are too long together: {n} kB is the most", n=HEAD.size >> 10)
        raise RefusedError(message, t("Move some of it to the long text, a note or an attachment."), document.id)
    mark = MERGED if version.mark == MERGED else digest(document)
    pairs = "".join(f" {writer}.{counter}" for writer, counter in sorted(version.vector.items()))
    separator = "\n" if document.body else ""
    return f"{_RULE}{text}{_RULE}{document.body}{separator}<!-- fieldgate {mark}{pairs} -->\n"


def digest(document: Document) -> str:
    """Return 12 hex digits of SHA-256 over the content: not over bytes, so that another order of the head is no edit."""
    if not document.known_digest:
        # The one place beside `cleaned` that fills in what a frozen value knows of itself.
        object.__setattr__(document, "known_digest", _digest(cleaned(document)))
    return document.known_digest


def is_dirty(version: Version) -> bool:
    """Whether the content is not what the trailer was written under: edited by hand, or merged by the git driver."""
    return version.mark != digest(version.document)


def cleaned(document: Document) -> Document:
    """Return the document as a file would give it back: clean text, sets and maps sorted, empty ones left out."""
    if document.settled:
        return document
    head = {clean(name): _settled(value) for name, value in document.head.items()}
    settled = Document(
        id=document.id,
        kind=document.kind,
        head={name: _sorted_set(value) for name, value in head.items() if value not in ((), {})},
        body=clean(document.body),
    )
    object.__setattr__(settled, "settled", True)  # so that nobody settles it once more
    return settled


@cache
def known_keys(kind: str) -> frozenset[str]:
    """Return the names that this version of the program may write into the head of a kind; none of an unknown kind."""
    if kind not in kinds():
        return frozenset()
    own = {spec.key for spec in kinds()[kind].fields.values() if not spec.body}
    own |= {"evidence"} if kind in EVIDENCE_OWNERS else set()
    own |= {"checks"} if kind in CHECK_OWNERS else set()
    own |= {"format"} if kind == "workspace" else set()
    return frozenset(own)


def _digest(document: Document) -> str:
    content = [document.id, document.kind, document.head, document.body]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _settled(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): _settled(value[key]) for key in sorted(value)}
    return tuple(_settled(inner) for inner in value)


def _sorted_set(value: Value) -> Value:
    """Sort a list at the top of a head: a list of plain strings is a set, and so is one of maps (`conflicts`).

    A list inside a map keeps its order (the path of a conflict, the days per step of a policy).
    """
    if not isinstance(value, tuple):
        return value
    if all(isinstance(item, str) for item in value):
        return tuple(sorted({item for item in value if isinstance(item, str)}))
    return tuple(sorted(value, key=lambda item: json.dumps(item, sort_keys=True)))


def _in_order(kind: str, head: Mapping[str, Value]) -> dict[str, Value]:
    """Title, then the fields that this version of the program knows, then the others, each by name."""
    known = known_keys(kind)
    return {name: head[name] for name in sorted(head, key=lambda name: (name != "title", name not in known, name))}


def _version(text: str, where: str) -> Version:
    if not text.strip():
        raise _refusal(where, t("it is empty"))
    if not text.startswith(_RULE):
        raise _refusal(where, t("line 1 is not the '---' that opens a head"))
    end = text.find("\n---\n", len(_RULE) - 1)
    if end < 0:
        raise _refusal(where, t("the head has no closing '---'; the file may be cut off"))
    head = dict(read(text[len(_RULE) - 1 : end + 1], where=where))
    body, mark, vector = _split_trailer(text[end + len("\n---\n") :])
    document = Document(
        id=_taken(head, "id", ID_PATTERN, where), kind=_taken(head, "kind", _KIND, where), head=head, body=body
    )
    return Version(document=cleaned(document), vector=vector, mark=mark)


def _taken(head: dict[str, Value], name: str, pattern: re.Pattern[str], where: str) -> str:
    value = head.pop(name, None)
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    if value is None:
        raise _refusal(where, t("the head has no {name}", name=name))
    raise _refusal(where, t("the {name} in the head is not one: {value}", name=name, value=repr(value)[:40]))


def _split_trailer(rest: str) -> tuple[str, str, dict[str, int]]:
    """Split what follows the head into body, mark and vector; an editor's blank lines at the very end are nothing."""
    kept = rest.rstrip("\n \t")
    start = kept.rfind("\n") + 1
    found = _TRAILER.fullmatch(kept, start)
    if not found:
        return rest, "", {}
    vector: dict[str, int] = {}
    for pair in found.group(2).split():
        writer, _, counter = pair.partition(".")
        vector[writer] = max(int(counter), vector.get(writer, 0))
    return rest[: max(start - 1, 0)], found.group(1), vector


def has_markers(text: str) -> bool:
    """Whether git left both sides of a conflict in a text."""
    return _MARKERS.search(text) is not None


def _refuse_markers(text: str, where: str) -> None:
    found = _MARKERS.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = t("{where}: git left both sides of a conflict in it, from line {line}", where=where, line=line)
        raise FormatError(message, t("Run git checkout --ours or --theirs on it, or solve it by hand."), where)


def _refusal(where: str, reason: str) -> FormatError:
    hint = t("It is left as it is. Put back an earlier version of the file, or remove it from the folder.")
    return FormatError(f"{where}: {reason}" if where else reason, hint, where)
