"""What speaks most against a belief, read in full; having opened it is kept with the gate."""

from typing import TYPE_CHECKING

from fieldgate.ui.messages import Done, OpenRequested
from fieldgate.ui.screens.doing import open_by
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.widgets.signs import day_text
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, link, quote, strong
from fieldgate.words import t
from fieldgate.workspace.hearing import Heard, hear

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace


def show(desk: "DeskScreen", belief_id: str) -> None:
    """Open the strongest piece against a belief."""

    def job(workspace: "Workspace") -> Done:
        heard = hear(workspace, belief_id)
        return Done(_sheet(heard, workspace.clock.today()), workspace.state() if heard.now else None)

    def read(sheet: Sheet) -> None:
        desk.app.push_screen(PaperScreen(lambda _: sheet, desk.keymap, first=sheet), left)

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            desk.post_message(OpenRequested(*place))

    open_by(desk, job, read)


def _sheet(heard: Heard, today: "date") -> Sheet:
    belief = heard.belief
    title = t("Against {code}", code=belief.code)
    lines: list[Line] = [line(link(f"{belief.code} {belief.statement}", "hypothesis", belief.id), indent=2), BLANK]
    piece = heard.piece
    if piece is None:
        return Sheet(title=title, lines=[*lines, line(t("Nothing speaks against it yet."))])
    customer = heard.customer
    source = (
        link(f"{customer.code} {customer.name}", "customer", customer.id) if customer else dim(t("no source named"))
    )
    answer = f"{t(piece.evidence.stance.value)} {piece.evidence.strength}"
    lines += [
        line(quote(heard.text)),
        BLANK,
        line(label(t("Said by ")), source, dim(f" · {day_text(piece.note.said_on, today)}")),
        line(label(t("Answer ")), strong(answer)),
        line(label(t("Note ")), link(piece.note.code, "note", piece.note.id)),
        BLANK,
        line(t("Heard: the gate does not wait for it any more.") if heard.now else _told(heard)),
    ]
    return Sheet(title=title, lines=lines)


def _told(heard: Heard) -> str:
    return t("It was heard on this gate before.") if heard.before else t("The gate does not ask for it.")
