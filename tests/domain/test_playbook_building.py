import copy

import pytest

from fieldgate.domain.measures import MEASURES
from fieldgate.domain.playbook_building import build_playbook
from fieldgate.domain.playbook_criteria import MEASURE_ARGS
from fieldgate.domain.playbook_fields import LONGEST_TEXT
from fieldgate.errors import FormatError
from fieldgate.locations import Locations
from fieldgate.workspace.playbook_files import shipped_sections


@pytest.fixture(scope="module")
def shipped():
    return shipped_sections(Locations.find().playbooks())


def test_a_team_adds_criteria_cards_indicators_and_prompts(shipped):
    playbook = build_playbook(
        shipped,
        {
            "criteria": {
                "discovery.risk": {
                    "title": "Ризикът е известен",
                    "needs": [{"measure": "settled", "areas": ["delivery"]}],
                },
                "building.law": {
                    "title": "Lawful",
                    "check": "All {discovery_early} lawyers of {validation_orders} agree",
                    "needs": [{"measure": "attested"}],
                },
            },
            "cards": {"FO-SAL-01": {"title": "展會", "questions": ("誰去？",), "core": "yes"}},
            "kpis": {"FO-SAL-01": {"name": "Visits", "unit": "number", "good": "higher", "definition": "a day"}},
            "prompts": {"discovery.customer.budget": {"text": "Ai trả tiền?", "importance": "3"}},
        },
        {"discovery_early": "5"},
    )
    ids = [criterion.id for criterion in playbook.criteria_of("discovery")]
    assert ids[-4:] == ["discovery.risk", "discovery.open", "discovery.maybe", "discovery.sync"]
    law = playbook.criteria_of("building")[-4]
    assert (law.id, law.kind, law.check) == ("building.law", "attested", "All 5 lawyers of 3 agree")
    codes = list(playbook.cards)
    assert codes[codes.index("FO-SAL-D1") + 1] == "FO-SAL-01"
    assert playbook.card("FO-SAL-01").core
    assert playbook.card("FO-SAL-01").kpi.name == "Visits"
    assert (playbook.prompts[-1].step, playbook.prompts[-1].area) == ("discovery", "customer")
    assert playbook.policy.discovery_early == 5


def test_a_team_changes_texts_and_what_is_not_said_stays(shipped):
    playbook = build_playbook(
        shipped,
        {
            "phases": {"FO": {"title": "ลูกค้าต้องการค้นหา"}},
            "criteria": {"discovery.heard": {"title": "Heard"}, "discovery.open": {"title": "Nothing open"}},
            "asking": {"bad": ["Do you like it?"]},
            "cards": {"FO-PM-01": {"questions": ["How?"]}},
        },
    )
    plain = build_playbook(shipped)
    assert playbook.phases[0].title == "ลูกค้าต้องการค้นหา"
    assert playbook.phases[0].text == plain.phases[0].text
    assert playbook.criteria[0].title == "Heard"
    assert playbook.criteria[0].needs == plain.criteria[0].needs
    assert playbook.asking.bad == ("Do you like it?",)
    assert playbook.asking.good == plain.asking.good
    assert (playbook.card("FO-PM-01").title, playbook.card("FO-PM-01").core) == ("First second of contact", True)


NEEDS = {"needs": [{"measure": "supported", "areas": ["problem"], "at_least": "1"}]}


def criterion(**fields):
    return {"criteria": {"discovery.new": {"title": "New", **NEEDS, **fields}}}


def need(**fields):
    return criterion(needs=[fields])


