"""What was put away: every archived record, the latest first, found by typing; Enter brings one back and goes there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fieldgate.domain.display import cut
from fieldgate.domain.kinds import kinds
from fieldgate.domain.moves.catalog import MOVES
from fieldgate.domain.records.record import Record
from fieldgate.ui.messages import Done, JobRequested, OpenRequested
from fieldgate.ui.plain import pad
from fieldgate.ui.screens.choose import ChooseScreen
from fieldgate.ui.screens.doing import open_by, say, tell
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import day_text
from fieldgate.words import t
from fieldgate.workspace.naming import name_of

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen

SHOWN = 1000
"""Records of a kind that are listed; `fieldgate list --archived` prints them all."""
_NAME, _TEXT = 11, 200


def show(desk: "DeskScreen") -> None:
    """Show what was put away."""

    def chosen(name: str | None) -> None:
        if name is not None:
            kind, _, record_id = name.partition(" ")
            _restore(desk, kind, record_id)

    def open_list(rows: list[Row]) -> None:
        if rows:
            desk.app.push_screen(ChooseScreen(t("Archived: Enter brings it back"), rows), chosen)
        else:
            words = t("Nothing was archived. {key} archives what is under the cursor.",
                      key=desk.keymap.label("record.archive"))  # fmt: skip
            say(desk, words)

    open_by(desk, lambda opened: Done(list(_rows(opened))), open_list)


def _rows(opened: Any) -> Iterator[Row]:
    found = [
        (kind, record)
        for kind in kinds()
        if f"{kind}.restore" in MOVES
        for record, _ in zip(opened.reader.records(kind, archived=True), range(SHOWN), strict=False)
    ]
    found.sort(key=lambda each: each[1].deleted_at, reverse=True)
    for kind, record in found:
        name = pad(name_of(opened.facts, record), _NAME)
        day = day_text(record.deleted_at.date(), opened.clock.today())
        yield Row(f"{kind} {record.id}", (t("{name} {text} · {day}", name=name, text=_title(kind, record), day=day),))


def _title(kind: str, record: Record) -> str:
    spec = kinds()[kind]
    names = (name for name in (spec.title_field, *spec.body_fields) if name)
    return cut(next((str(value) for name in names if (value := getattr(record, name, None))), ""), _TEXT)


def _restore(desk: "DeskScreen", kind: str, record_id: str) -> None:
    def job(opened: Any) -> Done:
        state = opened.perform(f"{kind}.restore", record_id)
        return Done(opened.last_act.words, state)

    def done(words: str) -> None:
        desk.post_message(OpenRequested(kind, record_id))
        tell(desk, words)

    desk.post_message(JobRequested(job, done))
