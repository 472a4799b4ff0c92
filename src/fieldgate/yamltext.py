"""YAML as people write it, and heads of records: the only importer of `yaml`.

Everything is a string. Reading takes parser events only, so `no`, `1.10` and `12:30` stay what was
written and the field gives them a type; anchors, aliases, tags, merge keys and doubled keys are refused, and size,
depth and number of entries are bounded. PyYAML's emitters are not used: each of them changes some text, and they
differ from each other, so two founders would write different bytes.
"""

import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import yaml

from fieldgate.errors import FormatError, NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value]"
"""A scalar as it was written, a list, or a map of these; what is left empty is an empty string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a text may hold: bytes of UTF-8, levels (the outermost map is 1), scalars, lists and maps in all."""

    size: int
    depth: int
    entries: int


HEAD = Limits(size=64 * 1024, depth=4, entries=2_000)
"""The head of a record."""

FILE = Limits(size=1024 * 1024, depth=8, entries=20_000)
"""A whole file that a person writes: a playbook, a theme, settings."""

KEY_LENGTH = 128
"""Longest key, in characters: quoted and escaped it still fits the 1,024 that YAML allows in front of a colon."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML does not allow in a stream, lone surrogates among it; the two parsers tell it in different ways.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED_OR_BRACKET = re.compile(r""" "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | [\[{] | [\]}] """, re.VERBOSE)
# More brackets open at once than anybody means. The parser in C fell over at 100,000.
_OPEN_BRACKETS = 100

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _.,/+@()-]|:(?=[A-Za-z0-9]))*(?<! )")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
# What no editor shows: controls, line and paragraph separators, direction overrides, the byte order mark, non-characters.
_UNSEEN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\ufffb\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read(text: str, *, limits: Limits = HEAD, where: str = "") -> Mapping[str, Value]:
    """Read one YAML document whose outermost value is a map; an empty one is an empty map.

    Args:
        text: The document.
        limits: HEAD or FILE.
        where: The name of the file, for messages.

    Raises:
        FormatError: It is no YAML, too large, too deep, or uses what is not allowed; names line and reason.
    """
    return _read(text, _Reader(limits, where))


def read_with_lines(
    text: str, *, limits: Limits = FILE, where: str = ""
) -> tuple[Mapping[str, Value], Mapping[tuple[str, ...], int]]:
    """Read a document, and the line of every key by its path: ("keys", "desk.find") stands in line 12.

    Raises:
        FormatError: As of `read`.
    """
    reader = _Reader(limits, where, note_lines=True)
    return _read(text, reader), reader.lines


