import json
from dataclasses import replace

from tests.builders import (
    DAY,
    a_check,
    a_customer,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_requirement,
    a_workspace,
    moment,
)

from fieldgate.domain.records.learning import HypothesisState
from fieldgate.reports.anonymous import disguise
from fieldgate.reports.beliefs import beliefs_report
from fieldgate.reports.material import material_of
from fieldgate.reports.web import web_report
from fieldgate.store.rows import plain

SECRETS = (
    "Nguyễn",
    "Thu",
    "Kiri",
    "Takeda",
    "王小姐",
    "สมชาย",
    "Fromagerie",
    "0912",
    "kiri@example.org",
    "example.com",
    "Hà Nội",
)


def world():
    ana = a_member("an", name="Nguyễn Thu An")
    kiri = a_customer(
        name="Kiri Takeda", code="C1", contact="Fromagerie, buyer, 0912 345 678", channels="kiri@example.org"
    )
    wang = a_customer(name="王小姐", code="C2")
    thai = a_customer(name="สมชาย", code="C3")
    meeting = a_meeting(customer_id=kiri, place="Hà Nội", others="Ông Lê Fromagerie", members=frozenset({ana.id}))
    belief = a_hypothesis(code="H1", state=HypothesisState.TESTING)
    notes = [
        a_note(
            "Kiri said: call 0912 345 678 or kiri@example.org, see https://example.com/x", customer_id=kiri, code="N1"
        ),
        a_note("Nguye\u0302\u0303n Thu An asked 王小姐自己不管物流", customer_id=wang, code="N2"),
        a_note("คุณสมชายบอกว่าไม่", customer_id=thai, code="N3"),
        a_note("We met Zoltan on 2026-03-16", code="N4", customer_id=thai),
        a_note("gone", code="N5", deleted_at=moment(-1)),
    ]
    pieces = [a_piece(each, belief, answered_by="an") for each in notes]
    return [a_workspace(name="Fromagerie"), ana, kiri, wang, thai, meeting, belief, *notes, *pieces,
            a_check(kiri, answered_by="an"), a_requirement(reported_by="Kiri", follower="an", screenshot="kiri.png")]  # fmt: skip


def test_no_known_name_is_left_in_any_field(playbook):
    made = disguise(world()).records
    text = json.dumps([[plain(getattr(each, name)) for name in each.__dataclass_fields__] for each in made], default=str,
                      ensure_ascii=False)  # fmt: skip
    assert [each for each in SECRETS if each in text] == []
    assert "kiri" not in text.lower()
    assert '"an"' not in text


def test_every_id_is_new_each_time_and_links_still_hold():
    records = world()
    one, two = disguise(records).records, disguise(records).records
    old = {each.id for each in records}
    assert not old & {each.id for each in one}
    assert not {each.id for each in one} & {each.id for each in two}
    ids = {each.id for each in one}
    pieces = [each for each in one if hasattr(each, "note_id")]
    assert len(pieces) == 4  # that of the archived note went with it
    assert all(each.note_id in ids and each.hypothesis_id in ids for each in pieces)


def test_customers_are_called_by_code_and_members_by_number():
    made = disguise(world()).records
    assert [each.name for each in made if type(each).__name__ == "Customer"] == [
        "Customer C1",
        "Customer C2",
        "Customer C3",
    ]
    assert [(each.handle, each.name) for each in made if type(each).__name__ == "Member"] == [("M1", "M1")]
    notes = {each.code: each.text for each in made if type(each).__name__ == "Note"}
    assert notes["N1"] == "Customer C1 said: call [number] or [address], see [address]"
    assert notes["N2"] == "M1 asked Customer C2自己不管物流"
    assert notes["N3"] == "คุณCustomer C3บอกว่าไม่"


def test_what_no_rule_can_judge_is_told():
    told = dict(disguise(world()).unjudged)
    assert "Zoltan" in told["N4"]
    assert "2026-03-16" in next(each.text for each in disguise(world()).records if getattr(each, "code", "") == "N4")


def test_a_word_of_a_name_that_is_also_a_plain_word_stays():
    records = [
        a_workspace(),
        a_customer(name="Cold Hotels", code="C1", segment="Hotels of the north"),
        a_note("it was cold"),
    ]
    kept = disguise(records).records
    assert next(each for each in kept if getattr(each, "code", "") == "C1").segment == "Hotels of the north"
    whole = disguise([*records, a_note("cold hotels said no", code="N9")]).records
    assert next(each for each in whole if getattr(each, "code", "") == "N9").text == "Customer C1 said no"


def test_reports_of_disguised_records_name_nobody(playbook):
    material = material_of(disguise(world()).records, playbook, DAY)
    for text in ("".join(web_report(material)), "".join(beliefs_report(material))):
        assert [each for each in SECRETS if each in text] == []
        assert "Customer C2" in text


def test_an_id_in_a_text_is_only_text():
    note = replace(a_note("x", code="N1"), text="0123456789abcdef")
    assert next(each for each in disguise([a_workspace(), note]).records if hasattr(each, "said_on")).text
