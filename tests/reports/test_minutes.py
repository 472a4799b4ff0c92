import re

from tests.builders import DAY, a_customer, a_meeting, a_member, a_note, a_workspace, an_action, moment
from tests.reports.hostile import hostile_material

from fieldgate.domain.records.learning import NoteKind
from fieldgate.reports.beliefs import beliefs_report
from fieldgate.reports.interview import interview_snapshot
from fieldgate.reports.material import material_of
from fieldgate.reports.minutes import HEADINGS, minutes


def made(material, code="M1"):
    return "".join(minutes(material, material.meeting_called(code)))


def test_minutes_have_exactly_these_headings_in_this_order(playbook):
    text = made(hostile_material(playbook))
    assert tuple(re.findall(r"(?m)^## (.*)$", text)) == HEADINGS
    assert len(re.findall(r"(?m)^#+ ", text)) == len(HEADINGS) + 1
    empty = made(material_of([a_workspace(), a_meeting(code="M1")], playbook, DAY))
    assert tuple(re.findall(r"(?m)^## (.*)$", empty)) == HEADINGS
    assert "## Decisions\n\n-\n" in empty


def test_minutes_say_who_decided_what_and_who_does_what_by_when(playbook):
    ana, customer = a_member(), a_customer(name="Bếp Nhà")
    meeting = a_meeting(code="M1", customer_id=customer, members=frozenset({ana.id}), others="Ông Tư\nBà Năm",
                        body="One.\n\nTwo.")  # fmt: skip
    text = made(material_of([
        a_workspace(), ana, customer, meeting, an_action(code="A3", text="Send the page", owner="ana", meeting_id=meeting),
        a_note("ship in May", code="N1", kind=NoteKind.DECISION, meeting_id=meeting),
        a_note("who pays?", code="N2", kind=NoteKind.QUESTION, meeting_id=meeting),
        a_note("what we saw", code="N3", meeting_id=meeting),
        a_note("thrown away", code="N4", kind=NoteKind.VIEW, discarded=True, meeting_id=meeting),
    ], playbook, DAY))  # fmt: skip
    assert "- Ana (ours)\n- Bếp Nhà\n- Ông Tư\n- Bà Năm\n" in text
    assert "One.\n\nTwo.\n" in text
    assert "## Decisions\n\n- ship in May (N1)\n" in text
    assert "- Send the page (A3): ana, 2026-11-27, open\n" in text
    assert "## Open problems\n\n- who pays? (N2)\n" in text
    assert "what we saw" not in text
    assert "thrown away" not in text


def test_minutes_changed_after_sharing_say_so(playbook):
    shared = a_meeting(code="M1", shared_at=moment(-5), updated_at=moment(-2), updated_by="bo")
    assert "*changed after sharing*: shared 2026-11-15, changed 2026-11-18 by bo" in made(
        material_of([a_workspace(), shared], playbook, DAY)
    )
    same = a_meeting(code="M1", shared_at=moment(-5), updated_at=moment(-5))
    assert "changed after" not in made(material_of([a_workspace(), same], playbook, DAY))


def test_no_text_of_a_record_is_markdown(playbook):
    material = hostile_material(playbook)
    meeting = material.meeting_called("M1")
    for text in (made(material), "".join(beliefs_report(material)), "".join(interview_snapshot(material, meeting))):
        assert "\x1b" not in text
        bare = re.sub(r"\\.", "", text)
        assert "<" not in bare
        assert "](" not in bare
        assert "http:" not in bare
        assert "javascript:" not in bare
        assert "ลูกค้าต้องการค้นหา" in text


def test_a_snapshot_is_one_page(playbook):
    material = hostile_material(playbook)
    text = "".join(interview_snapshot(material, material.meeting_called("M1")))
    assert text.startswith("# ")
    assert len(re.findall(r"(?m)^> — N", text)) == 12
    assert "yes" in text


def test_the_report_of_beliefs_names_the_quote_of_each_claim(playbook):
    text = "".join(beliefs_report(hostile_material(playbook)))
    assert "### H1: " in text
    assert len(re.findall(r"(?m)^> — .*: (yes|no|maybe) \d", text)) == 15
