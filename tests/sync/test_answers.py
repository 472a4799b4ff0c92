"""What was decided is not asked again, however the edits of several founders cross."""

from collections import Counter
from dataclasses import replace
from itertools import count
from random import Random

from hypothesis import given, settings
from tests.sync.papers import conflicts, edit, forks, paper
from tests.sync.shelves import ListShelf

from fieldgate.documents.document import Version
from fieldgate.documents.offers import asked, remembering
from fieldgate.sync.answers import with_answers
from fieldgate.sync.fields import merge
from fieldgate.sync.take import stamped, take

NOTE = paper("note", "one\ntwo", record_id="n" * 16, code="N1", topic="first")
ARCHIVED = "2026-11-07T10:00:00Z"
CUSTOMER = paper(name="Mai", segment="hotels", code="C3")


class Founders:
    """Founders who each have one note, send it to each other, edit it, archive it and decide what it asks."""

    def __init__(self, number, seed=0, *, keep=False):
        self.keep = keep
        self.random, self.clock = Random(seed), count(100)  # noqa: S311  # a history to be had again
        self.everybody = range(number)
        base = stamped(Version(document=NOTE), "base0", 1)
        self.current = [base for _ in self.everybody]
        self.shelves = [ListShelf(base) for _ in self.everybody]
        self.asked = Counter()

    def edit(self, founder, **changes):
        before, moment = self.current[founder].document, next(self.clock)
        after = edit(before, f"f{founder}", moment % 28 + 1, **changes)
        version = replace(self.current[founder], document=remembering(before, after))
        self.current[founder] = stamped(version, f"w{founder:04}", moment)
        self.shelves[founder].keep(self.current[founder])

    def say(self, founder):
        self.edit(founder, body=f"{self.current[founder].document.body}\nx{next(self.clock)}")

    def hold(self, founder):
        self.edit(founder, topic=f"t{next(self.clock)}")

    def archive(self, founder):
        self.edit(founder, deleted_at=f"2026-11-20T10:{next(self.clock) // 60:02}:{next(self.clock) % 60:02}Z")

    def send(self, sender, to):
        shelf, incoming = self.shelves[to], self.current[sender]
        taken = take(self.current[to], shelf, incoming, writer=f"w{to:04}", counter=next(self.clock))
        self.current[to] = taken.current
        for each in taken.keep:
            shelf.keep(each)

    def decide(self, founder):
        """Decide all that is asked at a founder.

        A question is what is offered. Once archived for good, a note may be asked about again for the sake of a later
        edit; once kept it may not.
        """
        document, changes = self.current[founder].document, {"conflicts": None}
        for path, marks in asked(document).items():
            values = [entry["value"] for entry in document.head["conflicts"] if entry["field"] == path]
            later = path == ("deleted_at",) and not self.keep
            about = (document.body, document.head["topic"], *conflicts(document)) if later else ()
            self.asked[path, marks, about] += 1
            if not self.keep and self.random.randrange(2):
                changes[path[0]] = values[0]
        if document.head.get("conflicts"):
            self.edit(founder, **changes)

    def live(self, steps):
        """Live through so many steps; the first founder decides, and a note is archived but once."""
        archived = False
        for _ in range(steps):
            founder, what = self.random.choice(self.everybody), self.random.random()
            if what < 0.3 and "deleted_at" not in self.current[founder].document.head:
                act = self.random.choice((self.say, self.say, self.hold, *(() if archived else (self.archive,))))
                archived = archived or act == self.archive
                act(founder)
            elif what < 0.4:
                self.decide(0)
            else:
                self.send(founder, self.random.choice([each for each in self.everybody if each != founder]))
        for _ in range(4):
            for sender in self.everybody:
                for to in self.everybody:
                    if to != sender:
                        self.send(sender, to)
        return self


def test_whether_a_note_stays_archived_is_asked_once_though_its_archiving_crosses_several_edits():
    """The first edit reaches one founder before the archive does: the two are merged a second time, apart."""
    founders = Founders(3, keep=True)
    founders.say(0)
    founders.send(0, to=2)
    founders.archive(1)
    founders.say(0)
    founders.send(1, to=0)
    assert [path for path, _ in conflicts(founders.current[0].document)] == ["deleted_at"]
    founders.decide(0)
    founders.send(1, to=2)
    founders.send(2, to=0)
    assert conflicts(founders.current[0].document) == []
    assert "deleted_at" not in founders.current[0].document.head
    assert founders.current[0].document.body.split("\n")[:2] == ["one", "two"]
    founders.send(0, to=2)
    assert founders.current[2] == founders.current[0]


