"""Asking: from the wish to make a move to its form and back, for every screen alike.

The form is worked out in the thread of the workspace, shown over whatever screen wished for it, and stays until its
answers were taken. What is left behind typed is kept as a draft and stands there the next time.
"""

from collections.abc import Callable, MutableMapping
from datetime import date
from functools import partial
from typing import Any

from textual.app import App

from fieldgate.domain.changes import Act
from fieldgate.domain.moves.ask import refusal
from fieldgate.domain.moves.catalog import find_move
from fieldgate.errors import FieldgateError
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import AskRequested, Done, JobRequested
from fieldgate.ui.screens.form import AskScreen, Left, Send
from fieldgate.ui.screens.holding import hold
from fieldgate.ui.screens.questions import Find
from fieldgate.words import t
from fieldgate.workspace.drafts import Drafts as DraftFile
from fieldgate.workspace.forms import Form, find_linked, form_of
from fieldgate.workspace.news import news_of

Drafts = MutableMapping[tuple[str, str], dict[str, str]]
"""Move and record to what was typed and not saved."""


def ask(app: App[Any], keymap: Keymap, drafts: Drafts, wish: AskRequested) -> None:
    """Make a move; ask for what it asks first."""
    record_id = wish.record_id or None

    def send(answers: dict[str, object], back: Any) -> None:
        def job(workspace: Any) -> Done:
            before = workspace.judged
            state = workspace.perform(wish.move_id, record_id, {**wish.values, **answers})
            return Done((workspace.last_act, news_of(before, workspace.judged, workspace.last_act)), state)

        def taken(value: tuple[Act | None, str]) -> None:
            act, words = value
            back(None)
            for screen in app.screen_stack:
                follow = getattr(screen, "follow", None)
                if follow is not None:
                    follow(act, wish.record_id)
            if words:
                app.notify(t("{words} · {key} takes it back", words=words, key=keymap.label("app.undo")))

        app.post_message(JobRequested(job, taken, back))

    def made(found: tuple[Form, Any, Any]) -> None:
        form = found[0]
        if form.questions:
            show_form(app, keymap, drafts, found, send)
        else:
            send({}, partial(_say, app))

    hold(app, lambda workspace: Done(gather(workspace, wish)), made, partial(_say, app))


def gather(workspace: Any, wish: AskRequested) -> tuple[Form, Any, Any]:
    """Work out a form in the thread of the workspace: the form, the facts that links are found in, and the day.

    Raises:
        RefusedError: Something is missing whatever would be answered; nobody is asked in vain.
    """
    move, facts, record_id = find_move(wish.move_id), workspace.facts, wish.record_id or None
    record = workspace.record(move.kind, record_id) if record_id else facts.workspace
    missing = move.missing(facts, record, workspace.occasion()) if record is not None else ()
    if missing:
        raise refusal(*missing)
    form = form_of(workspace, wish.move_id, record_id, wish.values, answered=wish.without)
    return form, facts, workspace.clock.today()


def show_form(app: App[Any], keymap: Keymap, drafts: Drafts, found: tuple[Form, Any, Any], send: Send) -> None:
    """Show the form of a move over the screen."""
    form, facts, today = found
    find = partial(find_linked, facts)
    open_form(app, keymap, form, today=today, drafts=drafts, find=find, send=send)


def open_form(
    app: App[Any],
    keymap: Keymap,
    form: Form,
    *,
    today: date,
    drafts: Drafts | None,
    name: tuple[str, str] | None = None,
    find: Find | None = None,
    send: Send | None = None,
    answered: Callable[[dict[str, object]], None] | None = None,
    until_done: bool = False,
) -> None:
    """Show a form over the screen, with the draft that was left of it. Every form of the app is shown here.

    Args:
        app: The app.
        keymap: The keys in force.
        form: What is asked.
        today: The day that `+7` and `fri` count from.
        drafts: Where what is typed is kept; None for what only looks something up, which nobody misses.
        name: What it is kept under; the move and the record unless said otherwise.
        find: Finds records for links.
        send: Sends the answers off; None hands them to `answered`.
        answered: Gets the answers once they were given.
        until_done: The draft stays until whoever got the answers is done with them, and forgets it.
    """
    place = name or (form.move_id, form.record_id or "")
    kept: Drafts = {} if drafts is None else drafts

    def keep(typed: dict[str, str]) -> None:
        if typed:
            kept[place] = typed
        else:
            kept.pop(place, None)

    def closed(left: Left | None) -> None:
        given = left.answers if left is not None else None
        keep(left.draft if left is not None and (given is None or until_done) else {})
        if given is not None and answered is not None:
            answered(given)
        elif place in kept and drafts is not None:
            say_kept(app)

    at = kept.at(place) if isinstance(kept, DraftFile) else ""
    draft = kept.get(place)
    screen = AskScreen(
        form, keymap, today=today, find=find, send=send, draft=draft, draft_at=at, keep=keep, place=place
    )
    app.push_screen(screen, closed)


def say_kept(app: App[Any]) -> None:
    """Say that what was typed is not lost."""
    app.notify(t("Kept as a draft: it stands there again the next time."))


def _say(app: App[Any], error: FieldgateError | None) -> None:
    if error is not None:
        missing = getattr(error, "missing", ()) or (error.message,)
        app.notify("\n".join((*missing, error.hint)).strip(), severity="warning", timeout=10)
