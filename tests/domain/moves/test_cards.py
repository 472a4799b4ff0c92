"""Adding cards: from the catalogue, fit cards, one's own."""

from dataclasses import replace

import pytest
from tests.builders import NOW, a_touchpoint, facts
from tests.domain.moves.acting import Desk

from fieldgate.domain.records.journey import Origin, TouchpointState
from fieldgate.errors import RefusedError


@pytest.fixture
def desk(playbook):
    return Desk(facts(), playbook)


def by_code(desk, code):
    return next(each for each in desk.facts.touchpoints.values() if each.code == code)


def questions(desk, code):
    card = by_code(desk, code)
    return {each.key: each.text for each in desk.facts.checks.values() if each.touchpoint_id == card.id}


def test_a_card_comes_with_its_questions_and_indicator(desk, playbook):
    desk.act("touchpoint.add", codes="by-pm-01")
    card = by_code(desk, "BY-PM-01")
    assert (card.title, card.origin, card.state) == (
        playbook.card("BY-PM-01").title,
        Origin.CATALOGUE,
        TouchpointState.UNASKED,
    )
    assert card.kpi_name == playbook.card("BY-PM-01").kpi.name
    assert list(questions(desk, "BY-PM-01").values()) == list(playbook.card("BY-PM-01").questions)


def test_a_cell_has_a_fit_card(desk):
    desk.act("touchpoint.add", codes=["BY-LEG-00", "FO-CS-00"])
    assert set(questions(desk, "BY-LEG-00")) == {"fit.role", "fit.need", "fit.protect"}
    assert set(questions(desk, "FO-CS-00")) == {"fit.role", "fit.need"}


def test_adding_twice_is_adding_once_and_an_archived_card_comes_back(desk):
    card = desk.made(desk.act("touchpoint.add", codes="BY-PM-01"), "touchpoint")
    with pytest.raises(RefusedError, match="BY-PM-01 is here already"):
        desk.act("touchpoint.add", codes="BY-PM-01")
    desk.act("touchpoint.archive", card)
    gone = next(each for each in desk.facts.checks.values() if each.touchpoint_id == card.id)
    desk.act("touchpoint.add", codes=["BY-PM-01", "BY-PM-02", "BY-PM-02"])
    assert by_code(desk, "BY-PM-01").live
    assert desk.now(gone).live
    assert len(desk.facts.touchpoints) == 2
    with pytest.raises(RefusedError, match="no card BY-XX-01"):
        desk.act("touchpoint.add", codes="BY-XX-01")


def test_an_archived_question_comes_back_with_its_card(desk):
    card = desk.made(desk.act("touchpoint.add", codes="BY-PM-01"), "touchpoint")
    check = next(each for each in desk.facts.checks.values() if each.touchpoint_id == card.id)
    records = [each for table in desk.facts.tables.values() for each in table.values() if each.id != check.id]
    desk.facts = facts(*records, replace(check, deleted_at=NOW))
    desk.act("touchpoint.archive", card)
    desk.act("touchpoint.add", codes="BY-PM-01")
    assert desk.now(check).live


def test_the_core_set_and_the_whole_catalogue_are_added_at_once(desk, playbook):
    desk.act("touchpoint.add_core")
    assert len(desk.facts.touchpoints) == 37
    with pytest.raises(RefusedError, match="core set is here already"):
        desk.act("touchpoint.add_core")
    desk.act("touchpoint.add_all")
    assert len(desk.facts.touchpoints) == len(playbook.cards) == 204
    with pytest.raises(RefusedError, match="whole catalogue is here already"):
        desk.act("touchpoint.add_all")


def test_a_card_of_our_own_is_numbered_in_its_cell_and_never_reuses_a_number(playbook):
    gone = a_touchpoint(code="BY-SAL-C01", deleted_at=NOW)
    renamed = a_touchpoint(code="BY-SAL-C02", former_codes=frozenset({"BY-SAL-C04", "BY-SAL-Cx"}))
    desk = Desk(facts(gone, renamed), playbook)
    new = {"phase": "BY", "function": "SAL", "title": "В магазина", "questions": "How do they pay?\nHow long?"}
    card = desk.made(desk.act("touchpoint.create", **new), "touchpoint")
    assert (card.code, card.origin, card.title) == ("BY-SAL-C05", Origin.CUSTOM, "В магазина")
    assert questions(desk, "BY-SAL-C05") == {"how.1": "How do they pay?", "how.2": "How long?"}
    with pytest.raises(RefusedError, match="questions that begin with how"):
        desk.act("touchpoint.create", **{**new, "questions": "\n"})
    desk.act("touchpoint.question", card, text="如何退款?")
    desk.act("touchpoint.question", card, text="And then?")
    assert questions(desk, "BY-SAL-C05")["own.2"] == "And then?"
