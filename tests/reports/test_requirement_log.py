import csv
import io

import pytest
from tests.builders import DAY, a_customer, a_requirement, a_workspace
from tests.reports.hostile import hostile_material

from fieldgate.domain.records.work import RequirementState, Urgency
from fieldgate.reports.material import material_of
from fieldgate.reports.requirement_log import COLUMNS, requirement_log, safe_cell


def rows(material):
    return list(csv.reader(io.StringIO("".join(requirement_log(material)), newline="")))


def test_the_log_has_ten_columns_in_their_order(playbook):
    one = a_requirement(code="R1", category="page", description="a\nb", screenshot="attachments/x.png", urgency=Urgency.HIGH,
                        reported_by="Kiri", follower="ana", state=RequirementState.PARKED, remarks="驗收標準")  # fmt: skip
    material = material_of([a_workspace(), one], playbook, DAY)
    assert rows(material) == [
        list(COLUMNS),
        ["R1", "page", "a\nb", "attachments/x.png", "high", "Kiri", DAY.isoformat(), "ana", "parked", "驗收標準"],
    ]


def test_strategic_accounts_stand_first_within_their_urgency(playbook):
    first = a_customer(account_rank=1)
    made = [
        a_workspace(),
        first,
        a_requirement(code="R1", urgency=Urgency.LOW, customer_id=first),
        a_requirement(code="R2", urgency=Urgency.CRITICAL),
        a_requirement(code="R10", urgency=Urgency.CRITICAL, customer_id=first),
    ]
    assert [each[0] for each in rows(material_of(made, playbook, DAY))[1:]] == ["R10", "R2", "R1"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", "fine\n", "fine\r\n", "fine\r"])
def test_no_line_of_a_cell_starts_like_a_formula(start, before):
    for line in safe_cell(f"{before}{start}cmd|' /C calc'!A0").splitlines():
        assert not line or line[0] not in "=+-@\t\0＝＋－＠"


@pytest.mark.parametrize("number", ["-3", "+4.5", "12", "-0,5", "-3%"])
def test_plain_numbers_stay_numbers(number):
    assert safe_cell(number) == number


@pytest.mark.parametrize("text", ["-3+cmd()", "+1 555 0100", "=1"])
def test_what_only_looks_like_a_number_does_not(text):
    assert safe_cell(text) == f"'{text}"


def test_hostile_records_leave_no_formula_in_any_cell(playbook, tell):
    cells = [cell for row in rows(hostile_material(playbook)) for cell in row]
    lines = [line for cell in cells for line in cell.splitlines() if line]
    formulas = [line for line in lines if line[:1] in tuple("=+-@\t\0")]
    tell(f"cells of a hostile table {len(cells)}, lines in them {len(lines)}, formulas {len(formulas)}")
    assert formulas == []
