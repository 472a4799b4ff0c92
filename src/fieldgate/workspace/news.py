"""News: what an act changed, in one line: the act, the counts of beliefs that moved, the criteria that turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldgate.domain.evidence import tally
from fieldgate.domain.gates import policy_of
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.domain.changes import Act
    from fieldgate.workspace.judging import Judged

_MOST = 3
"""Criteria named in one line."""


def news_of(before: Judged, after: Judged, act: Act | None) -> str:
    """Say in one line what changed between two judgements; empty when nothing did."""
    said = [act.words] if act is not None and act.words else []
    return " · ".join((*said, *_counts(before, after, act), *_turned(before, after)))


def _counts(before: Judged, after: Judged, act: Act | None) -> Iterator[str]:
    """Name each belief whose counts moved."""
    touched: dict[str, None] = {}
    for change in act.changes if act is not None else ():
        piece = after.facts.evidence.get(change.row_id) if change.kind == "evidence" else None
        if piece is not None:
            touched[piece.hypothesis_id] = None
    for belief_id in touched:
        belief = after.facts.hypotheses.get(belief_id)
        old = before.facts.hypotheses.get(belief_id)
        if belief is None:
            continue
        now = tally(after.facts, belief, policy_of(after.facts, after.playbook))
        was = tally(before.facts, old, policy_of(before.facts, before.playbook)) if old else None
        pairs = (
            (t("yes"), now.yes, was.yes if was else 0),
            (t("no"), now.no, was.no if was else 0),
            (t("maybe"), now.maybe, was.maybe if was else 0),
        )
        moved = [f"{word} {count}" for word, count, then in pairs if count != then]
        if moved:
            yield f"{belief.code} {', '.join(moved)}"


def _turned(before: Judged, after: Judged) -> Iterator[str]:
    """Name each criterion of the open gate that turned."""
    if before.report is None or after.report is None or before.report.gate.id != after.report.gate.id:
        return
    old = {each.criterion.id: each.result for each in before.report.criteria}
    turned = [each for each in after.report.criteria if old.get(each.criterion.id, each.result) != each.result]
    for each in turned[:_MOST]:
        title = t(each.criterion.title)
        yield t("{title} now met", title=title) if each.result == "met" else t("{title} no longer met", title=title)
