"""The clock tells the day and the moment, or pretends another day."""

from datetime import UTC, date, datetime

from fieldgate.workspace.clock import Clock


def test_a_pretended_day_is_today_and_its_noon_is_now():
    clock = Clock(date(2026, 3, 16))
    assert clock.today() == date(2026, 3, 16)
    assert clock.now() == datetime(2026, 3, 16, 12, tzinfo=UTC)


def test_the_machine_is_asked_otherwise():
    before = datetime.now(UTC)
    moment = Clock().now()
    assert (moment - before).total_seconds() < 60
    assert moment.microsecond % 1000 == 0
    assert moment.tzinfo is UTC
    assert abs((Clock().today() - before.date()).days) <= 1