WRONG = [
    ({"policy": {"k": "7"}}, "policy: policy numbers do not stand in this file"),
    ({"gates": {}}, "the key gates may not stand here"),
    ({"cards": "x"}, "cards: a map of `key: value` lines must stand here"),
    ({"cards": {"FO-PM-01": "x"}}, "cards > FO-PM-01: a map"),
    ({"cards": {"FO-PM-01": {"tilte": "x"}}}, "cards > FO-PM-01: the key tilte may not stand here"),
    ({"cards": {"FO-PM-06": {"title": "x"}}}, "cards > FO-PM-06: the key questions is missing"),
    ({"cards": {"FO-PM-06": {"title": "x", "questions": ()}}}, "questions: a list of at least one item"),
    ({"cards": {"FO-PM-06": {"title": "x", "questions": "why"}}}, "questions: a list of at least one item"),
    ({"cards": {"FO-PM-06": {"title": " ", "questions": ["a"]}}}, "cards > FO-PM-06 > title: a text must stand here"),
    ({"cards": {"FO-PM-01": {"title": ["a"]}}}, "cards > FO-PM-01 > title: a text must stand here"),
    ({"cards": {"FO-PM-01": {"title": "x" * (LONGEST_TEXT + 1)}}}, "longer than 2000 characters"),
    ({"cards": {"FO-PM-01": {"core": "maybe"}}}, "core: yes or no must stand here"),
    ({"cards": {"FO-PM-C01": {}}}, "FO-PM-C01 is no code of a card"),
    ({"cards": {"FO-PM-00": {}}}, "FO-PM-00 is no code of a card"),
    ({"cards": {"../../etc": {}}}, "../../etc is no code of a card"),
    ({"kpis": {"FO-PM-99": {"name": "a", "unit": "b", "good": "lower", "definition": "c"}}}, "the key FO-PM-99"),
    ({"kpis": {"FO-PM-01": {"name": "a", "unit": "b", "good": "best", "definition": "c"}}}, "'best' is not known here"),
    ({"kpis": {"FO-PM-01": {"name": "a"}}}, "kpis > FO-PM-01: the key unit is missing"),
    ({"phases": {"XX": {"title": "x"}}}, "phases: the key XX may not stand here"),
    ({"traits": {"trait.luck": {"text": "x"}}}, "traits: the key trait.luck may not stand here"),
    ({"steps": {"discovery": {"areas": ["luck"]}}}, "steps > discovery > areas > 1: 'luck' is not known here"),
    ({"prompts": {"discovery.luck": {}}}, "discovery.luck is no id of a prompt"),
    ({"prompts": {"discovery.problem": {"importance": "9"}}}, "importance: a whole number from 1 to 5"),
    ({"prompts": {"discovery.problem": {"importance": True}}}, "importance: a whole number from 1 to 5"),
    ({"prompts": {"discovery.problem": {"importance": "x"}}}, "importance: a whole number from 1 to 5"),
    ({"strengths": {"5": {"name": "x"}}}, "strengths: the key 5 may not stand here"),
    ({"asking": {"good": "x"}}, "asking > good: a list"),
    ({"asking": {"ugly": ["x"]}}, "asking: the key ugly may not stand here"),
    ({"criteria": {"growth.new": {"title": "x", **NEEDS}}}, "criteria > growth.new: this is no id of a criterion"),
    ({"criteria": {"discovery.open": {"needs": [{"measure": "field_visits"}]}}}, "discovery.open: the key needs may"),
    ({"criteria": {"discovery.sync": "x"}}, "criteria > discovery.sync: a map"),
    (criterion(check="Is it so?"), "the key check and the measure attested stand together"),
    (need(measure="attested"), "the key check and the measure attested stand together"),
    (need(areas=["problem"]), "needs > 1: the key measure is missing"),
    (need(measure="vibes"), "needs > 1 > measure: 'vibes' is not known here"),
    (need(measure="settled"), "needs > 1: the key areas is missing"),
    (need(measure="settled", areas=["problem"], at_least=1), "the key at_least may not stand here"),
    (need(measure="orders", at_least="$luck", strength="4"), "at_least: the key luck may not stand here"),
    (need(measure="orders", at_least="$step_days", strength="4"), "the key step_days may not stand here"),
    (need(measure="orders", at_least="0", strength="4"), "at_least: a whole number from 1"),
    (need(measure="orders", at_least="1", strength="5"), "strength: a whole number from 0 to 4"),
    (need(measure="kpi_known", cards=["XX-YY-01"]), "cards: the key XX-YY-01 may not stand here"),
    (need(measure="kpi_known", cards=["BY-PM-01"], or_na="perhaps"), "or_na: yes or no"),
    (need(measure="cards_in", phase="XX", states=["ready"]), "phase: 'XX' is not known here"),
    (need(measure="cards_in", phase="BY", states=["fine"]), "states > 1: 'fine' is not known here"),
    (
        criterion(check="{luck} of them", needs=[{"measure": "attested"}]),
        "discovery.new > check: the key luck may not stand here",
    ),
]


