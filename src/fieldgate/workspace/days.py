"""Days as people type them: today, tomorrow, +7, fri, 2026-12-01."""

import re
from datetime import date, timedelta

_FAR = re.compile(r"([+-])(\d{1,4})")
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 3


def read_day(text: str, today: date) -> date | None:
    """Return the day that was typed, or None if it is none.

    A weekday, by three letters or more of its English name, is the next such day after today.

    Args:
        text: What was typed.
        today: The day from which it counts.
    """
    word = text.strip().lower()
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    far = _FAR.fullmatch(word)
    if far:
        return today + timedelta(days=int(far[1] + far[2]))
    for number, name in enumerate(_WEEK):
        if len(word) >= _SHORTEST and name.startswith(word):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
