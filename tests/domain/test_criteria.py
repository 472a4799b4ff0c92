"""Every criterion of the four gates: what makes it unmet, in which words, and the rows that fix it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.builders import (
    DAY,
    NOW,
    a_check,
    a_customer,
    a_hypothesis,
    a_meeting,
    a_member,
    a_requirement,
    an_action,
    an_id,
    day,
    moment,
)
from tests.worlds import World, a_world

from fieldgate.domain.gates import CriterionReport, evaluate
from fieldgate.domain.playbook import Need
from fieldgate.domain.records.journey import Answer, TouchpointState
from fieldgate.domain.records.learning import (
    STEPS,
    Area,
    HypothesisState,
    MeetingKind,
    Proposal,
    Purpose,
    Step,
)
from fieldgate.domain.records.people import CustomerStatus, Team
from fieldgate.domain.records.work import ActionState, Reason, RequirementState

Breaker = Callable[[World], object]
TESTING, DRAFT, REFUTED = HypothesisState.TESTING, HypothesisState.DRAFT, HypothesisState.REFUTED


def judged(world: World, playbook, criterion_id: str) -> CriterionReport:
    report = evaluate(playbook, world.facts(), DAY)
    return next(each for each in report.criteria if each.criterion.id == criterion_id)


def set_to(name: str, **values) -> Breaker:
    return lambda world: world.change(name, **values)


def without(*names: str) -> Breaker:
    return lambda world: world.remove(*names)


def all_of(*breakers: Breaker) -> Breaker:
    def run(world: World) -> None:
        for each in breakers:
            each(world)

    return run


def no_step_members(world: World) -> None:
    world.change("binh", team=Team.CUSTDEV)


def unlead(world: World) -> None:
    world.change("workspace", lead_segment=" ")


def meeting(**given) -> Breaker:
    return lambda world: world.add(extra=a_meeting(code="M91", kind=MeetingKind.SYNC, gate_id=world["gate"], **given))


def requirement(**given) -> Breaker:
    values = {"code": "R7", "state": RequirementState.ACCEPTED, "reported_at": DAY, **given}
    return lambda world: world.add(r=a_requirement(**values))


def old_maybe(world: World) -> None:
    world.belief("open", Area.PROBLEM, TESTING)
    world.heard("open", "maybe", 0, "c5", on=-15)


UNMET = [
    # discovery
    ("discovery.heard", without("m12"), "11 of 12 customers of “Finance” were heard", ["customer C12"]),
    ("discovery.heard", set_to("m12", date=day(3)), "11 of 12", ["meeting M12"]),
    ("discovery.heard", set_to("m12", kind=MeetingKind.VISIT), "11 of 12", ["customer C12"]),
    ("discovery.heard", set_to("m12", deleted_at=NOW), "11 of 12", ["customer C12"]),
    ("discovery.heard", set_to("m2", customer_id=None), "11 of 12", ["customer C2"]),
    ("discovery.heard", set_to("c12", segment="sales"), "11 of 12", ["customer "]),
    (
        "discovery.heard",
        all_of(without("m12"), set_to("c12", status=CustomerStatus.DROPPED)),
        "11 of 12",
        ["customer "],
    ),
    ("discovery.heard", unlead, "No lead segment is named", ["workspace "]),
    ("discovery.problem", set_to("problem", state=TESTING), "about problem is supported yet", ["hypothesis problem"]),
    ("discovery.problem", set_to("problem", step=Step.CREATION), "about problem", ["hypothesis "]),
    ("discovery.problem", set_to("problem", importance=3), "about problem", ["hypothesis problem"]),
    ("discovery.problem", set_to("problem", state=HypothesisState.RETIRED), "about problem", ["hypothesis "]),
    ("discovery.customer", set_to("customer", state=REFUTED), "about customer is supported", ["hypothesis "]),
    ("discovery.customer", set_to("c1", awareness=3), "awareness 4 or more: 2 of 3", ["customer C1"]),
    (
        "discovery.customer",
        set_to("c1", status=CustomerStatus.DROPPED),
        "awareness 4 or more: 2 of 3",
        ["customer C4"],
    ),
    ("discovery.customer", unlead, "No lead segment is named", ["workspace "]),
    ("discovery.solution", set_to("solution", state=DRAFT), "about solution", ["hypothesis solution"]),
    ("discovery.price", set_to("price", state=TESTING), "price or model has a firm yes", ["hypothesis price"]),
    ("discovery.price", set_to("c1", status=CustomerStatus.DROPPED), "strength 3 or more", ["hypothesis price"]),
    ("discovery.features", requirement(), "Opened against the feature rule: R7.", ["requirement R7"]),
    ("discovery.features", requirement(state=RequirementState.CONFIRMED), "R7", ["requirement R7"]),
    ("discovery.open", set_to("problem", state=TESTING), "Not settled yet: ", ["hypothesis problem"]),
    ("discovery.open", set_to("problem", state=DRAFT), "Not settled yet: ", ["hypothesis problem"]),
    ("discovery.maybe", old_maybe, "Maybes left untreated: 1, on ", ["hypothesis open"]),
    # the sync meeting, in every state in which it proves nothing
    ("discovery.sync", without("sync"), "There was no sync meeting yet.", ["gate "]),
    ("discovery.sync", set_to("sync", gate_id=an_id(7)), "There was no sync meeting yet.", ["gate "]),
    ("discovery.sync", set_to("sync", kind=MeetingKind.OTHER), "There was no sync meeting yet.", ["gate "]),
    ("discovery.sync", set_to("sync", deleted_at=NOW), "There was no sync meeting yet.", ["gate "]),
    ("discovery.sync", set_to("sync", date=day(1)), "M90 is planned for 2026-11-21", ["meeting M90"]),
    ("discovery.sync", set_to("sync", proposal=None), "M90 has no proposal to advance yet.", ["meeting M90"]),
    ("discovery.sync", set_to("sync", proposal=Proposal.PIVOT), "M90 has no proposal to advance", ["meeting M90"]),
    (
        "discovery.sync",
        set_to("sync", agree_proddev=False, agree_reason="Chưa chắc"),
        "Product Development said no in M90: Chưa chắc",
        ["meeting M90"],
    ),
    (
        "discovery.sync",
        set_to("sync", agree_custdev=False, agree_proddev=False),
        "Customer Development, Product Development said no in M90: no reason given",
        ["meeting M90"],
    ),
    (
        "discovery.sync",
        set_to("sync", agree_custdev=None),
        "Customer Development has not answered in M90.",
        ["meeting M90"],
    ),
    (
        "discovery.sync",
        set_to("sync", agree_custdev=None, agree_proddev=None),
        "Customer Development and Product Development have not answered in M90.",
        ["meeting M90"],
    ),
    ("discovery.sync", no_step_members, "Nobody of Product Development attended M90.", ["meeting M90"]),
    (
        "discovery.sync",
        set_to("sync", members=frozenset({an_id(99)})),
        "Nobody of Customer Development, Product Development attended M90.",
        ["meeting M90"],
    ),
    (
        "discovery.sync",
        set_to("sync", date=day(-2)),
        "The agreement in M90 of 2026-11-18 is older than the verdict of 2026-11-19",
        ["meeting M90"],
    ),
    (
        "discovery.sync",
        all_of(set_to("sync", date=day(-2)), meeting(date=day(-1))),
        "is older than the verdict",
        ["meeting M90"],
    ),
    # validation
    ("validation.orders", set_to("c3", status=CustomerStatus.DROPPED), "2 of 3 customers paid since", ["note "]),
    ("validation.orders", set_to("sales", segment="none of them"), "0 of 3 customers paid", ["note "]),
    (
        "validation.orders",
        set_to("gate", opened_on=day(-1)),
        "0 of 3",
        ["customer C1", "customer C2", "customer C3", "note "],
    ),
    (
        "validation.price",
        without("validation.price"),
        "Nobody has answered yet: None of these",
        ["check validation.price"],
    ),
    (
        "validation.price",
        set_to("validation.price", answer=Answer.OPEN),
        "Nobody has answered",
        ["check validation.price"],
    ),
    ("validation.price", set_to("validation.price", answer=Answer.NO), "Answered no: ", ["check validation.price"]),
    ("validation.price", set_to("validation.price", answer=Answer.NA), "Answered no: ", ["check validation.price"]),
    (
        "validation.price",
        set_to("validation.price", note=" "),
        "without a note or a meeting",
        ["check validation.price"],
    ),
    ("validation.path", set_to("sales", state=TESTING), "about sales", ["hypothesis sales"]),
    (
        "validation.path",
        set_to("validation.path", answer=Answer.NO),
        "Answered no: The same",
        ["check validation.path"],
    ),
    ("validation.times", set_to("BY-PM-02", kpi_value=None), "Without a KPI value: BY-PM-02.", ["touchpoint BY-PM-02"]),
    ("validation.times", without("BY-PM-01"), "Without a KPI value: BY-PM-01.", ["touchpoint BY-PM-01"]),
    (
        "validation.times",
        set_to("BY-PM-02", kpi_value=None, state=TouchpointState.NA),
        "Without a KPI value",
        ["touchpoint BY-PM-02"],
    ),
    ("validation.channel", set_to("channel", state=TESTING), "about channel has a verdict", ["hypothesis channel"]),
    ("validation.position", set_to("workspace", market_type=None), "type of market is not chosen", ["workspace "]),
    ("validation.position", set_to("market", state=REFUTED), "about market is supported", ["hypothesis "]),
    ("validation.model", without("model"), "about model", ["hypothesis "]),
    ("validation.buy", set_to("BY-PM-01", state=TouchpointState.GAP), "Buy: 2 of 3 cards", ["touchpoint BY-PM-01"]),
    ("validation.buy", set_to("BY-PM-01", state=TouchpointState.FIXING), "missing BY-PM-01", ["touchpoint BY-PM-01"]),
    ("validation.buy", set_to("BY-PM-01", state=TouchpointState.UNASKED), "2 of 3", ["touchpoint BY-PM-01"]),
    ("validation.buy", without("BY-PM-01", "BY-PM-02", "BY-SAL-01"), "no card of Buy", ["touchpoint "]),
    ("validation.field", without("field"), "sale or the solution since 2026-09-21: Binh.", ["member binh"]),
    ("validation.field", set_to("field", date=day(1)), "Binh", ["member binh"]),
    ("validation.field", set_to("field", date=day(-61)), "Binh", ["member binh"]),
    ("validation.field", set_to("field", purpose=Purpose.PROBLEM), "Binh", ["member binh"]),
    ("validation.field", set_to("field", customer_id=None), "Binh", ["member binh"]),
    ("validation.field", set_to("c1", deleted_at=NOW), "Binh", ["member binh"]),
    ("validation.field", lambda world: world.add(chi=a_member("chi", team=Team.BOTH, key=True)), "Chi", ["member chi"]),
    (
        "validation.field",
        all_of(set_to("binh", key=False), set_to("field", members=frozenset())),
        "Binh",
        ["member binh"],
    ),
    ("validation.field", set_to("binh", active=False), "Nobody answers for the product.", ["member "]),
    (
        "validation.cocreation",
        set_to("trait.goal", answer=Answer.NO),
        "0 of 1 co-creation customers are sound.",
        ["check C9"],
    ),
    ("validation.cocreation", without("trait.goal"), "0 of 1", ["customer C9"]),
    ("validation.cocreation", set_to("accept.build.cost", measure=" "), "0 of 1", ["check C9"]),
    ("validation.cocreation", set_to("accept.build.cost", target=None), "0 of 1", ["check C9"]),
    ("validation.cocreation", set_to("accept.build.cost", answer=Answer.NA, measure=None), "0 of 1", ["check C9"]),
    ("validation.cocreation", set_to("accept.benefit.legal", answer=Answer.NA, target=None), "0 of 1", ["check C9"]),
    ("validation.open", set_to("model", state=TESTING), "Not settled yet: ", ["hypothesis model"]),
    ("validation.sync", set_to("sync", agree_custdev=False), "said no in M90", ["meeting M90"]),
    # creation
    ("creation.goals", set_to("workspace", market_type=None), "type of market", ["workspace "]),
    ("creation.goals", set_to("market", state=TESTING), "about market has a verdict", ["hypothesis market"]),
    ("creation.demand", set_to("demand", state=TESTING), "about demand has 2 firm yes", ["hypothesis demand"]),
    ("creation.demand", set_to("workspace", policy={"creation_repeat_days": "29"}), "29 days", ["hypothesis demand"]),
    ("creation.roadmap", set_to("creation.roadmap", note=None), "Answered yes without", ["check creation.roadmap"]),
    ("creation.funnel", set_to("BY-MKT-08", kpi_value=None), "BY-MKT-08", ["touchpoint BY-MKT-08"]),
    ("creation.find", set_to("FO-PM-01", state=TouchpointState.UNASKED), "Find out: 0 of 1", ["touchpoint FO-PM-01"]),
    ("creation.open", set_to("demand", state=DRAFT), "Not settled yet: ", ["hypothesis demand"]),
    ("creation.sync", without("sync"), "no sync meeting yet", ["gate "]),
    # building
    ("building.owners", set_to("US-OPS-02", owner=" "), "Without an owner: US-OPS-02.", ["touchpoint US-OPS-02"]),
    ("building.owners", set_to("LF-SUP-03", owner=None), "Without an owner: LF-SUP-03.", ["touchpoint LF-SUP-03"]),
    ("building.use", set_to("US-OPS-02", state=TouchpointState.GAP), "2 of 3 cards", ["touchpoint US-OPS-02"]),
    ("building.life", set_to("LF-SUP-03", state=TouchpointState.UNASKED), "1 of 2", ["touchpoint LF-SUP-03"]),
    ("building.handover", without("building.handover"), "Nobody has answered", ["check building.handover"]),
    (
        "building.mainstream",
        set_to("building.mainstream", answer=Answer.NO),
        "At least 10",
        ["check building.mainstream"],
    ),
    ("building.measures", set_to("LF-MKT-09", kpi_value=None), "LF-MKT-09", ["touchpoint LF-MKT-09"]),
    ("building.sync", without("sync"), "no sync meeting yet", ["gate "]),
]


@pytest.mark.parametrize(("criterion_id", "breaker", "text", "rows"), UNMET)
def test_an_unmet_criterion_says_what_is_missing_and_names_the_rows_that_fix_it(
    criterion_id, breaker, text, rows, playbook
):
    world = a_world(Step(criterion_id.partition(".")[0]), playbook)
    names = {world[each].id: each for each in world if each not in {"gate", "workspace"}}
    breaker(world)
    found = judged(world, playbook, criterion_id)
    assert found.result == "unmet"
    assert text in found.text
    named = [f"{each.kind} {names.get(each.id, '') if each.kind == 'hypothesis' else each.code}" for each in found.fix]
    if rows == ["hypothesis open"]:
        assert found.fix[0].id == world["open"].id
        assert "Khách 5 (C5) has been a maybe" in found.fix[0].text
        return
    assert named == rows
    for each in found.fix:
        if each.id:
            assert world.facts().get(each.kind, each.id) is not None


def test_every_criterion_of_the_four_gates_is_broken_by_some_case(playbook):
    common = {f"{step}.{name}" for step in STEPS for name in ("open", "maybe", "sync")}
    assert {each[0] for each in UNMET} | common == {each.id for each in playbook.criteria}


MET = [
    ("discovery.heard", set_to("c12", status=CustomerStatus.DROPPED), "12 customers of “Finance” were heard."),
    ("discovery.heard", set_to("m12", date=DAY), "12 customers"),
    ("discovery.problem", lambda world: None, "supported, 0 yes 0 no"),
    ("discovery.price", lambda world: None, "supported, 1 yes 0 no"),
    ("discovery.price", set_to("price", area=Area.MODEL), "supported, 1 yes 0 no"),
    ("discovery.features", requirement(reported_at=day(-61)), "No feature was opened against the rule."),
    ("discovery.features", requirement(state=RequirementState.PARKED), "No feature was opened"),
    ("discovery.features", requirement(deleted_at=NOW), "No feature was opened"),
    ("discovery.open", lambda world: None, "Every key belief of this step has its verdict."),
    ("discovery.maybe", lambda world: None, "No maybe is older than 14 days."),
    ("discovery.sync", set_to("sync", date=day(-1)), "Both teams agreed in M90 on 2026-11-19."),
    ("discovery.sync", meeting(date=DAY, created_at=moment(1)), "Both teams agreed in M90"),
    (
        "discovery.sync",
        meeting(date=DAY, created_at=moment(1), proposal=Proposal.ADVANCE, agree_custdev=False),
        "Both teams agreed in M90",
    ),
    (
        "discovery.sync",
        all_of(set_to("ana", team=Team.BOTH), lambda world: world.change("sync", members=frozenset({world["ana"].id}))),
        "Both teams agreed in M90",
    ),
    (
        "validation.orders",
        lambda world: None,
        "3 customers paid since 2026-09-21: 客戶 1 (C1), 客戶 2 (C2), 客戶 3 (C3).",
    ),
    (
        "validation.price",
        lambda world: world.change("validation.price", note=None, meeting_id=world["field"].id),
        "yes",
    ),
    ("validation.times", lambda world: None, "Measured: BY-PM-01, BY-PM-02."),
    ("validation.channel", lambda world: None, "refuted, 0 yes 0 no"),
    ("validation.position", lambda world: None, "The type of market is chosen: "),
    ("validation.buy", lambda world: world.card("BY-SAL-00", state=TouchpointState.GAP), "Buy: 3 of 3 cards"),
    ("validation.field", lambda world: None, "In front of customers: Binh."),
    ("validation.field", set_to("field", purpose=Purpose.SOLUTION), "Binh."),
    (
        "validation.field",
        all_of(set_to("binh", key=False), lambda world: world.add(chi=a_member("chi", team=Team.PRODDEV))),
        "In front of customers: Binh.",
    ),
    ("validation.cocreation", lambda world: None, "The co-creation customer is sound."),
    ("validation.cocreation", set_to("accept.benefit.risk", answer=Answer.NA, measure=None), "is sound."),
    ("validation.cocreation", without("maker"), "There is no co-creation customer."),
    ("building.measures", set_to("LF-MKT-09", kpi_value=None, state=TouchpointState.NA), "Measured: "),
    ("building.owners", lambda world: None, "Use and fix and For life: 5 of 5 cards are there."),
]


@pytest.mark.parametrize(("criterion_id", "change", "text"), MET)
def test_a_met_criterion_says_what_is_there(criterion_id, change, text, playbook):
    world = a_world(Step(criterion_id.partition(".")[0]), playbook)
    change(world)
    found = judged(world, playbook, criterion_id)
    assert (found.result, found.fix) == ("met", ())
    assert text in found.text


def test_yes_pieces_close_together_or_too_weak_are_no_repeated_demand(playbook):
    world = a_world(Step.CREATION, playbook)
    world.remove(*(each for each in list(world) if each.startswith(("note", "piece"))))
    world.heard("demand", "yes", 3, on=-40)
    assert judged(world, playbook, "creation.demand").result == "unmet"
    world.heard("demand", "yes", 2, on=-1)
    world.heard("demand", "no", 4, on=-1)
    world.heard("demand", "yes", 4, on=-13)
    assert judged(world, playbook, "creation.demand").result == "unmet"
    world.heard("demand", "yes", 4, on=-12)
    assert judged(world, playbook, "creation.demand").result == "met"


def test_an_untreated_maybe_may_be_nobodys_and_is_mended_by_a_chase(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    old_maybe(world)
    world["chase"] = an_action(chase=True, hypothesis_id=world["open"], customer_id=world["c5"], due=DAY)
    assert judged(world, playbook, "discovery.maybe").result == "met"
    world.change("chase", state=ActionState.DONE)
    assert judged(world, playbook, "discovery.maybe").result == "unmet"
    world.change("chase", state=ActionState.OPEN)
    world.heard("open", "maybe", 0, on=-15)
    found = judged(world, playbook, "discovery.maybe")
    assert found.fix[0].text.startswith("A note without a customer has been a maybe on ")


def test_a_belief_that_would_settle_it_says_what_to_do_next(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    told = {}
    for name, given in {
        "draft": {"state": DRAFT},
        "keep": {"state": TESTING},
        "late": {"state": TESTING, "due": day(-1)},
        "ripe": {"state": TESTING, "target_n": 1},
        "small": {"state": TESTING, "importance": 3},
    }.items():
        world["problem"] = a_hypothesis(code="H1", area=Area.PROBLEM, **{"importance": 5, **given})
        if name == "ripe":
            world.heard("problem", "yes", 2, "c1")
        told[name] = judged(world, playbook, "discovery.problem").fix[0].text
    assert told == {
        "draft": "Write the prediction of H1 and lock it.",
        "keep": "H1: 5 more firm answers are wanted.",
        "late": "Narrow, retire or extend H1: It was due 2026-11-19 and has 0 of 5 firm answers.",
        "ripe": "Rule H1: 1 yes of 1 firm answers: the prediction asked for 1, at 60 %.",
        "small": "Raise the importance of H1 to 4: it is not key yet.",
    }


def test_more_beliefs_may_be_wanted_than_are_there(playbook):
    needs = (Need(measure="supported", args={"areas": ("problem",), "at_least": 2}),)
    criteria = tuple(
        replace(each, needs=needs) if each.id == "discovery.problem" else each for each in playbook.criteria
    )
    world = a_world(Step.DISCOVERY, playbook)
    found = judged(world, replace(playbook, criteria=criteria), "discovery.problem")
    assert found.text == "1 of 2 key beliefs about problem are there."
    assert found.fix[0].text == "Write a belief about problem and test it."


def test_no_lead_customers_asks_for_more_of_them(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.remove(*(f"c{n}" for n in range(4, 13)))
    world.change("c1", awareness=0)
    found = judged(world, playbook, "discovery.customer")
    assert [each.text for each in found.fix] == ["Find out how aware Khách 1 (C1) is: 0 so far."]
    world.change("workspace", policy={"discovery_early": "5"})
    found = judged(world, playbook, "discovery.customer")
    assert found.fix[-1].text == "Find early believers in “Finance”."


def test_long_lists_are_cut_in_words_and_in_rows(playbook):
    world = a_world(Step.BUILDING, playbook)
    for number in range(10, 30):
        world.card(f"US-PM-{number}", state=TouchpointState.GAP, owner="a")
    found = judged(world, playbook, "building.use")
    assert found.text == "Use and fix: 3 of 23 cards are there; missing US-PM-10, US-PM-11, US-PM-12 and 17 more."
    assert len(found.fix) == 12


def test_two_sound_cocreation_customers_are_counted(playbook):
    world = a_world(Step.VALIDATION, playbook)
    other = a_customer(code="C10", name="Octo", cocreation="active")
    world["other"] = other
    for each in (*playbook.traits, *playbook.acceptance):
        world[f"other {each.key}"] = a_check(other, key=each.key, answer=Answer.YES, measure="m", target="t")
    assert judged(world, playbook, "validation.cocreation").text == "All 2 co-creation customers are sound."


def test_the_catalogue_words_help_to_add_a_missing_card(playbook):
    world = a_world(Step.CREATION, playbook)
    world.remove("BY-MKT-08")
    found = judged(world, playbook, "creation.funnel")
    assert found.fix[0].text.startswith("Add BY-MKT-08 from the catalogue and measure it: ")
    assert not found.fix[0].text.endswith(": ")


def test_a_feature_opened_by_the_rule_is_counted(playbook):
    world = a_world(Step.DISCOVERY, playbook)
    world.belief("fell", Area.PROBLEM, REFUTED)
    requirement(reason=Reason.NO_PROBLEM, hypothesis_id=world["fell"], decision_meeting_id=world["sync"])(world)
    assert judged(world, playbook, "discovery.features").result == "met"


def test_an_order_without_a_customer_is_nobodys(playbook):
    world = a_world(Step.VALIDATION, playbook)
    world.heard("sales", "yes", 4)
    world.heard("sales", "no", 4, "maker")
    found = judged(world, playbook, "validation.orders")
    assert found.text == "3 customers paid since 2026-09-21: 客戶 1 (C1), 客戶 2 (C2), 客戶 3 (C3)."


@pytest.mark.parametrize("step", STEPS)
def test_every_criterion_of_a_world_that_has_all_of_it_is_met(step, playbook):
    world = a_world(step, playbook)
    found = {each.id: judged(world, playbook, each.id) for each in playbook.criteria_of(step)}
    assert {name for name, each in found.items() if each.result != "met"} == set()
    assert all(each.text and not each.fix for each in found.values())
