"""Three questions for tomorrow: the interview prompt of a customer on the screen, to be read or copied."""

from typing import TYPE_CHECKING

from fieldgate.domain.records.people import Customer
from fieldgate.ui.messages import Done
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.doing import open_by, say
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.spans import BLANK, Line, dim, line, strong
from fieldgate.words import t
from fieldgate.workspace.asking import interview_prompt, prompt_lines

if TYPE_CHECKING:
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.ui.keymap import Hint
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace


class QuestionsPaper(PaperScreen, inherit_bindings=True):
    """The prompt; copied with one key."""

    def hints(self) -> list["Hint"]:
        """It is there to be taken along."""
        return [self.keymap.hint("list.copy")]


def show(desk: "DeskScreen") -> None:
    """Show the prompt for the customer under the cursor, or for one that is chosen."""
    kind, record_id = desk.at_hand

    def look(workspace: "Workspace") -> Done:
        facts = workspace.facts
        return Done((_customer_of(workspace, kind, record_id), _choices(facts)))

    def found(answer: tuple[str, list[Row]]) -> None:
        customer_id, rows = answer
        if customer_id:
            _read(desk, customer_id)
        elif rows:
            desk.app.push_screen(ChooseScreen(t("Whom will you ask?"), rows), lambda name: _read(desk, name or ""))
        else:
            say(desk, t("There is no customer to ask yet: write one down first."))

    open_by(desk, look, found)


def _customer_of(workspace: "Workspace", kind: str, record_id: str) -> str:
    """The customer that a record is, or names, or was met in its meeting; empty when there is none."""
    record = workspace.record(kind, record_id) if kind and record_id else None
    if isinstance(record, Customer):
        return record.id if record.live else ""
    meeting = workspace.facts.meetings.get(getattr(record, "meeting_id", None) or "")
    return getattr(record, "customer_id", None) or (meeting.customer_id if meeting else None) or ""


def _choices(facts: "Snapshot") -> list[Row]:
    customers = sorted(
        (each for each in facts.customers.values() if each.live), key=lambda each: (len(each.code), each.code)
    )
    return [Row(each.id, (f"{each.code} {each.name}", each.segment or "")) for each in customers]


def _read(desk: "DeskScreen", customer_id: str) -> None:
    if customer_id:
        desk.app.push_screen(QuestionsPaper(lambda workspace: sheet_of(workspace, customer_id), desk.keymap))


def sheet_of(workspace: "Workspace", customer_id: str) -> Sheet:
    """Write the prompt for a customer."""
    customer = workspace.facts.customers.get(customer_id)
    if customer is None or not customer.live:
        return Sheet(title=t("Three questions"), lines=[line(t("This customer is not there any more."))])
    heading, *rest = prompt_lines(interview_prompt(workspace.facts, workspace.playbook, customer))
    command = t("Printed by `fieldgate prompt {code}`.", code=customer.code)
    lines = [line(strong(heading)), *map(_line, rest), BLANK, line(dim(command))]
    return Sheet(title=t("Three questions for {code}", code=customer.code), lines=lines)


def _line(text: str) -> Line:
    if not text:
        return BLANK
    if text[0].isdecimal():
        return line(strong(text), indent=3)
    return line(text, indent=2 if text.startswith("-") else len(text) - len(text.lstrip()))
