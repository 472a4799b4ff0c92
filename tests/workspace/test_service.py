"""The workspace: changes by the rules, one transaction each, back and forth, and what the screen is told of it."""

from datetime import date

import pytest

from fieldgate.domain.listing import View
from fieldgate.errors import RefusedError, UsageError
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.glance import glance
from fieldgate.workspace.judging import judge
from fieldgate.workspace.reading import open_reading


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def code_id(workspace, code):
    return workspace.store.find(code)[1]


def test_a_first_opening_takes_everything_in_and_writes_nothing_to_the_folder(folder, workspace, locations):
    assert tree(folder) == tree(locations.sample())
    assert len(list(workspace.store.records("note"))) == 82
    assert workspace.facts.workspace.name == "Coldline"


def test_the_summary_kept_with_a_change_is_the_one_worked_out_anew(workspace, locations, clock, folder):
    state = workspace.perform("note.create", None, {"text": "Khách nói: “để tôi nghĩ”", "customer_id": "C6"})
    first = glance(inspect(folder, locations), locations, clock)
    assert first.settled
    assert first.summary == state.summary
    assert first.summary.waiting == judge(workspace.facts, workspace.playbook, clock.today()).queue.waiting
    first.reader.close()


def test_on_another_day_the_kept_figures_are_not_passed_off_as_today_s(workspace, locations, folder):
    tomorrow = Clock(date(2026, 3, 17))
    first = glance(inspect(folder, locations), locations, tomorrow)
    assert first.summary is not None
    assert not first.settled
    first.reader.close()


def test_a_change_is_there_after_opening_again(workspace, folder, locations, clock):
    workspace.perform("note.create", None, {"text": "ลูกค้าขอใบเสนอราคา", "customer_id": "C6"})
    with open_reading(inspect(folder, locations), locations, clock) as reading:
        assert [hit.kind for hit in reading.reader.search("ใบเสนอราคา")] == ["note"]


def test_undo_and_redo_go_back_and_forth(workspace):
    before = workspace.facts.hypotheses[code_id(workspace, "H8")]
    workspace.perform("hypothesis.edit", before.id, {"importance": 5})
    assert workspace.facts.hypotheses[before.id].importance == 5
    workspace.undo()
    assert workspace.facts.hypotheses[before.id].importance == before.importance
    workspace.redo()
    assert workspace.facts.hypotheses[before.id].importance == 5


def test_a_refusal_names_what_is_missing_and_changes_nothing(workspace):
    seq = workspace.store.last_seq()
    with pytest.raises(RefusedError) as caught:
        workspace.perform("hypothesis.lock", code_id(workspace, "H8"), {})
    assert caught.value.missing
    assert workspace.store.last_seq() == seq


def test_a_note_that_no_rule_reads_can_be_changed_and_keeps_its_text(workspace):
    note_id = code_id(workspace, "N5")
    assert note_id not in workspace.facts.notes
    text = workspace.record("note", note_id).text
    workspace.perform("note.edit", note_id, {"mark": "p"})
    record = workspace.record("note", note_id)
    assert (record.mark, record.text) == ("p", text)


def test_two_on_one_store_see_each_other_s_changes(workspace, folder, locations, clock):
    other = open_workspace(inspect(folder, locations), locations, clock, "petya")
    other.perform("note.create", None, {"text": "from petya", "customer_id": "C6"})
    number = workspace.state().number
    state = workspace.refresh()
    assert state.number > number
    assert state.summary.waiting == other.state().summary.waiting
    assert workspace.refresh().number == state.number
    workspace.perform("note.create", None, {"text": "from an", "customer_id": "C6"})
    codes = {each.code for each in workspace.store.records("note")}
    assert {"N83", "N84"} <= codes
    other.close()


class TestWhoActs:
    def test_an_unknown_handle_is_refused(self, workspace):
        with pytest.raises(RefusedError, match="Nobody here"):
            workspace.choose_author("rob")

    def test_it_is_kept_and_compared_by_the_fold(self, folder, locations, clock, workspace):
        workspace.choose_author("PETYA")
        again = open_workspace(inspect(folder, locations), locations, clock, None)
        assert again.author == "petya"
        again.close()

    def test_nobody_acts_where_several_could(self, folder, locations, clock):
        opened = open_workspace(inspect(folder, locations), locations, clock, None)
        assert opened.author == ""
        with pytest.raises(UsageError) as caught:
            opened.perform("note.create", None, {"text": "x"})
        assert "--as" in caught.value.hint
        opened.close()


def test_the_events_say_who_wrote(workspace):
    workspace.perform("note.create", None, {"text": "x", "customer_id": "C6"})
    assert workspace.store.log(1)[0].by == "an"


def test_lists_are_read_by_the_state_s_reader(workspace):
    state = workspace.state()
    assert state.reader.count(View.NOTES) == 82
    assert state.reader.page(View.HYPOTHESES, 0, 1)[0].code == "H1"


def test_what_is_judged_after_each_change_is_what_would_be_judged_from_nothing(workspace, clock):
    note, other = code_id(workspace, "N53"), code_id(workspace, "N5")
    acts = (
        ("note.yes", note, {"hypothesis": "H5", "strength": 3}),
        ("note.edit", other, {"mark": "p"}),
        ("touchpoint.escalate", code_id(workspace, "BY-PM-01"), {}),
        ("customer.drop", code_id(workspace, "C6"), {}),
        ("workspace.policy", workspace.facts.workspace.id, {"key": "maybe_days", "value": "60"}),
    )
    for move_id, record_id, answers in acts:
        workspace.perform(move_id, record_id, answers)
        anew = judge(workspace.facts, workspace.playbook, clock.today())
        assert workspace.judged.queue.items == anew.queue.items, move_id
        assert workspace.judged.report == anew.report
        assert workspace.judged.next == anew.next
    workspace.undo()
    assert workspace.judged.queue.items == judge(workspace.facts, workspace.playbook, clock.today()).queue.items


def test_a_record_that_was_put_off_wakes_when_it_changes(workspace):
    action = code_id(workspace, "A3")
    workspace.perform("action.snooze", action, {"until": date(2026, 3, 20)})
    assert action not in {item.record_id for item in workspace.judged.queue.items}
    workspace.perform("action.edit", action, {"owner": "mei"})
    assert action in {item.record_id for item in workspace.judged.queue.items}
