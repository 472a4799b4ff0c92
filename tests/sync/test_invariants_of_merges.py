"""Two founders live on from one workspace, each by legal moves alone: what is merged breaks no invariant either."""

import copy
import itertools
from collections import defaultdict
from random import Random

import pytest
from tests.domain.test_invariants import Histories

from fieldgate.documents.codec import canonical, from_document, to_document
from fieldgate.domain.invariants import violations
from fieldgate.domain.kinds import OWN_FILE
from fieldgate.domain.records.learning import Proposal
from fieldgate.domain.snapshot import snapshot_of
from fieldgate.sync.circles import cut_circles
from fieldgate.sync.codes import labelled, settle_codes, with_code
from fieldgate.sync.fields import merge


def documents_of(facts):
    pieces, checks = defaultdict(list), defaultdict(list)
    for piece in facts.evidence.values():
        pieces[piece.note_id].append(piece)
    for check in facts.checks.values():
        checks[check.owner_id].append(check)
    records = [record for kind in OWN_FILE for record in facts.tables[kind].values()]
    return {each.id: to_document(each, pieces[each.id], checks[each.id]) for each in records}


def facts_of(documents, workspace_id):
    parsed = [from_document(each, workspace_id=workspace_id) for each in documents.values()]
    return snapshot_of(row for each in parsed for row in (each.record, *each.evidence, *each.checks))


def merged(old, one, other):
    """All records of both sides, merged, codes and circles settled."""
    both = one.keys() & other.keys()
    found = {**one, **other} | {each: merge(old.get(each), one[each], other[each]) for each in both}
    for kind in OWN_FILE:
        labels = [labelled(each) for each in found.values() if each.kind == kind]
        found |= {each: with_code(found[each], code) for each, code in settle_codes(kind, labels).items()}
        found |= {each.id: each for each in cut_circles(each for each in found.values() if each.kind == kind)}
    return found


def live_on(history, random, acts):
    for _ in range(acts):
        what = random.randrange(6)
        if what < 3:
            history.make_some_moves(random.randrange(2**32))
        elif what < 5:
            proposal = random.choice(list(Proposal))
            history.decide_the_gate(proposal, random.random() < 0.8, random.randrange(2**32))
        else:
            history.let_days_pass(random.randrange(1, 20))


@pytest.mark.parametrize("seed", range(20))
def test_what_two_founders_did_lawfully_is_lawful_together(seed):
    random = Random(seed)  # noqa: S311  # a history that can be lived through again, no secret
    before = Histories()
    before.begin()
    live_on(before, random, random.randrange(6))
    old, workspace_id = documents_of(before.facts), before.facts.workspace.id
    sides = []
    for number in (5, 6):
        founder = copy.copy(before)
        founder.ids, founder.facts = itertools.count(number * 10**9), facts_of(old, workspace_id)
        live_on(founder, random, random.randrange(1, 4))
        sides.append(documents_of(founder.facts))
    found = merged(old, *sides)
    assert violations(facts_of(found, workspace_id)) == ()
    assert merged(old, *reversed(sides)) == found
    assert all(canonical(each, workspace_id=workspace_id) == each for each in found.values())
