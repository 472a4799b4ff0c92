import json

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_requirement,
    a_workspace,
    an_action,
    day,
)
from tests.reports.hostile import hostile_material

from fieldgate.domain.records.history import Outcome, StopKind
from fieldgate.domain.records.learning import HypothesisState, MeetingKind, NoteKind, PivotKind
from fieldgate.errors import RefusedError
from fieldgate.reports.closing import closing_report
from fieldgate.reports.material import material_of

PROOF = {"met": 4, "total": 9, "criteria": [{"id": "discovery.heard", "result": "met", "text": "12 were heard."},
                                            {"id": "discovery.x", "result": "unmet", "text": "None."}]}  # fmt: skip


def stopped(**changes):
    values = {"outcome": Outcome.STOP, "closed_on": DAY, "decided_at": NOW, "stop_kind": StopKind.NO_MARKET,
              "reason": "Nobody pays", "stop_if": "Три отказа", "snapshot": json.dumps(PROOF), **changes}  # fmt: skip
    return a_gate(**values)


def written(playbook, *records):
    return "".join(closing_report(material_of([a_workspace(name="Δ", vision="不再爭吵"), *records], playbook, DAY)))


def test_it_tells_why_it_ended_what_was_learned_and_whom_we_heard(playbook):
    ana, customer = a_member(name="Ана"), a_customer(name="Kiri", segment="ops", code="C1")
    sync = a_meeting(code="M9", kind=MeetingKind.SYNC, members=frozenset({ana.id}), date=DAY)
    talk = a_meeting(code="M1", customer_id=customer, date=day(-9))
    parent = a_hypothesis(code="H1", statement="Họ mất tiền", state=HypothesisState.REFUTED, learned="Rarely",
                          therefore="Ask others", verdict_reason="Too few")  # fmt: skip
    child = a_hypothesis(code="H2", parent_id=parent, pivot_kind=PivotKind.SEGMENT)
    no, yes = (a_note(text, customer_id=customer, code=code) for text, code in (("ไม่เคย", "N1"), ("once", "N2")))
    text = written(
        playbook, ana, customer, sync, talk, parent, child, no, yes, a_piece(no, parent, "no"), a_piece(yes, parent),
        stopped(meeting_id=sync), a_note("Who?", kind=NoteKind.QUESTION, code="N3"), an_action(text="Call", code="A1"),
        a_requirement(description="Export", code="R1"),
    )  # fmt: skip
    for words in (
        f"# Closing report: Δ\n\nStopped on {DAY} · discovery, round 1 · there is no market\n",
        "## Why we stopped\n\nNobody pays\n",
        "- We had said that we stop if: Три отказа\n",
        f"- Both teams agreed in M9 on {DAY}: Ана\n",
        "## Vision\n\n不再爭吵\n",
        "4 of 9 criteria met, stop: Nobody pays\n",
        "- H1, refuted: Rarely Therefore: Ask others\n",
        "### H1: Họ mất tiền\n",
        "> ไม่เคย\n",
        "(N2): yes",
        "Came out of: H1 by segment\n",
        "- Customers: 1 (ops 1)\n",
        "- Meetings with customers: 1, from",
        "12 were heard.\n",
        "- question N3: Who?\n",
        "- action A1: Call",
        "- request R1, new: Export\n",
    ):
        assert words in text, words


def test_without_a_stop_there_is_none(playbook):
    with pytest.raises(RefusedError, match="not stopped"):
        written(playbook, a_gate())


@pytest.mark.parametrize("snapshot", [None, "no json", "[]", '{"criteria": 3}', '{"criteria": [3]}'])
def test_it_is_written_whatever_was_kept_of_the_gate(playbook, snapshot):
    bare = stopped(snapshot=snapshot, reason=None, stop_if="", stop_kind=None)
    assert "No reason was written." in written(playbook, bare)


def test_records_full_of_harm_stay_text(playbook):
    material = hostile_material(playbook)
    tables = {**material.facts.tables, "gate": {}}
    gate = stopped(reason=material.facts.workspace.name, stop_if=material.facts.workspace.name)
    records = [each for table in tables.values() for each in table.values()]
    text = "".join(closing_report(material_of([*records, gate], playbook, DAY)))
    assert "<script" not in text.replace("\\<", "")
    assert "\x1b" not in text
    assert "javascript:" not in text
