"""status --at: the state of the gate as it stood on an earlier day."""

from datetime import date

from fieldgate.cli.call import Call
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json
from fieldgate.cli.status import say_status, status_data
from fieldgate.words import t
from fieldgate.workspace.glance import overrides_of
from fieldgate.workspace.reading import Reading
from fieldgate.workspace.time_machine import look_back

_NAMED = 12
"""How many records that are shown as now are named; --json has all."""


def say_past(call: Call, reading: Reading, day: date) -> None:
    """Tell how things stood at the end of a day, and which records could only be shown as they are now."""
    past = look_back(reading, day, call.locations, overrides_of(call.target()))
    names = past.shown_as_now
    if call.as_json:
        say_json({**status_data(past, reading.today), "as_now": list(names)})
        return
    say(t("As it stood on {day}", day=day))
    say_status(past)
    if names:
        shown = ", ".join(names[:_NAMED])
        more = t(" and {n} more", n=len(names) - _NAMED) if len(names) > _NAMED else ""
        words = t("Changed since, and the log does not reach back: fields without a date are shown as now in {names}.",
                  names=shown + more)  # fmt: skip
        say()
        say_wrapped(words)
