"""Batch: one verb for all marked records, after one preview, with one undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from fieldgate.domain.moves.catalog import find_move
from fieldgate.ui.bindings import binding
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.asking import open_form, say_kept
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.words import mark, t
from fieldgate.workspace.forms import find_linked, form_of

if TYPE_CHECKING:
    from fieldgate.ui.keymap import Keymap
    from fieldgate.ui.screens.desk import DeskScreen


class PreviewScreen(ModalScreen[bool], inherit_bindings=False):
    """What a verb would do to each marked record; Enter does it, Escape leaves all as it is.

    Args:
        title: The verb, and how many.
        rows: One for each record.
        keymap: The keys in force.
        possible: Whether anything would be done.
    """

    DEFAULT_CSS = """
    PreviewScreen {
        align: center middle;
        background: $background 60%;
        & > #preview { width: 84; max-width: 100%; height: 80%; background: $surface; }
    }
    """
    HELP = mark("What would change. Enter does it to all of them, as one act; Esc leaves everything as it is.")
    BINDINGS: ClassVar[list[BindingType]] = [binding("list.back", "leave"), binding("app.help", "app.explain")]

    def __init__(self, title: str, rows: Sequence[Row], keymap: "Keymap", *, possible: bool) -> None:
        super().__init__()
        self._list = RecordList(Listed(rows), lines=1, gap=0, title=title, markable=False)
        self._keymap = keymap
        self._possible = possible

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical(id="preview"):
            yield self._list
            yield HintLine(id="preview-hints")

    def on_mount(self) -> None:
        """Show the keys."""
        do_it = [self._keymap.hint("list.open", t("do it"))] if self._possible else []
        self.query_one(HintLine).show([*do_it, self._keymap.hint("list.back")])
        self._list.focus()

    @on(RecordList.Chosen)
    def _do(self, event: RecordList.Chosen) -> None:
        event.stop()
        if self._possible:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leave all as it is."""
        self.dismiss(False)


def start(
    desk: "DeskScreen", move_id: str, record_ids: Sequence[str], values: Mapping[str, object] | None = None
) -> None:
    """Ask what the move asks once, show what it would do to each record, and do it."""

    def asked(found: tuple[Any, Any, Any]) -> None:
        form, facts, today = found
        if not form.questions:
            _preview(desk, move_id, record_ids, dict(values or {}))
            return
        label = t(find_move(move_id).label)
        several = replace(form, title=f"{t('{n} at once', n=len(record_ids))} · {label}")

        def answered(answers: dict[str, object]) -> None:
            # A form hands back what was changed only: what stood in it was the first record's, and each has its own.
            _preview(desk, move_id, record_ids, {**(values or {}), **answers})

        open_form(
            desk.app,
            desk.keymap,
            several,
            today=today,
            drafts=desk.drafts,
            name=(move_id, " ".join(record_ids)),
            find=partial(find_linked, facts),
            answered=answered,
            until_done=True,
        )

    def gather(opened: Any) -> Done:
        return Done((form_of(opened, move_id, record_ids[0], values), opened.facts, opened.clock.today()))

    hold(desk.app, gather, asked, lambda error: desk.notify(error.message, severity="warning"))


def _preview(desk: "DeskScreen", move_id: str, record_ids: Sequence[str], answers: Mapping[str, object]) -> None:
    def look(found: Sequence[tuple[str, str, bool]]) -> None:
        rows = [
            Row(str(number), (f"{name} · {words}",), glyph=" " if fits else "✗", dim=not fits)
            for number, (name, words, fits) in enumerate(found)
        ]
        fitting = [each for each, (_, _, fits) in zip(record_ids, found, strict=True) if fits]
        title = t("{verb}: {n} of {all}", verb=t(find_move(move_id).label), n=len(fitting), all=len(found))

        draft = (move_id, " ".join(record_ids))

        def decided(yes: bool | None) -> None:
            if yes:
                _perform(desk, move_id, fitting, answers, draft)
            elif draft in desk.drafts:
                say_kept(desk.app)

        desk.app.push_screen(PreviewScreen(title, rows, desk.keymap, possible=bool(fitting)), decided)

    def job(opened: Any) -> Done:
        return Done(opened.preview_all(move_id, record_ids, answers))

    hold(desk.app, job, look, lambda error: desk.notify(error.message, severity="warning"))


def _perform(
    desk: "DeskScreen",
    move_id: str,
    record_ids: Sequence[str],
    answers: Mapping[str, object],
    draft: tuple[str, str],
) -> None:
    def job(opened: Any) -> Done:
        state = opened.perform_all(move_id, record_ids, answers)
        return Done(opened.last_act, state)

    def done(act: Any) -> None:
        desk.drafts.pop(draft, None)
        held = desk.list_at_hand
        if held is not None:
            held.clear_marks()
        desk.notify(t("{words} · {key} takes it back", words=act.words, key=desk.keymap.label("app.undo")), timeout=4)

    desk.post_message(JobRequested(job, done))
