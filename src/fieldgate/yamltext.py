"""YAML as people write it, and heads of records: the only importer of `yaml`.

Standing answer: everything is a string. Reading takes parser events only, so `no`, `1.10` and `12:30` stay what was
written and the field gives them a type; anchors, aliases, tags, merge keys and doubled keys are refused, and size,
depth and number of entries are bounded. PyYAML's emitters are not used: each of them changes some text, and they
differ from each other, so two founders would write different bytes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from fieldgate.errors import FormatError
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
    reader = _Reader(limits, where)
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


class _Reader:
    """Turns parser events into values and keeps count of what the limits bound."""

    def __init__(self, limits: Limits, where: str) -> None:
        self._limits = limits
        self._where = where
        self._entries = 0

    def refusal(self, reason: str, mark: Any) -> FormatError:
        line = mark.line + 1 if mark else None
        if line and self._where:
            message = t("{where}, line {line}: {reason}", where=self._where, line=line, reason=reason)
        elif line or self._where:
            place = self._where or t("Line {line}", line=line)
            message = f"{place}: {reason}"
        else:
            message = reason
        return FormatError(message, where=self._where)

    def check_before(self, text: str) -> None:
        """Refuse what the parser must not see at all."""
        size = self._limits.size
        if len(text) > size or len(text.encode(errors="surrogatepass")) > size:
            raise self.refusal(t("it is larger than {count} kB.", count=size // 1024), None)
        found = _FORBIDDEN.search(text)
        if found:
            code = f"U+{ord(found[0]):04X}"
            raise self.refusal(
                t("it holds the character {code}, which YAML does not allow.", code=code), _Line(text, found)
            )
        level = 0
        for token in _QUOTED_OR_BRACKET.finditer(text):
            level += (token[0] in "[{") - (token[0] in "]}")
            if level > _OPEN_BRACKETS:
                raise self._too_deep(_Line(text, token))

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
        if isinstance(event, yaml.ScalarEvent):
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
            values[key] = self._value(loader, loader.get_event(), depth + 1)
        return values

    def _key(self, event: Any) -> str:
        self._allow(event)
        if not isinstance(event, yaml.ScalarEvent):
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
        if isinstance(event, yaml.AliasEvent):
            raise self.refusal(t("aliases (*name) are not allowed."), event.start_mark)
        if event.anchor:
            raise self.refusal(t("anchors (&name) are not allowed."), event.start_mark)
        if event.tag:
            raise self.refusal(t("tags (!name) are not allowed."), event.start_mark)

    def _too_deep(self, mark: Any) -> FormatError:
        return self.refusal(t("it is nested deeper than {count} levels.", count=self._limits.depth), mark)


class _Line:
    """The line of a match, shaped like the parser's own marks."""

    def __init__(self, text: str, found: re.Match[str]) -> None:
        self.line = text.count("\n", 0, found.start())


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
