from collections import Counter

import pytest

from fieldgate.domain.playbook import Need
from fieldgate.domain.policy import Policy
from fieldgate.domain.records.journey import Function, Phase
from fieldgate.domain.records.learning import STEPS, Area, Mark, MeetingKind, PivotKind
from fieldgate.domain.records.people import MarketType
from fieldgate.errors import NotFoundError
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_playbook

FUNCTIONS = ["PM", "MKT", "SAL", "PRJ", "ENG", "LEG", "SYS", "MFG", "FIN", "OPS", "SUP", "CS"]
CELLS = {
    "FO": [5, 21, 1, 9, 13, 7, 1, 1, 1, 1, 1, 1],
    "BY": [9, 16, 10, 1, 1, 6, 5, 2, 12, 1, 1, 1],
    "US": [4, 7, 1, 1, 4, 1, 1, 1, 1, 7, 5, 4],
    "LF": [6, 9, 4, 1, 1, 1, 4, 1, 1, 6, 3, 3],
}
CORE = {"FO": 9, "BY": 12, "US": 8, "LF": 8}

GATES = {
    "discovery": ["heard", "problem", "customer", "solution", "price", "features"],
    "validation": [
        "orders",
        "price",
        "path",
        "times",
        "channel",
        "position",
        "model",
        "buy",
        "field",
        "cocreation",
    ],
    "creation": ["goals", "demand", "roadmap", "funnel", "find"],
    "building": ["owners", "use", "life", "handover", "mainstream", "measures"],
}


@pytest.fixture(scope="module")
def playbook():
    return shipped_playbook(Locations.find().playbooks())


def test_the_catalogue_has_the_rows_of_every_cell(playbook):
    cells = Counter((card.phase, card.function) for card in playbook.cards.values())
    for phase, counts in CELLS.items():
        assert [cells[phase, function] for function in FUNCTIONS] == counts
    assert sum(cells.values()) == 204
    assert {phase: sum(counts) for phase, counts in CELLS.items()} == {"FO": 62, "BY": 65, "US": 37, "LF": 40}


def test_core_origins_and_questions_are_counted(playbook):
    assert Counter(card.phase for card in playbook.core_cards()) == CORE
    assert len(playbook.core_cards()) == 37
    origins = Counter(card.origin for card in playbook.cards.values())
    assert origins == {"catalogue": 182, "derived": 22}
    assert sum(len(card.questions) for card in playbook.cards.values()) == 210
    assert not any(card.core for card in playbook.cards.values() if card.origin == "derived")


def test_the_cards_of_a_cell_stand_together_in_their_order(playbook):
    codes = list(playbook.cards)
    assert codes[:2] == ["FO-PM-01", "FO-PM-02"]
    assert codes[-1] == "LF-FIN-D1"
    assert codes.index("FO-MKT-01") == 5
    phases = [card.phase for card in playbook.cards.values()]
    assert phases == sorted(phases, key=["FO", "BY", "US", "LF"].index)


def test_texts_are_those_of_the_catalogue(playbook):
    card = playbook.card("BY-SAL-10")
    assert card.title == "Weekly closing call"
    assert card.questions == (
        "What can the product people do before Friday so that this deal closes?",
        "How is what we promised followed up?",
    )
    assert card.core
    assert playbook.card("LF-OPS-06").kpi.definition == "(revenue − cost to serve) ÷ revenue"
    assert playbook.card("LF-MKT-09").kpi.unit == "−100…100"
    assert sum(card.kpi is not None for card in playbook.cards.values()) == 17
    assert playbook.card("BY-PM-01").kpi.good == "lower"


def test_every_enum_of_the_records_has_its_words(playbook):
    assert [step.id for step in playbook.steps] == list(STEPS)
    assert [phase.id for phase in playbook.phases] == list(Phase)
    assert sorted(one.id for one in playbook.functions) == sorted(Function)
    assert [one.id for one in playbook.functions] == FUNCTIONS
    assert [one.id for one in playbook.marks] == list(Mark)
    assert [one.id for one in playbook.meeting_kinds] == list(MeetingKind)
    assert [one.id for one in playbook.pivot_kinds] == list(PivotKind)
    assert [one.id for one in playbook.market_types] == list(MarketType)


def test_the_gates_have_their_criteria_in_order(playbook):
    for step, names in GATES.items():
        ids = [criterion.id for criterion in playbook.criteria_of(step)]
        assert ids == [f"{step}.{name}" for name in [*names, "open", "maybe", "sync"]]
    assert len(playbook.criteria) == 39


def test_only_what_every_gate_asks_is_never_waived(playbook):
    never = {criterion.id.split(".")[1] for criterion in playbook.criteria if not criterion.waivable}
    assert never == {"open", "maybe", "sync"}
    assert sum(not criterion.waivable for criterion in playbook.criteria) == 12


