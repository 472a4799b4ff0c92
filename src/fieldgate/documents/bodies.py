"""The long text of a record below its head.

A kind with one long text has it verbatim. A hypothesis has two, each under its heading; a line of theirs that looks
like such a heading gets a backslash in front, which Markdown does not show. The snapshot of a gate is fenced JSON.
Headings are part of the format: English in every language.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_HEADINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"hypothesis": MappingProxyType({"statement": "# Statement", "learned": "# Learned"})}
)
"""Kind to its long texts in order, each with the line above it."""

_FENCE = ("```json\n", "\n```")
_FENCED = frozenset({"gate"})


def joined(kind: str, texts: Mapping[str, str]) -> str:
    """Return the body of a record from its long texts by field; an empty one is left out, but for the first."""
    headings = _HEADINGS.get(kind)
    if headings is None:
        text = next(iter(texts.values()), "")
        return f"{_FENCE[0]}{text}{_FENCE[1]}" if text and kind in _FENCED else text
    if not any(texts.values()):
        return ""
    first = next(iter(headings))
    shown = [name for name in headings if texts.get(name) or name == first]
    return "\n\n".join(f"{headings[name]}\n\n{_escaped(texts.get(name, ''), headings)}" for name in shown)


def split(kind: str, names: tuple[str, ...], body: str) -> dict[str, str]:
    """Return the long texts of a kind by field; what stands above the first heading belongs to the first text.

    Args:
        kind: The name of the kind.
        names: Its fields that stand in the body.
        body: The text below the head.
    """
    headings = _HEADINGS.get(kind)
    if headings is not None:
        return _sections(headings, body)
    if kind in _FENCED:
        body = _unfenced(body)
    return dict.fromkeys(names[:1], body)


def _sections(headings: Mapping[str, str], body: str) -> dict[str, str]:
    first = next(iter(headings))
    fields = {line: name for name, line in headings.items()}
    found: list[tuple[str, list[str]]] = [(first, [])]
    for line in body.split("\n"):
        if line in fields:
            _drop_last_blank(found[-1][1])
            found.append((fields[line], []))
        else:
            found[-1][1].append(line)
    texts: dict[str, str] = {}
    for index, (name, lines) in enumerate(found):
        if index and lines and not lines[0]:
            lines.pop(0)
        text = _unescaped("\n".join(lines), headings)
        texts[name] = f"{texts[name]}\n\n{text}" if texts.get(name) and text else texts.get(name, "") or text
    return texts


def _drop_last_blank(lines: list[str]) -> None:
    if lines and not lines[-1]:
        lines.pop()


def _unfenced(body: str) -> str:
    start, end = _FENCE
    text = body.rstrip("\n")
    if text.startswith(start) and text.endswith(end) and len(text) >= len(start) + len(end):
        return text[len(start) : -len(end)]
    return body


def _escaped(text: str, headings: Mapping[str, str]) -> str:
    return _look_alike(headings).sub(r"\\\g<0>", text)


def _unescaped(text: str, headings: Mapping[str, str]) -> str:
    return re.sub(r"(?m)^\\(?=\\*(?:" + _either(headings) + r")$)", "", text)


def _look_alike(headings: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(r"(?m)^\\*(?:" + _either(headings) + r")$")


def _either(headings: Mapping[str, str]) -> str:
    return "|".join(re.escape(line) for line in headings.values())
