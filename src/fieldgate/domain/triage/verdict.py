"""Verdicts: beliefs in testing whose numbers say something or whose date has passed, and key rulings that are shaken.

Key beliefs first, then by risk.
"""

from collections.abc import Iterator
from datetime import date

from fieldgate.domain.beliefs import is_key
from fieldgate.domain.evidence import Tally, tally
from fieldgate.domain.findings import code_order
from fieldgate.domain.records.learning import Hypothesis, Stance
from fieldgate.domain.triage.kind import Item, Sight, TriageKind, item_of
from fieldgate.domain.triage.reach import ANSWERS
from fieldgate.domain.verdicts import is_shaken, suggest
from fieldgate.words import mark


def _judge(sight: Sight, record: Hypothesis) -> Iterator[Item]:
    count = tally(sight.facts, record, sight.policy)
    key = is_key(record, sight.policy)
    suggestion = suggest(record, count, sight.today)
    if suggestion is not None and suggestion.kind == "decide":
        part, since = "decide", record.due
    elif suggestion is not None and suggestion.kind != "keep":
        part, since = suggestion.kind, _newest(count)
    elif key and is_shaken(record, count):
        part, since = "shaken", _newest(count) or record.verdict_on
    else:
        return
    order = (not key, -count.risk, code_order(record.code), record.id)
    day = since or record.updated_at.date()
    yield item_of(
        "verdict",
        record,
        min(day, sight.today),
        id=f"verdict:{record.id}",  # the same item while the numbers change their mind
        part=part,
        key=key,
        hypothesis_id=record.id,
        order=order,
    )


def _newest(count: Tally) -> date | None:
    return max((each.said_on for each in count.standing if each.stance != Stance.MAYBE), default=None)


VERDICT = TriageKind(
    name="verdict",
    title=mark("Verdicts"),
    about=frozenset({"hypothesis"}),
    judge=_judge,
    verbs=("support", "refute", "narrow", "retire", "extend", "reopen"),
    reads=frozenset({"workspace"}),
    reaches=ANSWERS,
)
