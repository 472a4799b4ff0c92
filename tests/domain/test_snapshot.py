"""What a snapshot keeps of what was worked out from it."""

from tests.builders import a_customer, a_note, facts

from fieldgate.domain.changes import Create, apply


def test_what_rests_on_tables_is_worked_out_again_only_when_one_of_them_changed():
    asked = []
    first = facts(a_customer(code="C1"))

    def count(snapshot, given):
        return snapshot.keep_of(
            ("customer", "meeting"), "count", lambda: asked.append(given) or len(snapshot.customers), given
        )

    assert [count(first, 1), count(first, 1), count(first, 2)] == [1, 1, 1]
    assert asked == [1, 2]
    beside = apply(first, [Create(a_note(code="N1"))])
    assert (count(beside, 2), asked) == (1, [1, 2])
    after = apply(beside, [Create(a_customer(code="C2"))])
    assert (count(after, 2), asked) == (2, [1, 2, 2])
    assert (count(beside, 2), asked) == (1, [1, 2, 2, 2])
