"""Taking in one version."""

from dataclasses import replace

from tests.sync.papers import conflicts, edit, paper
from tests.sync.shelves import ListShelf

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import MERGED, digest
from fieldgate.documents.vectors import KEPT_PAIRS, Order, compare
from fieldgate.sync.take import Happened, ancestor_of, stamped, take

ROOT = stamped(Version(document=paper("note", "one\ntwo", said_on="2026-11-01")), "aaaaa", 1)


def next_version(version, writer, counter, body=None, **changes):
    return stamped(replace(version, document=edit(version.document, writer, body=body, **changes)), writer, counter)


def by_hand(version, body):
    return replace(version, document=edit(version.document, body=body))


def take_in(current, shelf, incoming):
    return take(current, shelf, incoming, writer="mmmmm", counter=100)


def test_the_first_version_of_a_record_is_the_record():
    taken = take_in(None, ListShelf(), ROOT)
    assert (taken.current, taken.keep, taken.happened) == (ROOT, (ROOT,), Happened.NEW)


def test_a_first_version_edited_by_hand_is_stamped_by_us():
    edited = by_hand(ROOT, "one\nTWO")
    taken = take_in(None, ListShelf(), edited)
    assert taken.current.vector == {"aaaaa": 1, "mmmmm": 100}
    assert taken.current.mark == digest(edited.document)
    assert taken.keep == (replace(edited, mark=MERGED), taken.current)


def test_a_known_version_changes_nothing():
    assert take_in(ROOT, ListShelf(ROOT), ROOT).happened is Happened.KNOWN


def test_the_same_content_is_remembered_as_seen():
    other = replace(ROOT, vector={"bbbbb": 7})
    taken = take_in(ROOT, ListShelf(ROOT), other)
    assert (taken.happened, taken.current.vector) == (Happened.SAME, {"aaaaa": 1, "bbbbb": 7})
    assert taken.keep == (other, taken.current)


def test_what_we_have_seen_is_old_and_kept():
    current = next_version(ROOT, "bbbbb", 2, body="one\ntwo\nthree")
    taken = take_in(current, ListShelf(current), ROOT)
    assert (taken.happened, taken.current, taken.keep) == (Happened.OLD, current, (ROOT,))


def test_what_has_seen_ours_replaces_it():
    news = next_version(ROOT, "bbbbb", 2, body="one\ntwo\nthree")
    taken = take_in(ROOT, ListShelf(ROOT), news)
    assert (taken.happened, taken.current, taken.removed_much) == (Happened.NEWS, news, False)


def test_news_that_take_out_much_of_the_text_are_told():
    news = next_version(ROOT, "bbbbb", 2, body="one")
    assert take_in(ROOT, ListShelf(ROOT), news).removed_much
    chinese = stamped(Version(document=paper("note", "客戶覺得驗收標準太高")), "aaaaa", 1)
    assert not take_in(
        chinese, ListShelf(chinese), next_version(chinese, "b", 2, body="客戶覺得驗收標準高")
    ).removed_much


def test_two_that_know_nothing_of_each_other_are_merged_on_what_both_have_seen():
    mine = next_version(ROOT, "mmmmm", 2, body="one\ntwo\nmine")
    theirs = next_version(ROOT, "bbbbb", 2, body="ONE\ntwo")
    taken = take_in(mine, ListShelf(ROOT, mine), theirs)
    assert (taken.happened, taken.current.document.body) == (Happened.MERGED, "ONE\ntwo\nmine")
    assert taken.current.vector == {"aaaaa": 1, "bbbbb": 2, "mmmmm": 100}
    assert taken.current.mark == digest(taken.current.document)
    assert taken.keep == (theirs, taken.current)


def test_a_merge_that_says_what_one_side_says_needs_no_stamp():
    mine = next_version(ROOT, "mmmmm", 2, body="one\ntwo\nmine")
    both = next_version(ROOT, "zzzzz", 2, body="one\ntwo\nmine\ntheirs")
    taken = take_in(mine, ListShelf(ROOT, mine), both)
    assert taken.current.vector == {"aaaaa": 1, "mmmmm": 2, "zzzzz": 2}


def test_a_hand_edit_is_merged_on_the_version_that_its_trailer_names():
    current = next_version(ROOT, "bbbbb", 2, body="ONE\ntwo")
    edited = by_hand(ROOT, "one\nTWO")
    taken = take_in(current, ListShelf(ROOT, current), edited)
    assert taken.current.document.body == "ONE\nTWO"
    assert taken.current.vector["mmmmm"] == 100
    again = take_in(taken.current, ListShelf(ROOT, current, *taken.keep), edited)
    assert again.happened is Happened.KNOWN


