"""Deciding on the screen of triage: from a letter to its verdict, through strength, form, day or preview."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fieldgate.domain.display import clean
from fieldgate.errors import FieldgateError
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.keys import Context
from fieldgate.ui.messages import JobRequested
from fieldgate.ui.screens.asking import Drafts, show_form
from fieldgate.ui.screens.attentive import AttentiveScreen
from fieldgate.ui.screens.triage_card import TriageCard
from fieldgate.ui.screens.triage_keys import Letters
from fieldgate.ui.screens.triage_run import TriageRun
from fieldgate.ui.screens.triage_verdicts import Verdict, completed, snooze_of
from fieldgate.values import dataclass
from fieldgate.words import t
from fieldgate.workspace.forms import Form
from fieldgate.workspace.triage_values import Gauge, Option
from fieldgate.workspace.triage_view import View

_EXPORT = "meeting.export"
DAYS = (1, 3, 7)
"""The usual days of a snooze, on 1 2 3."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Where one goes from triage: a kind and an id, the gate for `gate`, nowhere in particular when empty."""

    kind: str = ""
    id: str = ""
    ended: bool = True


class DecidingScreen(AttentiveScreen[Leave], inherit_bindings=False):
    """Takes verdicts on the item that is shown.

    Args:
        keymap: The keys in force.
        run: The session.
        drafts: Forms that were left half filled in.
        today: The day from which days are counted.
        together: Decide all items at once.
    """

    def __init__(self, keymap: Keymap, run: TriageRun, drafts: Drafts, today: date, *, together: bool) -> None:
        super().__init__()
        self._keymap = keymap
        self._letters = Letters(keymap)
        self._run = run
        self._drafts = drafts
        self._today = today
        self._together = together
        self._card = TriageCard(keymap, self._letters)
        self._phase = "load"
        self._view: View | None = None
        self._pending: Verdict | None = None
        self._several = False

    def action_number(self, number: int) -> None:
        """Keys are read where they arrive; their bindings are for the help."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the numbers of the values that a conflict offers, and no others."""
        if action != "number":
            return super().check_action(action, parameters)
        return self._view is not None and self._phase == "item" and parameters[0] in range(1, self._view.numbers + 1)

    def show(self, view: View) -> None:
        """Show an item, or the end."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Say something on the line of the card."""
        self._card.say(text)

    def take(self, verdict: Verdict) -> None:
        """Go where a verdict leads."""
        option = verdict.option
        if option is None:
            self.say(verdict.words)
        elif verdict.how == "strength":
            self._pending, self._phase = verdict, "strength"
            self._card.ask_strength(option.label)
        elif verdict.how == "form":
            self._ask(option, verdict.given)
        else:
            self._decide(option, verdict.given)

    def hear_strength(self, key: str) -> None:
        strength = self._letters.digit_of(key, Context.STRENGTH)
        pending, self._pending, self._phase = self._pending, None, "item"
        self._card.end_asking()
        self.say("")
        if pending is not None and pending.option is not None and strength is not None and self._view is not None:
            self.take(completed(self._view, pending.option, {**pending.given, "strength": strength}))

    def _ask(self, option: Option, given: dict[str, object]) -> None:
        """Ask what the verdict needs in a form; the verdict is about the item that is on the screen now."""
        view = self._view
        if view is None or view.item is None:
            return
        item, move_id = view.item, option.move.id

        def send(answers: dict[str, object], back: Callable[[FieldgateError | None], None]) -> None:
            def taken(after: View) -> None:
                back(None)
                self.show(after)

            if view.together:
                back(None)
                self._decide(option, {**given, **answers})
            else:
                self.post_message(JobRequested(self._run.decide(item.id, move_id, {**given, **answers}), taken, back))

        def made(found: tuple[Form, Any, Any]) -> None:
            form, facts, today = found
            if not view.together:
                show_form(self.app, self._keymap, self._drafts, found, send)
            else:
                title = f"{t('{n} at once', n=len(view.together))} · {option.label}"
                several = (replace(form, title=title), facts, today)
                # A form sends what was changed only: what stood in it was the first item's, and each has its own.
                show_form(self.app, self._keymap, self._drafts, several, send)
            self.arm()

        self.do(self._run.form(item, move_id, option.record_id, given), made)

    def _decide(self, option: Option, given: Mapping[str, object]) -> None:
        view = self._view
        if view is None or view.item is None:
            return
        self._several = False
        if view.together:
            self._pending = Verdict(how="now", option=option, given=dict(given))
            self.do(self._run.preview_all(view.together, option.move.id, given), self._preview)
        else:
            self.do(self._run.decide(view.item.id, option.move.id, given), self.show)
            if option.move.id == _EXPORT:
                self.look_up(self._run.minutes(view.item.record_id), self._copy)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(clean(text, lines=True))
        self.notify(t("The minutes are in the clipboard, as Markdown."), timeout=4)

    def _preview(self, found: tuple[int, Gauge, Gauge]) -> None:
        """Say what a verdict on all of them would change, and wait for Enter."""
        count, now, after = found
        self._phase = "batch"
        self._card.ask_all(count, now, after)
        self.arm()

    def hear_batch(self, key: str) -> None:
        view, pending = self._view, self._pending
        self._pending, self._phase = None, "item"
        self._card.end_asking()
        self.say("")
        if self._letters.id_of(key) == "list.open" and view is not None and pending is not None and pending.option:
            self.do(self._run.decide_all(view.together, pending.option.move.id, pending.given), self.show)

    # Putting off and the end

    def ask_day(self) -> None:
        verdict = snooze_of(self._view) if self._view is not None else Verdict(how="say")
        if verdict.option is None:
            self.say(verdict.words)
        else:
            self._pending, self._phase = verdict, "snooze"
            self._card.ask_day(self._today, DAYS)

    def hear_snooze(self, key: str) -> None:
        number = self._letters.digit_of(key, Context.CONFLICT)
        pending, self._pending, self._phase = self._pending, None, "item"
        self._card.end_asking()
        self.say("")
        if pending is None or pending.option is None:
            return
        if number is not None and number <= len(DAYS):
            self._decide(pending.option, {"until": self._today + timedelta(days=DAYS[number - 1])})
        elif self._letters.id_of(key) == "list.open":
            self._ask(pending.option, {})
