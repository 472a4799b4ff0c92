"""Beginning to capture: which meeting or customer the lines belong to, chosen or made in two keys."""

from typing import TYPE_CHECKING, Any

from fieldgate.ui.messages import Done
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.widgets.rows import Row
from fieldgate.words import t
from fieldgate.workspace.asking import hints

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
from fieldgate.ui.screens.capture import DRAFT, CaptureScreen


def start(desk: "DeskScreen") -> None:
    """Choose or make the interview, then write."""
    kind, record_id = desk.at_hand

    def look(opened: Any) -> Done:
        facts, today = opened.facts, opened.clock.today()
        return Done((_here(facts, kind, record_id), _choices(facts, today)))

    def show(found: tuple[tuple[str, dict[str, object]] | None, list[Row]]) -> None:
        here, rows = found
        if here is not None:
            _open(desk, *here)
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                _open_chosen(desk, name)

        screen = ChooseScreen(t("Whom do you talk to?"), rows, free=t("New customer, interview today"))
        desk.app.push_screen(screen, chosen)

    open_by(desk, look, show)


def _here(facts: Any, kind: str, record_id: str) -> tuple[str, dict[str, object]] | None:
    """The meeting under the cursor."""
    meeting = facts.meetings.get(record_id) if kind == "meeting" else None
    if meeting is None or not meeting.live:
        return None
    return f"{meeting.code} {meeting.topic}", {"meeting_id": meeting.id, "customer_id": meeting.customer_id}


def _choices(facts: Any, today: Any) -> list[Row]:
    """Today's meetings, then every customer for a new interview today, then no meeting at all."""
    meetings = [each for each in facts.live("meeting") if each.date == today]
    rows = [Row(f"meeting {each.id}", (f"{each.code} {each.topic}",), strong=True) for each in meetings]
    customers = sorted(facts.live("customer"), key=lambda each: (len(each.code), each.code))
    rows += [
        Row(f"customer {each.id}", (t("New interview today: {code} {name}", code=each.code, name=each.name),))
        for each in customers
    ]
    return [*rows, Row("none ", (t("Without a meeting"),))]


def _open_chosen(desk: "DeskScreen", name: str) -> None:
    what, _, record_id = name.partition(" ")

    def make(opened: Any) -> Done:
        if name.startswith("+"):
            state = opened.perform("customer.create", None, {"name": name[1:]})
            customer = _made(opened.last_act)
        else:
            customer, state = record_id, None
        if what == "none":
            return Done((t("Notes without a meeting"), {"meeting_id": None, "customer_id": None}))
        if what == "meeting" and not name.startswith("+"):
            return Done(_here(opened.facts, "meeting", record_id))
        topic = t("Interview with {name}", name=opened.facts.customers[customer].name)
        answers = {"kind": "interview", "topic": topic, "date": opened.clock.today(), "customer_id": customer}
        state = opened.perform("meeting.create", None, answers)
        return Done(_here(opened.facts, "meeting", _made(opened.last_act)), state)

    def show(here: tuple[str, dict[str, object]] | None) -> None:
        if here is not None:
            _open(desk, *here)

    open_by(desk, make, show)


def _made(act: Any) -> str:
    return str(next(each.row_id for each in act.changes))


def _open(desk: "DeskScreen", title: str, place: dict[str, object]) -> None:
    drafts = desk.drafts
    name = (DRAFT, str(place.get("meeting_id") or ""))

    def keep(text: str) -> None:
        if text.strip():
            drafts[name] = {"text": text}
        else:
            drafts.pop(name, None)

    kept = drafts.get(name, {}).get("text", "")
    advice = hints(desk.state.playbook.asking) if desk.state is not None else ()
    desk.app.push_screen(CaptureScreen(title, place, desk.keymap, keep=keep, advice=advice, draft=kept))


def go_on(desk: "DeskScreen", meeting_id: str) -> None:
    """Go on with a line that was not written."""

    def look(opened: Any) -> Done:
        none: dict[str, object] = {"meeting_id": None, "customer_id": None}
        return Done(_here(opened.facts, "meeting", meeting_id) or (t("Notes without a meeting"), none))

    open_by(desk, look, lambda here: _open(desk, *here))
