"""The requirement log as CSV: one row per request, ten columns in a fixed order.

Strategic accounts come first within their urgency. Spreadsheets run what starts like a formula, so every line of a
cell that does is led by an apostrophe; plain numbers are left as they are.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping

from fieldgate.domain.findings import code_order
from fieldgate.domain.records.work import Requirement, Urgency
from fieldgate.reports.material import Material

COLUMNS = (
    "Number",
    "Product category",
    "Detailed description of the problem",
    "Screenshot",
    "Urgency",
    "Reported by",
    "Reported at",
    "Followed up by",
    "Status",
    "Remarks",
)
"""The columns of the log."""

_LAST = 1_000_000
_ORDER: Mapping[Urgency, int] = {each: -number for number, each in enumerate(Urgency)}
_STARTS = frozenset("=+-@\t\r\0＝＋－＠﹢﹣﹦﹫−")
_LINES = re.compile(r"(\r\n|\n|\r|\v|\f|\x85|\u2028|\u2029)")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?%?")


def requirement_log(material: Material) -> Iterator[str]:
    """Yield the rows of the log, its head first, each as one piece of text."""
    yield _row(COLUMNS)
    for each in sorted(material.requirements(), key=lambda row: _order(material, row)):
        yield _row(
            (
                each.code,
                each.category or "",
                each.description,
                each.screenshot or "",
                each.urgency.value,
                each.reported_by or "",
                each.reported_at.isoformat(),
                each.follower or "",
                each.state.value,
                each.remarks or "",
            )
        )


def safe_cell(text: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula, in any of its lines."""
    parts = _LINES.split(text)
    return "".join(part if _LINES.fullmatch(part) else _safe_line(part) for part in parts)


def _safe_line(line: str) -> str:
    text = line.replace("\0", "") if not line.startswith("\0") else "'" + line.replace("\0", "")
    bare = text.lstrip(" \u00a0\u3000")
    if not bare or bare[0] not in _STARTS or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def _row(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_led(each) for each in cells])
    return out.getvalue()


def _led(cell: str) -> str:
    """A carriage return at the start of a cell is a line of its own, but some programs drop it and read on."""
    return (
        f"'{safe_cell(cell)}"
        if cell.startswith(("\r", "\t")) and not safe_cell(cell).startswith("'")
        else safe_cell(cell)
    )


def _order(material: Material, row: Requirement) -> tuple[object, ...]:
    customer = material.customer(row.customer_id)
    rank = customer.account_rank if customer is not None else None
    return _ORDER[row.urgency], rank if rank is not None else _LAST, code_order(row.code)