@pytest.mark.parametrize(("overrides", "words"), WRONG)
def test_what_a_team_wrote_wrong_is_refused_with_file_place_and_remedy(shipped, overrides, words):
    before = copy.deepcopy(shipped)
    with pytest.raises(FormatError) as caught:
        build_playbook(shipped, overrides)
    assert caught.value.message.startswith("playbook.yaml: ")
    assert words in caught.value.message
    assert caught.value.where == "playbook.yaml"
    assert shipped == before


def test_what_is_allowed_is_named(shipped):
    with pytest.raises(FormatError) as caught:
        build_playbook(shipped, {"cards": {"FO-PM-01": {"tilte": "x"}}}, where="team.yaml")
    assert caught.value.hint == "Allowed are title, core, questions."
    assert caught.value.message.startswith("team.yaml: ")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda plain: plain.pop("cards"), "the section cards is missing"),
        (lambda plain: plain.update(gates={}), "the key gates may not stand here"),
        (lambda plain: plain["steps"].pop("creation"), "steps: the key creation is missing"),
        (lambda plain: plain["steps"].update(growth={}), "steps: the key growth may not stand here"),
        (lambda plain: plain["criteria"].pop("creation.sync"), "the criterion creation.sync is missing"),
        (
            lambda plain: plain["criteria"]["creation.sync"].update(needs=[{"measure": "field_visits"}]),
            "this criterion has the one measure teams_agree",
        ),
        (lambda plain: plain["steps"]["creation"].pop("trap"), "steps > creation: the key trap is missing"),
        (lambda plain: plain["strengths"].pop("3"), "strengths: the key 3 is missing"),
    ],
)
def test_a_shipped_playbook_that_is_not_whole_is_refused(shipped, damage, words):
    plain = copy.deepcopy(shipped)
    damage(plain)
    with pytest.raises(FormatError) as caught:
        build_playbook(plain)
    assert words in caught.value.message
    assert caught.value.where == "fieldgate"
    with pytest.raises(FormatError, match=r"^fieldgate: "):
        build_playbook(plain, {"asking": {"bad": ["x"]}})


def test_a_policy_out_of_bounds_is_refused(shipped):
    with pytest.raises(FormatError, match="maybe_days"):
        build_playbook(shipped, policy={"maybe_days": "0"})


def test_yes_and_numbers_are_read_as_words_and_as_values(shipped):
    for value, core in (("yes", True), (True, True), ("no", False), (False, False)):
        assert build_playbook(shipped, {"cards": {"FO-PM-01": {"core": value}}}).card("FO-PM-01").core is core
    assert build_playbook(shipped, {"prompts": {"discovery.problem": {"importance": 2}}}).prompts[1].importance == 2


def test_the_shipped_criteria_use_every_measure(shipped):
    used = {need.measure for criterion in build_playbook(shipped).criteria for need in criterion.needs}
    assert used == set(MEASURE_ARGS)


def test_every_measure_that_a_file_may_name_is_there():
    assert set(MEASURE_ARGS) == set(MEASURES)