def test_no_question_comes_twice_in_random_histories_of_three_and_four_founders():
    twice, unlike = [], []
    for seed in range(250):
        founders = Founders(3 + seed % 2, seed, keep=seed % 4 > 1).live(26)
        unlike += [seed for each in founders.current if each != founders.current[0]]
        founders.decide(0)
        twice += [(seed, question) for question, times in founders.asked.items() if times > 1]
    assert twice == []
    assert unlike == []


def test_an_answer_holds_against_who_does_not_know_of_it_and_not_against_a_new_value():
    old = edit(CUSTOMER, segment="clinics")
    asking = edit(old, "ben", conflicts=({"field": ("segment",), "value": "hotels", "by": "anna", "at": "2026-11-02"},))
    decided = remembering(asking, edit(asking, conflicts=None))
    merged = merge(old, decided, edit(asking, "ben", role="user"))
    assert (merged.head["segment"], conflicts(merged)) == ("clinics", [])
    merged = merge(old, decided, edit(asking, "ben", at=9, segment="hostels"))
    assert merged.head["segment"] == "hostels"
    assert ("segment", "hotels") in conflicts(merged)


def test_an_answer_holds_where_the_other_side_shows_the_other_of_the_two_values():
    asked_first = edit(CUSTOMER, segment="clinics", conflicts=({"field": ("segment",), "value": "hotels"},))
    decided = remembering(asked_first, edit(asked_first, conflicts=None))
    other_way = ({"field": ("segment",), "value": "clinics"},)
    asking = edit(asked_first, "ben", at=9, segment="hotels", role="user", conflicts=other_way)
    merged = merge(asked_first, decided, asking)
    assert (merged.head["segment"], merged.head["role"], conflicts(merged)) == ("clinics", "user", [])
    assert merge(asked_first, asking, decided) == merged


def test_what_is_asked_again_knowingly_is_asked():
    asking = edit(CUSTOMER, conflicts=({"field": ("segment",), "value": "clinics"},))
    decided = remembering(asking, edit(asking, conflicts=None))
    assert len(decided.head["answered"]) == 2
    taken_back = remembering(decided, edit(decided, conflicts=asking.head["conflicts"]))
    assert "answered" not in taken_back.head
    merged = merge(decided, taken_back, edit(decided, "ben", role="user"))
    assert conflicts(merged) == [("segment", "clinics")]


def test_answers_inside_of_maps_and_groups_hold_too():
    card = paper("touchpoint", "why", code="BY-SAL-10", state="gap", checks={"q1": {"answer": "open", "text": "How?"}})
    entries = (
        {"field": ("checks", "q1", "answer"), "value": '{"answer":"yes"}'},
        {"field": ("state",), "value": '{"state":"fixing"}'},
        {"field": ("checks", "q2", "note"), "value": "by post"},
    )
    asking = edit(card, conflicts=entries)
    answers = {"q1": {"answer": "yes", "text": "How?"}, "q2": {"note": "by post"}}
    decided = remembering(asking, edit(asking, conflicts=None, checks=answers))
    merged = merge(card, decided, edit(asking, "ben", goal="see it"))
    assert conflicts(merged) == []
    assert merged.head["checks"] == answers


@given(forks())
@settings(max_examples=150, deadline=None)
def test_with_answers_a_merge_does_not_depend_on_whose_side_is_whose(fork):
    ancestor, one, other = fork
    one, other = (remembering(ancestor, side) for side in (one, other))
    assert with_answers(ancestor, one, other) == with_answers(ancestor, other, one)
    merged = merge(ancestor, one, other)
    assert merge(ancestor, other, one) == merged
    for parent in (ancestor, one, other):
        assert merge(parent, merged, parent) == merged


def test_archived_with_the_same_edit_on_both_sides_stays_archived():
    edited = edit(CUSTOMER, segment="clinics")
    archived, live = edit(edited, deleted_at=ARCHIVED), edit(CUSTOMER, "ben", segment="clinics")
    assert merge(CUSTOMER, archived, live).head["deleted_at"] == ARCHIVED
    assert "deleted_at" not in merge(CUSTOMER, archived, edit(live, role="user")).head
    asks = ({"field": ("segment",), "value": "hostels"},)
    merged = merge(CUSTOMER, archived, edit(live, conflicts=asks))
    assert "deleted_at" not in merged.head


def test_what_stands_in_a_head_in_another_form_is_no_answer_and_no_question():
    strange = edit(CUSTOMER, answered="yes", conflicts=("text", {"field": ("segment",), "flag": "overlap"}))
    assert asked(strange) == {}
    merged = merge(CUSTOMER, strange, edit(CUSTOMER, "ben", role="user", answered=("0123456789ab",)))
    assert merged.head["role"] == "user"
