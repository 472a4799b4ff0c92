"""The clock: the only place that asks the machine for the day and the time."""

from datetime import UTC, date, datetime
from time import monotonic
from typing import NamedTuple

from fieldgate.domain.times import noon, whole_stamp


class Clock(NamedTuple):
    """Tells day and time; `pretended` (from --today) replaces the day, and stamps are then that day at 12:00 UTC."""

    pretended: date | None = None

    def today(self) -> date:
        """Return the local date of the machine, or the pretended one."""
        return self.pretended or datetime.now().astimezone().date()

    def now(self) -> datetime:
        """Return the moment to write into records, in UTC, to the millisecond."""
        return noon(self.pretended) if self.pretended else whole_stamp(datetime.now(UTC))

    def seconds(self) -> float:
        """Return seconds that only ever go on, to measure how long something lasts; a pretended day does not stop them."""
        return monotonic()