def test_attested_criteria_have_their_sentence_with_the_policy_number(playbook):
    attested = {criterion.id: criterion.check for criterion in playbook.criteria if criterion.kind == "attested"}
    assert attested == {
        "validation.price": "None of these orders needed a special discount or a promise off the roadmap",
        "validation.path": "The same written path closed at least two of the orders",
        "creation.roadmap": "Someone who is not a founder ran the sales and marketing roadmap from lead to payment",
        "building.handover": "Support and service staff are trained; product people no longer carry first-line care",
        "building.mainstream": "At least 10 paying customers are not early believers",
    }


def test_needs_are_measured_with_the_numbers_of_the_policy(playbook):
    needs = {criterion.id: criterion.needs for criterion in playbook.criteria}
    (heard,) = needs["discovery.heard"]
    assert heard == Need(measure="customers_heard", args={"at_least": "$discovery_customers"})
    assert playbook.resolve(heard) == {"at_least": 12}
    assert [need.measure for need in needs["discovery.customer"]] == ["supported", "lead_awareness"]
    assert playbook.resolve(needs["discovery.customer"][1]) == {"awareness": 4, "at_least": 3}
    assert needs["building.measures"][0].args == {
        "cards": ("US-OPS-02", "US-SUP-02", "LF-SUP-03", "LF-MKT-09"),
        "or_na": True,
    }
    (demand,) = needs["creation.demand"]
    assert playbook.resolve(demand) == {"areas": ("demand",), "strength": 3, "pieces": 2, "apart": 28}


def test_prompts_start_as_important_as_their_gate_makes_them(playbook):
    assert len(playbook.prompts) == 13
    for prompt in playbook.prompts:
        named = {
            area
            for criterion in playbook.criteria_of(prompt.step)
            for need in criterion.needs
            for area in need.args.get("areas", ())
        }
        wanted = 5 if prompt.area == "problem" else 4 if prompt.area in named else 3
        assert (prompt.id, prompt.importance) == (prompt.id, wanted)
        assert prompt.area in list(Area)
    assert playbook.prompts[-1].step == ""


def test_checks_and_advice_are_there(playbook):
    assert [check.key for check in playbook.traits] == [
        f"trait.{name}" for name in ("need", "goal", "date", "comm", "power", "influence")
    ]
    assert Counter(check.level for check in playbook.acceptance) == {"build": 4, "benefit": 5}
    assert playbook.feasible.key == "accept.feasible"
    assert [check.key for check in playbook.project_checks if check.level == "end"] == [
        "pm.feedback",
        "pm.retro",
        "pm.upkeep",
    ]
    assert [check.key for check in playbook.risk_reward] == ["leave", "faster", "safer"]
    assert [one.name for one in playbook.strengths] == ["polite", "says", "did", "gave", "paid"]
    assert "What happened the last time?" in playbook.asking.good
    assert len(playbook.asking.bad) == 3


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("discovery", "discovery"),
        ("Customer Creation", "creation"),
        ("company_creation", "creation"),
        ("COMPANY  creation", "creation"),
        ("Company Building", "building"),
    ],
)
def test_a_step_is_found_by_each_of_its_names(playbook, name, step):
    assert playbook.step(name).id == step


def test_a_step_or_card_that_does_not_exist_is_named(playbook):
    with pytest.raises(NotFoundError, match="There is no step growth") as caught:
        playbook.step("growth")
    assert "discovery, validation, creation, building" in caught.value.hint
    for code in ("FO-PM-99", "FO-PM", "XX-PM-00", "FO-XX-00", ""):
        with pytest.raises(NotFoundError, match="The catalogue has no card"):
            playbook.card(code)


def test_every_cell_has_a_fit_card_with_a_third_question_for_legal(playbook):
    for phase in playbook.phases:
        for function in playbook.functions:
            code = f"{phase.id}-{function.id}-00"
            card = playbook.card(code)
            assert not card.core
            assert code not in playbook.cards
            keys = [check.key for check in playbook.card_checks(code)]
            assert keys == ["fit.role", "fit.need"] + ["fit.protect"] * (function.id == "LEG")
            assert len(card.questions) == len(keys)
    assert playbook.card("FO-CS-00").title == "How Customer success fits into Find out"
    assert len({each.code for each in playbook.fit_cards()}) == 48


def test_the_checks_of_a_card_are_its_questions(playbook):
    checks = playbook.card_checks("FO-PM-01")
    assert [check.key for check in checks] == ["how.1", "how.2"]
    assert checks[0].text == "How does a prospect first hear of us?"


def test_the_policy_is_the_default_one(playbook):
    assert playbook.policy == Policy()
