"""A small workspace that four scripts share: Latin with Vietnamese marks (composed and not), Thai, Chinese, Cyrillic."""

from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

from tests import builders
from tests.builders import DAY

from fieldgate.domain.records.record import Record

SAID = {
    "vi": ("Chị Hạnh, Hà Nội", "Tháng Chín tôi bỏ bốn ký tôm vì không chắc còn lạnh."),
    "th": ("คุณสมศรี ภูเก็ต", "เดือนที่แล้วน้ำแข็งละลายที่ท่าเรือ เราทิ้งกุ้งสามกล่อง"),
    "zh": ("林志明，東港", "端午前一天同時出十二車，只有兩個人在門口，誰也沒看溫度。"),
    "bg": ("Димитър Колев, Бургас", "Камионът чака отговор от склада, а рибата стои на слънце."),
}
TITLES = {
    "vi": "Điều khoản hợp đồng",
    "th": "ใครตอบตอนตีสี่",
    "zh": "首次接觸的好印象",
    "bg": "Кой подписва на рампата?",
}


def records() -> Iterator[Record]:
    """Make the workspace."""
    yield builders.a_workspace(name="Bốn thứ chữ · 四種文字", lead_segment="exporters")
    yield builders.a_gate(opened_on=DAY - timedelta(days=60), decide_by=DAY + timedelta(days=22),
                          stop_if="Ако никой не плаща до 12 декември.")  # fmt: skip
    yield builders.a_member("an", name="Nguyễn Thu An")
    for number, (script, (name, words)) in enumerate(SAID.items(), start=1):
        yield from _one(number, script, name, normalize("NFD", words) if number == 1 else words)


def _one(number: int, script: str, name: str, words: str) -> Iterator[Record]:
    day = DAY - timedelta(days=number)
    customer = builders.a_customer(code=f"C{number}", name=name, segment="exporters", awareness=number)
    belief = builders.a_hypothesis(
        code=f"H{number}", statement=words, state=("testing", "supported", "refuted", "draft")[number - 1], importance=5
    )
    meeting = builders.a_meeting(
        code=f"M{number}", topic=TITLES[script], date=day, customer_id=customer, place=name, body=words, others=name
    )
    note = builders.a_note(words, code=f"N{number}", said_on=day, customer_id=customer, meeting_id=meeting)
    asked = builders.a_requirement(code=f"R{number}", description=words, category=script, reported_by=name,
                                   customer_id=customer, remarks=TITLES[script])  # fmt: skip
    card = builders.a_touchpoint(
        code=f"BY-SAL-{number:02d}", title=TITLES[script], state=("unasked", "gap", "fixing", "ready")[number - 1],
        gap=words, kpi_name=TITLES[script], kpi_unit="h", kpi_value=number, kpi_target=2,
    )  # fmt: skip
    yield from (customer, belief, meeting, note, asked, card)
    yield builders.a_note(words, code=f"N{number + 10}", said_on=day, meeting_id=meeting, kind="decision")
    yield builders.a_piece(note, belief, ("yes", "no", "maybe", "yes")[number - 1], 3)
    yield builders.a_check(card, text=words, answer="yes")
    yield builders.an_action(code=f"A{number}", text=words, due=day, customer_id=customer, meeting_id=meeting)
