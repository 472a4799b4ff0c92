"""The log read backwards: what each record held before its first change after a day. With sqlite3 alone, as Reader.

A record was seen by this store from its first event on, or from the store's own beginning where the log has no event
that made it. A long text stands in the log as the digest of a version; it is read from there.
"""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fieldgate.documents.codec import from_document
from fieldgate.documents.frontmatter import parse
from fieldgate.domain.kinds import kinds
from fieldgate.domain.records.record import Record
from fieldgate.domain.snapshot import LEFT_OUT, fact_fields
from fieldgate.domain.time_machine import Logged, Row
from fieldgate.domain.times import stamp_column
from fieldgate.store.reader import Reader
from fieldgate.store.rows import field_of

_TEXT = "$text"
_LATER = 'SELECT "table", row_id, before FROM event WHERE at >= ? ORDER BY seq'
_MADE = 'SELECT "table", row_id, min(at) FROM event WHERE before IS NULL GROUP BY "table", row_id'
_BEGAN = "SELECT min(at) FROM (SELECT min(kept_at) AS at FROM versions UNION ALL SELECT min(at) FROM event)"
_VERSION = "SELECT zlib FROM versions WHERE id = ? AND digest = ? LIMIT 1"


class PastReader(Reader):
    """A reader that also knows what was there before."""

    def every_fact(self) -> Iterator[Record]:
        """Go through the facts of all records, archived ones and every note included."""
        for name, kind in kinds().items():
            yield from self._records(name, fact_fields(name, kind.record), "", ())

    def logged_after(self, day: date) -> dict[Row, Logged]:
        """Return what every record that changed after a day held at its end; days end by UTC, as timestamps do."""
        after = stamp_column(datetime.combine(day + timedelta(days=1), time(), UTC))
        made = {(kind, row_id): at for kind, row_id, at in self._all(_MADE, ())}
        began = self._one(_BEGAN, ())[0] or after
        before: dict[Row, dict[str, Any]] = {}
        for kind, row_id, told in self._all(_LATER, (after,)):
            values = before.setdefault((kind, row_id), {})
            for name, value in json.loads(told or "{}").items():
                values.setdefault(name, value)
        return {row: self._logged(row, values, made.get(row, began) < after) for row, values in before.items()}

    def _logged(self, row: Row, values: dict[str, Any], reaches: bool) -> Logged:
        kind, row_id = row
        known: dict[str, Any] = {}
        for name, value in values.items():
            if name in LEFT_OUT.get(kind, {}) or name not in kinds()[kind].fields:
                continue
            if isinstance(value, dict) and value.keys() == {_TEXT}:
                text = self._long_text(row_id, str(value[_TEXT]), name)
                if text is None:
                    reaches = False
                    continue
                known[name] = text
            else:
                known[name] = field_of(kind, name, value)
        return Logged(before=known, reaches=reaches)

    def _long_text(self, row_id: str, digest: str, name: str) -> str | None:
        """Return a field out of a kept version; None when the version is not kept any more."""
        found = self._one(_VERSION, (row_id, digest))
        if found is None:
            return None
        document = parse(zlib.decompress(found[0]).decode("utf-8", "surrogatepass")).document
        record = from_document(document, workspace_id="").record
        return None if record is None else getattr(record, name)
