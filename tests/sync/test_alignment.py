"""What changed between two lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldgate.sync.alignment import Hunk, hunks


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", []),
        ("abc", "abc", []),
        ("aab", "aa", [Hunk(2, 3, ())]),
        ("", "ab", [Hunk(0, 0, ("a", "b"))]),
        ("ab", "", [Hunk(0, 2, ())]),
        ("abc", "axc", [Hunk(1, 2, ("x",))]),
        ("abcd", "xbcdy", [Hunk(0, 1, ("x",)), Hunk(4, 4, ("y",))]),
    ],
)
def test_a_change_is_a_stretch_of_the_old_list_and_what_stands_there_now(old, new, changes):
    assert hunks(list(old), list(new), 1e6) == changes


@given(st.text("abc"), st.text("abc"), st.sampled_from([0, 1e6]))
def test_the_changes_of_a_list_make_the_new_one_of_the_old(old, new, cells):
    made, at = [], 0
    for hunk in hunks(list(old), list(new), cells):
        made += [*old[at : hunk.start], *hunk.items]
        at = hunk.end
    assert "".join([*made, *old[at:]]) == new
