"""TriageCard: draws what triage shows. Head, text, beliefs, what the verdicts would do, what was said, the keys."""

from collections.abc import Sequence
from datetime import date, timedelta

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from fieldgate.ui.keymap import Hint, Keymap
from fieldgate.ui.pane import show
from fieldgate.ui.screens.triage_keys import STRENGTHS, Letters
from fieldgate.ui.screens.triage_page import (
    belief_row,
    end_lines,
    header_of,
    item_lines,
    label_of,
    limits_text,
    start_lines,
    verdict_hints,
)
from fieldgate.ui.screens.triage_start import StartMenu
from fieldgate.ui.widgets.gate_bar import WIDE
from fieldgate.ui.widgets.hint_line import HintLine
from fieldgate.ui.widgets.one_line import OneLine
from fieldgate.ui.widgets.page_view import PageView
from fieldgate.ui.widgets.record_list import RecordList
from fieldgate.ui.widgets.rows import Listed, Row
from fieldgate.ui.widgets.signs import day_text
from fieldgate.words import t
from fieldgate.workspace.triage_values import Gauge
from fieldgate.workspace.triage_view import Effect, View, joined


class TriageCard(Vertical):
    """What is on the screen of triage.

    Args:
        keymap: The keys in force.
        letters: The keys of verdicts.
    """

    DEFAULT_CSS = """
    TriageCard {
        #triage-body { layout: vertical; height: 1fr; }
        #triage-body.-wide { layout: horizontal; }
        #triage-text { height: 1fr; width: 1fr; }
        #triage-beliefs { height: 8; width: 1fr; }
        #triage-body.-wide #triage-beliefs { height: 1fr; width: 52; }
    }
    """

    def __init__(self, keymap: Keymap, letters: Letters) -> None:
        super().__init__()
        self._keymap = keymap
        self._letters = letters
        self._view: View | None = None
        self._rows: list[Row] = []
        self._head = OneLine(classes="-head")
        self._text = PageView(id="triage-text")
        self._beliefs = RecordList(lines=2, gap=0, markable=False, id="triage-beliefs")
        self._effects = OneLine(classes="-dim")
        self._said = OneLine(classes="-said")
        self._verdicts = HintLine(2, id="triage-verdicts")
        self._hints = HintLine(id="triage-hints")
        # The screen hears every key itself, so that none can reach an item that came later.
        self._text.can_focus = self._beliefs.can_focus = False
        self._beliefs.steered = True

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self._head
        with Container(id="triage-body"):
            yield self._text
            yield self._beliefs
        yield self._effects
        yield self._said
        yield self._verdicts
        yield self._hints

    def on_mount(self) -> None:
        """Until something is known the card is empty."""
        show(self._beliefs, visible=False)

    def make_room(self, width: int) -> None:
        """Put the beliefs beside the text where there is room."""
        self.query_one("#triage-body").set_class(width >= WIDE, "-wide")

    # What it says

    @property
    def said(self) -> str:
        """What stands on the line."""
        return self._said.text + self._said.tail

    @property
    def belief(self) -> str:
        """Id of the belief under the cursor; empty when there is none."""
        return self._beliefs.cursor_id

    def say(self, text: str, tail: str = "") -> None:
        """Say something; several lines are joined."""
        self._said.show(text.replace("\n", " · "), tail)

    def show_start(self, menu: StartMenu) -> None:
        """Show the start card."""
        card = menu.card
        self._head.show(header_of(None))
        show(self._beliefs, visible=False)
        self._text.read(t("What waits"), start_lines(card, menu.cursor, menu.marks))
        self._effects.show(limits_text(menu.limits, self._keymap) if card.total else "")
        self.say("")
        self._verdicts.show([])
        names = ("list.open", "list.mark", "triage.items", "triage.minutes", "list.back")
        first = self._keymap.pair("list.down", "list.up", t("kind"))
        words = {"list.open": t("start")}
        hints = [self._keymap.hint(name, words.get(name, "")) for name in names] if card.total else []
        hints = [first, *hints] if hints else [self._keymap.hint("list.back")]
        self._hints.show([*hints, self._keymap.hint("app.help")])

    def show_view(self, view: View) -> None:
        """Show an item, or the end card."""
        fresh = self._view is None or view.item is None or self._view.item != view.item
        self._view = view
        self._head.show(header_of(view))
        self._effects.show("")
        self.say(*self._news(view))
        if view.end is not None:
            self._text.read(t("The end of this session"), end_lines(view, view.end, self._keymap))
        elif view.item is not None:
            lines = item_lines(view, self._keymap)
            title = view.sheet.code if view.sheet and view.sheet.code else view.title
            self._text.read(f"{title} · {view.title}" if title != view.title else title, lines)
        beliefs = view.sheet.beliefs if view.sheet else ()
        show(self._beliefs, visible=bool(beliefs))
        if beliefs:
            self._beliefs.set_title(t("Which belief does it speak to?"))
            rows = [belief_row(each) for each in beliefs]
            if rows != self._rows:
                self._rows = rows
                self._beliefs.show(Listed(rows))
            if fresh:
                self._beliefs.action_first()
        self.end_asking()

    def _news(self, view: View) -> tuple[str, str]:
        if view.said:
            return view.said, f" · {self._keymap.label('app.undo')} {t('undo')}"
        return t("Taken back: {verdict}", verdict=label_of(view.options, view.old)) if view.old else "", ""

    def show_effects(self, effects: Sequence[Effect]) -> None:
        """Say what verdicts would do to the gate."""
        view = self._view
        if view is None or not view.gauge.total or not effects:
            return
        told = "   ".join(f"{keys} → {words}" for keys, words in joined(effects))
        said = t("Gate   {told}", told=told) if told else t("Gate   no verdict here turns a criterion")
        unsure = " ".join(each.keys for each in effects if not each.told)
        self._effects.show(
            "   ".join([said, *([t("{keys} depends on what is written", keys=unsure)] if unsure else [])])
        )

    # What it asks

    def ask_strength(self, verdict: str) -> None:
        """Light the five strengths up."""
        self._verdicts.show([self._keymap.hint(f"strength.{digit}") for digit in STRENGTHS])
        self.say(t("{verdict}: how strong?   any other key: not", verdict=verdict))

    def ask_day(self, today: date, days: Sequence[int]) -> None:
        """Offer the usual days."""
        hints = [
            Hint(str(number), str(number), day_text(today + timedelta(days=each), today))
            for number, each in enumerate(days, start=1)
        ]
        self._verdicts.show([*hints, self._keymap.hint("list.open", t("another day"))])
        self.say(t("Put it off until when?   any other key: not"))

    def ask_all(self, count: int, now: Gauge, after: Gauge) -> None:
        """Say what a verdict on all would change."""
        words = t("{n} records change", n=count)
        gate = t("gate {before} → {after}", before=now.met, after=after.met) if after != now else ""
        key = t("{key} does it, any other key: not", key=self._keymap.label("list.open"))
        self.say(" · ".join(each for each in (words, gate, key) if each))
        self._verdicts.show([self._keymap.hint("list.open", t("do it"))])

    def end_asking(self) -> None:
        """Show the verdicts and the keys of the session again."""
        view = self._view
        if view is None:
            return
        hints = verdict_hints(view, self._letters) if view.end is None else []
        if view.item is not None and view.item.kind == "gate":
            hints = [self._keymap.hint("list.open", t("to the gate: advance, pivot, stop or another day"))]
        self._verdicts.show(hints)
        self._show_hints(view)
        # Where the beliefs come or go, only then is it known how much of the text fits.
        self.call_after_refresh(self._show_hints, view)

    def _show_hints(self, view: View) -> None:
        """Name the keys of the session, and the one that scrolls where the text does not fit."""
        if view is not self._view:
            return
        hints = self._session_hints(view)
        if view.end is None and self._text.is_longer:
            name = "list.page_down" if self._beliefs.display else "list.down"
            hints = [self._keymap.hint(name, t("more text")), *hints]
        self._hints.show(hints)

    def _session_hints(self, view: View) -> list[Hint]:
        keymap = self._keymap
        if view.end is not None:
            names = ("list.open", "triage.start", "app.undo", "triage.end")
            words = {"list.open": t("gate"), "triage.start": t("go on"), "triage.end": t("desk")}
            return [*(keymap.hint(name, words.get(name, "")) for name in names), keymap.hint("app.help")]
        snooze = next((each for each in view.options if each.move.id.endswith(".snooze")), None)
        first = [keymap.pair("list.down", "list.up", t("belief"))] if view.sheet and view.sheet.beliefs else []
        return [
            *first,
            keymap.hint("triage.skip"),
            keymap.hint("record.snooze", enabled=snooze is not None and not snooze.missing),
            keymap.hint("app.undo"),
            keymap.hint("triage.end"),  # before what a narrow screen may leave out: nobody shall look for the way out
            keymap.hint("list.open"),
            keymap.hint("triage.quick_note"),
            keymap.hint("gate.why", t("gate")),
            keymap.hint("app.help"),
        ]

    # Moving

    def step(self, by: int) -> bool:
        """Go to the belief below or above, or scroll the text; True when the belief is another."""
        if self._beliefs.display:
            before = self.belief
            self._beliefs.action_move(by)
            return self.belief != before
        self._text.action_step(by)
        return False

    def go_to(self, belief_id: str) -> None:
        """Put the cursor on a belief."""
        self._beliefs.go_to(belief_id)

    def scroll_text(self, by: int) -> None:
        """Scroll the text by what fits."""
        self._text.action_page(by)

    def zoom(self) -> None:
        """Give the text all the room, or share it with the beliefs again."""
        has = self._view is not None and self._view.sheet is not None and bool(self._view.sheet.beliefs)
        show(self._beliefs, visible=has and not self._beliefs.display)