def test_a_hand_edit_never_serves_as_an_ancestor():
    edited = by_hand(ROOT, "one\ntwo\nby hand")
    mine, theirs = next_version(ROOT, "mmmmm", 2, body="one\nmine"), next_version(ROOT, "bbbbb", 2, body="one\ntwo\nb")
    assert ancestor_of(ListShelf(edited, ROOT), mine.vector, theirs.vector) == ROOT.document
    assert ancestor_of(ListShelf(edited), mine.vector, theirs.vector) is None


def test_a_hand_edit_of_a_version_that_is_not_kept_is_merged_on_the_newest_that_is():
    unseen = next_version(ROOT, "bbbbb", 2, body="one\ntwo\nunseen")
    edited = by_hand(unseen, "one\ntwo\nunseen\nby hand")
    taken = take_in(ROOT, ListShelf(ROOT), edited)
    assert taken.current.document.body == "one\ntwo\nunseen\nby hand"
    assert compare(taken.current.vector, edited.vector) is Order.AFTER


def test_what_the_git_driver_merged_is_taken_on_ours():
    mine = next_version(ROOT, "mmmmm", 2, body="one\ntwo\nmine")
    document = edit(ROOT.document, "b", body="one\ntwo\nmine\ntheirs")
    driven = Version(document=document, vector={"aaaaa": 1, "mmmmm": 2, "bbbbb": 2}, mark=MERGED)
    taken = take_in(mine, ListShelf(ROOT, mine), driven)
    assert taken.current.document == document
    assert taken.current.mark == digest(document)


def test_two_contents_under_one_vector_unite():
    forged = Version(document=edit(ROOT.document, body="one\nforged", mark="p"), vector=ROOT.vector)
    forged = replace(forged, mark=digest(forged.document))
    mine = replace(ROOT, document=edit(ROOT.document, mark="g"))
    taken = take_in(replace(mine, mark=digest(mine.document)), ListShelf(ROOT), forged)
    assert set(taken.current.document.body.split("\n")) == {"one", "two", "forged"}
    assert conflicts(taken.current.document) == [("mark", "g")]


def test_of_two_common_ancestors_the_newest_is_taken():
    later = next_version(ROOT, "bbbbb", 5, body="one\ntwo\nlater")
    assert ancestor_of(ListShelf(ROOT, later), later.vector, {**later.vector, "ccccc": 1}) == later.document


def test_where_a_merge_forgets_pairs_it_is_stamped():
    many = {f"w{number:04}": number + 2 for number in range(KEPT_PAIRS)}
    mine = next_version(ROOT, "mmmmm", 50, body="one\ntwo\nmine")
    theirs = replace(mine, document=edit(mine.document, "b", body="one\ntwo\nmine\nb"), vector={"aaaaa": 1, **many})
    theirs = replace(theirs, mark=digest(theirs.document))
    taken = take_in(mine, ListShelf(ROOT, mine), theirs)
    assert taken.current.vector["mmmmm"] == 100
    assert len(taken.current.vector) == KEPT_PAIRS


def test_what_two_merged_apart_and_one_decided_is_not_asked_again():
    """Both see the same two values; one decides before the merge of the other comes along."""
    base = stamped(Version(document=paper("customer", record_id="c" * 16, segment="a")), "base0", 1)
    sides = [
        stamped(replace(base, document=edit(base.document, f"f{number}", number, segment=value)), f"side{number}", 2)
        for number, value in ((1, "b"), (2, "c"))
    ]
    shelves = [ListShelf(), ListShelf()]
    merged = []
    for number, shelf in enumerate(shelves):
        for each in (base, sides[number]):
            shelf.keep(each)
        taken = take(sides[number], shelf, sides[1 - number], writer=f"home{number}", counter=9)
        for each in taken.keep:
            shelf.keep(each)
        merged.append(taken.current)
    assert merged[0] == merged[1]
    assert merged[0].document.head["conflicts"]
    head = {name: value for name, value in merged[0].document.head.items() if name != "conflicts"}
    decided = stamped(replace(merged[0], document=replace(merged[0].document, head=head)), "home0", 10)
    taken = take(merged[1], shelves[1], decided, writer="home1", counter=11)
    assert taken.happened is Happened.NEWS
    assert "conflicts" not in taken.current.document.head
