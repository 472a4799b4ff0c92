"""Times as text: UTC, to the millisecond, and back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fieldgate.domain.times import noon, read_stamp, stamp_column, stamp_text, whole_stamp

MOMENT = datetime(2026, 11, 22, 10, 0, 0, 125_000, tzinfo=UTC)


def test_a_file_shows_thousandths_only_where_there_are_any():
    assert stamp_text(MOMENT) == "2026-11-22T10:00:00.125Z"
    assert stamp_text(MOMENT.replace(microsecond=0)) == "2026-11-22T10:00:00Z"


def test_the_store_keeps_texts_that_sort_as_time_does():
    early, late = MOMENT.replace(microsecond=0), MOMENT
    assert stamp_column(early) == "2026-11-22T10:00:00.000Z"
    assert stamp_column(early) < stamp_column(late)


def test_another_zone_is_written_in_utc():
    hanoi = timezone(timedelta(hours=7))
    assert stamp_text(datetime(2026, 11, 22, 17, 0, tzinfo=hanoi)) == "2026-11-22T10:00:00Z"


@pytest.mark.parametrize("moment", [MOMENT, MOMENT.replace(microsecond=0), datetime(1, 1, 1, tzinfo=UTC)])
def test_both_forms_are_read_back(moment):
    assert read_stamp(stamp_text(moment)) == moment
    assert read_stamp(stamp_column(moment)) == moment


@pytest.mark.parametrize("text", ["", "2026-11-22", "2026-11-22T10:00:00", "ngày mai"])
def test_a_text_without_a_zone_is_no_timestamp(text):
    with pytest.raises(ValueError, match=r".*"):
        read_stamp(text)


def test_a_moment_is_cut_to_what_text_can_hold():
    assert whole_stamp(MOMENT.replace(microsecond=125_999)) == MOMENT
    assert noon(date(2026, 11, 22)) == datetime(2026, 11, 22, 12, tzinfo=UTC)
