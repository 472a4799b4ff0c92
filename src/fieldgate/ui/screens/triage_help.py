"""What helps on the screen of triage: which keys are verdicts now and why the others are not, and finding a belief."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from textual.app import App

from fieldgate.domain.folding import fold
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.keys import KEYS, Context
from fieldgate.ui.screens.asking import open_form
from fieldgate.ui.screens.triage_page import letter_of
from fieldgate.words import t
from fieldgate.workspace.forms import Form, Question
from fieldgate.workspace.triage_sheet import Belief
from fieldgate.workspace.triage_view import View

_OF_THE_SESSION = frozenset({"triage.more", "triage.skip", "triage.quick_note", "triage.end"})
_SHARED = frozenset({"record.action", "record.chase", "record.park", "record.to_sync"})
VERDICT_KEYS = tuple(
    key.id
    for key in KEYS
    if Context.TRIAGE in key.contexts
    and (key.id in _SHARED or (key.id.startswith("triage.") and key.id not in _OF_THE_SESSION))
)
"""Ids of the keys that are verdicts."""
_IDS = {key.keys[0]: key.id for key in KEYS if key.id in VERDICT_KEYS}


def keys_on(view: View | None) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Return the ids of the verdicts that can be taken on an item, and those that cannot with the reason."""
    options = view.options if view is not None else ()
    legal = tuple(
        dict.fromkeys(_IDS[letter_of(each)] for each in options if not each.missing and letter_of(each) in _IDS)
    )
    lacking = {_IDS[letter_of(each)]: " ".join(each.missing) for each in options if letter_of(each) in _IDS}
    other = t("No verdict on what is asked here.")
    return legal, {name: lacking.get(name) or other for name in VERDICT_KEYS if name not in legal}


def ask_for_belief(
    app: App[Any], keymap: Keymap, beliefs: Sequence[Belief], today: date, found: Callable[[str], None]
) -> None:
    """Find a belief by part of its text or by its code."""
    labels = [(each.id, f"{each.code} {each.statement}") for each in beliefs]
    asked = Question(name="belief", words=t("belief"), holds="link", required=True, kind="hypothesis")
    form = Form(move_id="", record_id=None, title=t("Find a belief"), questions=(asked,))

    def named(answers: dict[str, object]) -> None:
        found(str(answers["belief"]))

    def find(_: str, typed: str) -> list[tuple[str, str]]:
        return [each for each in labels if fold(typed) in fold(each[1])]

    open_form(app, keymap, form, today=today, drafts=None, find=find, answered=named)
