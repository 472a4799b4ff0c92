"""What the system refuses is said with the file and the reason, and with what to do."""

import errno
from pathlib import Path

import pytest

from fieldgate.errors import BusyError
from fieldgate.mishaps import in_words, said


def test_the_file_that_the_system_names_is_said(tmp_path):
    with pytest.raises(BusyError, match=r"gone: No such file or directory\.") as caught, said(tmp_path):
        (tmp_path / "gone").read_bytes()
    assert caught.value.where == str(tmp_path / "gone")
    assert "room" in caught.value.hint


@pytest.mark.parametrize(
    ("error", "path", "wanted"),
    [
        (OSError(errno.ENOSPC, "x"), Path("notes.md"), "The disk refuses: notes.md: No space left on device."),
        (OSError(errno.EIO, "x", 7), None, "The disk refuses: Input/output error."),
        (OSError(), None, "The disk refuses: OSError."),
    ],
)
def test_without_a_name_the_one_at_hand_or_the_reason_alone_is_said(error, path, wanted):
    assert in_words(error, path).message == wanted