def read_file(path: Path, *, limits: Limits = FILE, follow: bool = True) -> str:
    """Read the text of a file that a person wrote. `follow`: it may be a link; not in a folder that others write to.

    Raises:
        NotFoundError: It is not there.
        FormatError: It is no plain file, too large, not UTF-8, or may not be read.
    """
    try:
        raw = _plain_bytes(path, limits.size + 1, follow=follow)
    except FileNotFoundError as error:
        raise NotFoundError(t("There is no file {where}.", where=path), where=str(path)) from error
    except OSError as error:
        message = t("{where} cannot be read: {reason}.", where=path.name, reason=error.strerror)
        raise FormatError(message, where=str(path)) from error
    if raw is None:
        raise FormatError(t("{where} is not a plain file.", where=path.name), where=str(path))
    if len(raw) > limits.size:
        message = t("{where} is larger than {count} kB.", where=path.name, count=limits.size // 1024)
        raise FormatError(message, where=str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = t("{where}, line {line}: this is not UTF-8 text.", where=path.name, line=line)
        raise FormatError(message, t("Save it as UTF-8."), str(path)) from error


def _plain_bytes(path: Path, most: int, *, follow: bool) -> bytes | None:
    """The beginning of a plain file, or None of anything else; never waits for a pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as source:
            return source.read(most)
    finally:
        os.close(handle)


def _read(text: str, reader: "_Reader") -> Mapping[str, Value]:
    reader.check_before(text)
    loader = _PARSER(text)
    try:
        return reader.document(loader)
    except yaml.MarkedYAMLError as error:
        raise reader.refusal(
            t("this is not YAML: {problem}", problem=error.problem), error.problem_mark or error.context_mark
        ) from error
    # The parser in Python trips over numbers of characters that do not exist: "\U00110000".
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise reader.refusal(t("this is not YAML: {problem}", problem=str(error)[:100]), None) from error
    finally:
        loader.dispose()


def _mark(text: str, found: re.Match[str]) -> SimpleNamespace:
    """Where a match stands, shaped like the parser's own marks."""
    return SimpleNamespace(line=text.count("\n", 0, found.start()))


class _Reader:
    """Turns parser events into values and keeps count of what the limits bound."""

    def __init__(self, limits: Limits, where: str, *, note_lines: bool = False) -> None:
        self._limits = limits
        self._note_lines = note_lines
        self._where = where
        self._entries = 0
        self._path: list[str] = []
        self.lines: dict[tuple[str, ...], int] = {}

    def refusal(self, reason: str, mark: Any) -> FormatError:
        line = t("line {line}", line=mark.line + 1) if mark else ""
        place = ", ".join(filter(None, (self._where, line)))
        return FormatError(f"{place}: {reason}" if place else reason, where=self._where)

    def check_before(self, text: str) -> None:
        """Refuse what the parser must not see at all."""
        size = self._limits.size
        if len(text) > size or len(text.encode(errors="surrogatepass")) > size:
            raise self.refusal(t("it is larger than {count} kB.", count=size // 1024), None)
        found = _FORBIDDEN.search(text)
        if found:
            code = f"U+{ord(found[0]):04X}"
            raise self.refusal(
                t("it holds the character {code}, which YAML does not allow.", code=code), _mark(text, found)
            )
        level = 0
        for token in _QUOTED_OR_BRACKET.finditer(text):
            level += (token[0] in "[{") - (token[0] in "]}")
            if level > _OPEN_BRACKETS:
                raise self._too_deep(_mark(text, token))

    def document(self, loader: Any) -> Mapping[str, Value]:
        """Read the stream to its end."""
        loader.get_event()  # the start of the stream
        start = loader.get_event()
        if isinstance(start, yaml.StreamEndEvent):
            return {}
        if start.version or start.tags:
            raise self.refusal(t("directives (%YAML, %TAG) are not allowed."), start.start_mark)
        first = loader.get_event()
        value = self._value(loader, first, 1)
        loader.get_event()  # the end of the document
        after = loader.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.refusal(t("a second document begins; only one is allowed."), after.start_mark)
        if isinstance(value, Mapping):
            return value
        if value == "" and not (first.style or ""):
            return {}
        raise self.refusal(t("it must be a map of `key: value` lines."), first.start_mark)

    def _value(self, loader: Any, event: Any, depth: int) -> Value:
        self._allow(event)
        if type(event) is yaml.ScalarEvent:
            return str(event.value)
        if depth > self._limits.depth:
            raise self._too_deep(event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(loader, depth)
        return self._list(loader, depth)

    def _list(self, loader: Any, depth: int) -> tuple[Value, ...]:
        items: list[Value] = []
        while not isinstance(event := loader.get_event(), yaml.SequenceEndEvent):
            items.append(self._value(loader, event, depth + 1))
        return tuple(items)

    def _map(self, loader: Any, depth: int) -> Mapping[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := loader.get_event(), yaml.MappingEndEvent):
            key = self._key(event)
            if key in values:
                raise self.refusal(t("the key {key} stands here twice.", key=key), event.start_mark)
            self._path.append(key)
            if self._note_lines:
                self.lines.setdefault(tuple(self._path), event.start_mark.line + 1)
            values[key] = self._value(loader, loader.get_event(), depth + 1)
            self._path.pop()
        return values

    def _key(self, event: Any) -> str:
        self._allow(event)
        if type(event) is not yaml.ScalarEvent:
            raise self.refusal(t("a key must be a word, not a list or a map."), event.start_mark)
        key = str(event.value)
        if key == "<<" and not event.style:
            raise self.refusal(t("merge keys (<<) are not allowed."), event.start_mark)
        if len(key) > KEY_LENGTH:
            raise self.refusal(t("a key is longer than {count} characters.", count=KEY_LENGTH), event.start_mark)
        return key

    def _allow(self, event: Any) -> None:
        self._entries += 1
        if self._entries > self._limits.entries:
            raise self.refusal(t("it holds more than {count} entries.", count=self._limits.entries), event.start_mark)
        if event.anchor:  # an alias has one too
            raise self.refusal(t("anchors (&name) and aliases (*name) are not allowed."), event.start_mark)
        if event.tag:
            raise self.refusal(t("tags (!name) are not allowed."), event.start_mark)

    def _too_deep(self, mark: Any) -> FormatError:
        return self.refusal(t("it is nested deeper than {count} levels.", count=self._limits.depth), mark)


def write(values: Mapping[str, Value]) -> str:
    """Write a map as block YAML, one line a scalar, keys in the order given; the same values give the same bytes.

    Lists stand at the indent of their key, maps two spaces deeper. `read` returns what was written, except that a lone
    surrogate, which no file can hold, becomes U+FFFD. An empty map gives an empty text.

    Raises:
        FormatError: A key is longer than KEY_LENGTH.
    """
    return "".join(f"{line}\n" for line in _lines(values, ""))


def _lines(value: Value, pad: str) -> list[str]:
    """The lines of a list or map that is not empty, or of the outermost map."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str) or not inner:
                lines.append(f"{pad}{_key_token(key)}: {_token(inner)}")
            else:
                deeper = f"{pad}  " if isinstance(inner, Mapping) else pad
                lines += [f"{pad}{_key_token(key)}:", *_lines(inner, deeper)]
        return lines
    for inner in value:
        if isinstance(inner, str) or not inner:
            lines.append(f"{pad}- {_token(inner)}")
        else:
            first, *rest = _lines(inner, f"{pad}  ")
            lines += [f"{pad}- {first[len(pad) + 2 :]}", *rest]
    return lines


def _token(value: Value) -> str:
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else _quoted(value)
    return "{}" if isinstance(value, Mapping) else "[]"


def _key_token(key: str) -> str:
    if len(key) > KEY_LENGTH:
        raise FormatError(t("A key is longer than {count} characters.", count=KEY_LENGTH), where=key[:KEY_LENGTH])
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    r"""A JSON string, which is a double-quoted YAML scalar too; what cannot be seen is written as \uXXXX."""
    text = json.dumps(_LONE_SURROGATE.sub("\ufffd", text), ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
