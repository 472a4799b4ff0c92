"""Tables: CSV with a head line, one record a row. Rows of interviews of one day, customer and topic are one meeting."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from typing import Any

from fieldgate.errors import FormatError, UsageError
from fieldgate.imports.columns import NEEDED, kind_of_table, matched
from fieldgate.imports.files import Source
from fieldgate.imports.harvest import TEXT_BYTES, Harvest
from fieldgate.imports.values import DAYS, day_order, read_value
from fieldgate.words import t

_DELIMITERS = ",;\t"


class UnclearError(UsageError):
    """Nobody can tell from the names of its columns what a table is about; somebody has to say.

    `headers` are the columns, `kind` is what its rows may be, `fields` what was made out, by column.
    """

    def __init__(self, path: str, headers: list[str], kind: str | None, fields: Mapping[str, str]) -> None:
        known = ", ".join(f"{header}={field}" for header, field in fields.items())
        super().__init__(
            t("It is not clear what the columns of {path} mean: {names}", path=path, names=", ".join(headers))
            + (t(" (made out: {known})", known=known) if known else ""),
            t("Say it: --kind hypothesis, customer, interview or requirement, and --column 'HEADER=FIELD'."),
            path,
        )
        self.headers = headers
        self.kind_of_rows = kind
        self.fields = dict(fields)


def read_table(source: Source, harvest: Harvest, kind: str | None, told: Mapping[str, str]) -> None:
    """Read a table into drafts.

    Args:
        source: The file.
        harvest: Takes the drafts, and what was left out.
        kind: What its rows are, where somebody said so.
        told: Header to field, where somebody said so.

    Raises:
        UnclearError: No column says what a row is about, or most columns say nothing and nobody said more.
        FormatError: It is no table.
    """
    rows = _rows(source)
    headers = next(rows, [])
    given = kind is not None
    kind = kind or kind_of_table(headers, told)
    fields = matched(kind, headers, told) if kind else {}
    guessed = not given and not told and len(fields) * 2 < sum(bool(each.strip()) for each in headers)
    if kind is None or NEEDED[kind] not in fields.values() or guessed:
        raise UnclearError(source.path, [each for each in headers if each.strip()], kind, fields)
    unread = [each for each in headers if each.strip() and each not in fields]
    if unread:
        harvest.leave_out(source.path, t("columns that mean nothing here: {names}", names=", ".join(unread)))
    seen: dict[str, int] = {}
    lines = list(rows)
    order = day_order(
        cell for row in lines for header, cell in zip(headers, row, strict=False) if fields.get(header) in DAYS
    )
    for number, row in enumerate(lines, 2):
        where = f"{source.path}:{number}"
        _tell_surplus(row[len(headers) :], where, harvest)
        texts = {fields[each]: cell for each, cell in zip(headers, row, strict=False) if each in fields}
        values = {name: value for name, cell in texts.items()
                  if (value := read_value(name, unled(cell), where, harvest, order=order)) is not None}  # fmt: skip
        if NEEDED[kind] not in values:
            if any(cell.strip() for cell in row):
                harvest.leave_out(where, t("no {field}", field=NEEDED[kind]))
            continue
        said = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
        seen[said] = seen.get(said, 0) + 1
        draft_row(kind, (said, str(seen[said])), values, where, harvest)


def _tell_surplus(cells: list[str], where: str, harvest: Harvest) -> None:
    """Name what stands behind the last column: a sentence with a comma and without quotes is cut there."""
    said = [each for each in cells if each.strip()]
    if said:
        harvest.leave_out(where, t("columns that mean nothing here: {names}", names=", ".join(said)))


def draft_row(kind: str, key: tuple[str, ...], values: dict[str, Any], where: str, harvest: Harvest) -> None:
    """Draft what one row says."""
    if kind == "customer":
        harvest.customer(values.pop("name"), where, **values)
        return
    segment = values.pop("segment", None) if kind != "hypothesis" else None
    customer = values.pop("customer", None)
    if customer is not None:
        values["customer_id"] = harvest.customer(customer, where, **({"segment": segment} if segment else {}))
    if kind == "requirement":
        values.setdefault("reported_at", harvest.today)
    if kind == "interview":
        _interview(key, values, where, harvest)
    else:
        harvest.add(kind, key, where, **values)


def _interview(key: tuple[str, ...], values: dict[str, Any], where: str, harvest: Harvest) -> None:
    text = values.pop("text")
    dated = values.get("date")
    values.setdefault("date", harvest.today)
    values.setdefault("topic", "Interview")
    meeting_key = ("table", str(dated or ""), values.get("customer_id", ""), values["topic"])
    meeting = harvest.add("meeting", meeting_key, where, **values)
    said = {"said_on": values["date"], "meeting_id": meeting, "customer_id": values.get("customer_id")}
    harvest.add("note", key, where, text=text, **said)


def unled(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t＝＋－＠" else cell


def _rows(source: Source) -> Iterator[list[str]]:
    first = source.text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(TEXT_BYTES)
    try:
        yield from csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter)
    except csv.Error as why:
        raise FormatError(
            t("{path} cannot be read as a table: {why}.", path=source.path, why=why), where=source.path
        ) from why
