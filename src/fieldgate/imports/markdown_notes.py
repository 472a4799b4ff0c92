"""A Markdown note, as Obsidian and others keep them: its head says what it is about, its list items are what was said.

A note is an interview unless its head says another kind. Without list items every paragraph is a line that was said.
The whole text stays as the body of the meeting.
"""

import re
from collections.abc import Iterator, Mapping

from fieldgate.domain.records.learning import Mark
from fieldgate.errors import FormatError
from fieldgate.imports.columns import NEEDED, matched
from fieldgate.imports.files import Source
from fieldgate.imports.harvest import Harvest
from fieldgate.imports.tables import draft_row
from fieldgate.imports.values import read_day, read_value
from fieldgate.words import t
from fieldgate.yamltext import read

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_LINK = re.compile(r"!?\[\[([^\]|]*\|)?([^\]]*)\]\]")
_WEB_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_STRONG = re.compile(r"(\*\*|__|==|~~)(?=\S)(.+?)(?<=\S)\1")
_TAG = re.compile(r"(?:^|(?<=\s))#([A-Za-z_-]+)\b")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」"}
_MARKS = {each.name.lower().replace("_", "-"): each for each in Mark}
_KINDS = {"hypothesis": "hypothesis", "belief": "hypothesis", "assumption": "hypothesis", "customer": "customer",
          "person": "customer", "company": "customer", "requirement": "requirement", "request": "requirement"}  # fmt: skip


def read_note(source: Source, harvest: Harvest, told: Mapping[str, str]) -> None:
    """Read one note into drafts."""
    head, body = _split(source, harvest)
    kind = _KINDS.get((head.get("type") or head.get("kind") or "").strip().lower(), "interview")
    fields = matched(kind, head, told)
    values = {field: value for name, field in fields.items()
              if (value := read_value(field, plain(head[name]), source.path, harvest)) is not None}  # fmt: skip
    unread = [each for each in head if each not in fields and each not in {"type", "kind", "tags", "aliases"}]
    if unread:
        harvest.leave_out(source.path, t("keys that mean nothing here: {names}", names=", ".join(unread)))
    if kind != "interview":
        values.setdefault(NEEDED[kind], source.stem if kind == "customer" else plain(body.strip()) or source.stem)
        draft_row(kind, ("note", source.digest), values, source.path, harvest)
        return
    _interview(source, harvest, values, body)


def _interview(source: Source, harvest: Harvest, values: dict[str, object], body: str) -> None:
    heading = next((found[1] for line in body.splitlines() if (found := _HEADING.match(line))), None)
    day = values.pop("date", None) or read_day(source.stem) or harvest.today
    text = values.pop("text", None)
    segment = values.pop("segment", None)
    if (name := values.pop("customer", None)) is not None:
        more = {"segment": segment} if segment else {}
        values["customer_id"] = harvest.customer(str(name), source.path, **more)
    values.setdefault("topic", plain(heading or source.stem))
    meeting = harvest.add("meeting", ("note", source.digest), source.path, date=day, body=body.strip(), **values)
    lines = [*([str(text)] if text else []), *said_lines(body)]
    for number, line in enumerate(lines):
        said, sign = marked(line)
        harvest.add("note", ("note", source.digest, str(number)), source.path, text=said or line, said_on=day,
                    meeting_id=meeting, customer_id=values.get("customer_id"), mark=sign)  # fmt: skip


def said_lines(body: str) -> Iterator[str]:
    """Yield what was said: the list items with the lines that belong to them; where there is none, the paragraphs."""
    items: list[str] = []
    inside = False
    for line in body.splitlines():
        found = _ITEM.match(line)
        if found:
            items.append(found[1])
        elif inside and line.startswith((" ", "\t")) and line.strip():
            items[-1] += f"\n{line.strip()}"
        inside = bool(found) or (inside and bool(line.strip()) and line.startswith((" ", "\t")))
    if not items:
        items = [
            part.strip() for part in re.split(r"\n\s*\n", body) if part.strip() and not _HEADING.match(part.strip())
        ]
    for each in items:
        text = plain(each.strip())
        if text:
            yield text


def plain(text: str) -> str:
    """Return a text as a reader sees it: with the names that links show, and without the signs of emphasis."""
    bare = _WEB_LINK.sub(r"\1", _LINK.sub(r"\2", text))
    return _STRONG.sub(r"\2", _STRONG.sub(r"\2", bare))  # one may stand within another


def marked(text: str) -> tuple[str, Mark | None]:
    """Return what was said without a tag that is one of our marks, such as #pain, and without quotation marks."""
    mark = next((_MARKS[each[1].lower()] for each in _TAG.finditer(text) if each[1].lower() in _MARKS), None)
    if mark is not None:
        text = _TAG.sub(lambda each: "" if each[1].lower() in _MARKS else each[0], text).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip()
    return text, mark


def _split(source: Source, harvest: Harvest) -> tuple[dict[str, str], str]:
    found = _HEAD.match(source.text)
    if not found:
        return {}, source.text
    try:
        read_head = read(found[1], where=source.path)
    except FormatError as why:
        harvest.leave_out(source.path, t("its head: {why}", why=why.message))
        return {}, source.text[found.end() :]
    head = {name: value if isinstance(value, str) else ", ".join(str(each) for each in value)
            for name, value in read_head.items() if value is not None}  # fmt: skip
    return head, source.text[found.end() :]
