"""Maybes past their days on key beliefs that are not settled and that nobody is chasing; the pair is the item."""

from collections.abc import Iterator

from fieldgate.domain.maybes import untreated
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import ANSWERS, named_by
from fieldgate.words import mark


def _judge(sight: Sight, record: Hypothesis) -> Iterator[Item]:
    for each in untreated(sight.facts, record, sight.policy, sight.today):
        standing = each.standing
        piece = sight.facts.evidence[standing.evidence_id]
        yield item_of(
            "maybe",
            piece,
            standing.said_on,
            code=record.code,
            key=True,
            hypothesis_id=record.id,
            customer_id=standing.customer_id or "",
        )


MAYBE = TriageKind(
    name="maybe",
    title=mark("Maybes"),
    about=frozenset({"hypothesis"}),
    judge=_judge,
    verbs=("firm_yes", "firm_no", "chase", "count_no", "drop_customer", "discard_note"),
    reads=frozenset({"workspace"}),
    reaches={**ANSWERS, "action": named_by("action", "hypothesis_id")},
    owner="hypothesis_id",
)
