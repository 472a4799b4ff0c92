"""The screen of triage: one item fills it, one key (sometimes two) decides, and the next item appears.

Marked records are decided together: the first verdict on them is previewed, then taken on all of them in one act.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from fieldgate.errors import FieldgateError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.keys import Context
from fieldgate.ui.messages import AskRequested
from fieldgate.ui.screens.asking import Drafts
from fieldgate.ui.screens.triage_deciding import DecidingScreen, Leave
from fieldgate.ui.screens.triage_help import VERDICT_KEYS, ask_for_belief, keys_on
from fieldgate.ui.screens.triage_keys import LOOKS, OF_THE_SESSION
from fieldgate.ui.screens.triage_looking import copy_item, show_history, show_log
from fieldgate.ui.screens.triage_run import TriageRun
from fieldgate.ui.screens.triage_start import GO_ON, StartMenu
from fieldgate.ui.screens.triage_verdicts import numbered, verdict_of
from fieldgate.words import mark, t
from fieldgate.workspace.triage_values import Limits, Option
from fieldgate.workspace.triage_view import Effect, StartCard, View, telling

if TYPE_CHECKING:
    from textual.timer import Timer

PATIENCE = 0.15
"""Seconds that an item rests before it is worked out what verdicts on it would do to the gate."""
_THROUGH = frozenset({"app.help", "app.quit", "app.interrupt"})


class TriageScreen(DecidingScreen, inherit_bindings=False):
    """A session of triage on the screen.

    Args:
        keymap: The keys in force.
        run: The session.
        drafts: Forms that were left half filled in.
        limits: What it is limited to; without any, the start card asks.
        together: Decide these records at once.
        today: Called when a day is chosen.
    """

    HELP = mark(
        "One item fills the screen. Its letters decide it, the next one follows; nothing is lost when you leave, and u "
        "takes verdicts back one after the other."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding(f"conflict.{number}", f"number({number})") for number in range(1, 10)),
        *(binding(name, "nothing") for name in (*OF_THE_SESSION, *VERDICT_KEYS)),
    ]

    def __init__(
        self,
        keymap: Keymap,
        run: TriageRun,
        drafts: Drafts,
        *,
        today: date,
        limits: Limits | None = None,
        together: bool = False,
    ) -> None:
        super().__init__(keymap, run, drafts, today, together=together)
        self._limits = limits
        self._menu: StartMenu | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The card draws everything."""
        with Container():
            yield self._card

    def on_mount(self) -> None:
        """Begin where one left off, or with the start card."""
        if self._run.begun:
            self.do(self._run.look, self.show)
        elif self._limits is not None:
            self.do(self._run.begin(self._limits, together=self._together), self.show)
        else:
            self.do(self._run.start, self._show_start)

    def on_screen_resume(self) -> None:
        """Look again: a form or a note may have changed something."""
        if self._phase == "item" and self._pending is None:  # else what is looked at already is newer
            self.do(self._run.look, self.show)

    def keys_now(self) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """The keys of verdicts that can be taken now, and why the others cannot."""
        return keys_on(self._view if self._phase == "item" else None)

    def action_nothing(self) -> None:
        """Keys are read where they arrive; their bindings are for the help."""

    # What is shown

    def refused(self, error: FieldgateError) -> None:
        """Say why, and show what waits now."""
        missing = getattr(error, "missing", ()) or (error.message,)
        said = "\n".join((*missing, error.hint)).strip()

        def shown(view: View) -> None:
            self.show(view)
            self.say(said)

        if self._run.begun:
            self.do(self._run.look, shown)
        else:
            self.say(said)
            self.arm()

    def _show_start(self, card: StartCard) -> None:
        self._menu, self._phase, self._view = StartMenu(card), "start", None
        self._card.show_start(self._menu)
        self.arm()

    def show(self, view: View) -> None:
        """Show an item, or the end."""
        same = self._view is not None and view.item is not None and self._view.item == view.item
        self._view, self._pending = view, None
        self._several = self._several and same
        self._phase = "end" if view.item is None else "item"
        self._card.show_view(view)
        self.arm()
        self._ask_effects()

    def _ask_effects(self) -> None:
        view = self._view
        if view is not None and view.item is not None:
            # Not at once: who decides quickly shall not wait for what nobody reads.
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PATIENCE, lambda: self._look_at_effects(view))

    def _look_at_effects(self, view: View) -> None:
        belief = self._card.belief if view.sheet and view.sheet.beliefs else ""
        self._look_at_next(view, belief, list(telling(view)), [])

    def _look_at_next(self, view: View, belief: str, options: list[Option], found: list[Effect]) -> None:
        """Look at one verdict after the other: a key that is pressed meanwhile waits for one at most."""
        if view is not self._view or view.item is None or belief not in {"", self._card.belief}:
            return
        if not options:
            self._card.show_effects(found)
            return
        option, *rest = options
        self.look_up(
            self._run.effect(view.item, option, belief),
            lambda effect: self._look_at_next(view, belief, rest, [*found, effect]),
        )

    # Keys

    def leaves(self, key: str) -> bool:
        """Help and quitting are the app's."""
        return self._letters.id_of(key) in _THROUGH

    def is_safe(self, key: str) -> bool:
        """On the cards before and behind the items nothing is decided; on an item some keys only look."""
        name = self._letters.id_of(key)
        return name in LOOKS if self._phase == "item" else self._phase in {"start", "end"} and name != "app.undo"

    def hear(self, key: str) -> None:
        """Hear a key in the place where one is."""
        hear = {
            "start": self._hear_start,
            "item": self._hear_item,
            "strength": self.hear_strength,
            "snooze": self.hear_snooze,
            "batch": self.hear_batch,
            "end": self._hear_end,
        }.get(self._phase)
        if hear is not None:
            hear(key)

    def _hear_start(self, key: str) -> None:
        menu = self._menu
        choice = menu.hear(key, self._letters) if menu is not None else ""
        if menu is None or choice == "":
            self.dismiss(Leave())
        elif choice is None:
            self._card.show_start(menu)
        else:
            limits = None if choice == GO_ON else menu.limits_of(choice)
            self.do(self._run.begin(limits, go_on=limits is None), self.show)

    def _hear_item(self, key: str) -> None:
        view = self._view
        if view is None or view.item is None:
            return
        name = self._letters.id_of(key)
        act = self._session_keys().get(name)
        number = self._letters.digit_of(key, Context.CONFLICT)
        if act is not None:
            act()
        elif number is not None:
            self.take(numbered(view, number))
        else:
            letter = self._letters.letter_of(key)
            self.take(verdict_of(view, letter, self._card.belief, several=self._several))

    def _session_keys(self) -> Mapping[str, Callable[[], None]]:
        """What the keys do that are no verdicts."""
        card = self._card
        return {
            "triage.skip": self._skip,
            "app.undo": lambda: self.do(self._run.undo, self.show),
            "record.snooze": self.ask_day,
            "triage.end": lambda: self.do(self._run.end, self.show),
            "triage.quick_note": self._note,
            "triage.more": self._speak_to_several,
            "list.open": self._open,
            "gate.why": self._go_to_gate,
            "list.down": lambda: self._step(1),
            "list.up": lambda: self._step(-1),
            "list.page_down": lambda: card.scroll_text(1),
            "list.page_up": lambda: card.scroll_text(-1),
            "list.zoom": card.zoom,
            "list.filter": self._find_belief,
            "list.copy": lambda: copy_item(self, self._view),
            "record.history": lambda: show_history(self, self._keymap, self._view),
            "app.log": lambda: show_log(self, self._keymap, self._run),
        }

    def _go_to_gate(self) -> None:
        self.dismiss(Leave("gate", ended=False))

    def _note(self) -> None:
        self.post_message(AskRequested("note.create", ""))

    def _step(self, by: int) -> None:
        if self._card.step(by):
            self._ask_effects()

    def _find_belief(self) -> None:
        """Find a belief by part of its text or by its code, and put the cursor on it."""
        beliefs = self._view.sheet.beliefs if self._view is not None and self._view.sheet is not None else ()
        if not beliefs:
            self.say(t("There are no beliefs to find here."))
            return

        def found(belief_id: str) -> None:
            self._card.go_to(belief_id)
            self._ask_effects()

        ask_for_belief(self.app, self._keymap, beliefs, self._today, found)

    def _skip(self) -> None:
        if self._view is not None and self._view.item is not None:
            self.do(self._run.skip(self._view.item.id), self.show)

    def _open(self) -> None:
        if self._view is not None and self._view.item is not None:
            item = self._view.item
            place = ("gate", "") if item.kind == "gate" else (item.record_kind, item.record_id)
            self.dismiss(Leave(*place, ended=False))

    def _speak_to_several(self) -> None:
        view = self._view
        if view is None or view.item is None or view.item.kind != "note":
            self.say(t("Only a note speaks to several beliefs."))
            return
        self._several = not self._several
        said = t("The next yes, no or maybe keeps this note here, for more beliefs.")
        self.say(said if self._several else "")

    # The end

    def _hear_end(self, key: str) -> None:
        name = self._letters.id_of(key)
        if name == "app.undo":
            self.do(self._run.undo, self.show)
        elif name == "list.open":
            self.dismiss(Leave("gate"))
        elif name == "triage.end":
            self.dismiss(Leave())
        elif self._letters.id_of(key, Context.MENU) == "triage.start":
            self.do(self._run.start, self._show_start)

    def on_resize(self) -> None:
        """Put the beliefs where there is room."""
        self._card.make_room(self.app.size.width)
