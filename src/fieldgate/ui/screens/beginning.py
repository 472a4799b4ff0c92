"""Beginning: a new workspace in one form, from nothing or with an old workspace as template."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from fieldgate.domain.moves.starting import Start
from fieldgate.errors import FieldgateError, UsageError
from fieldgate.locations import Locations
from fieldgate.ui.holding_app import hold_keys
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested, ScreenRequested, WorkspaceRequested
from fieldgate.ui.screens.asking import open_form
from fieldgate.words import t
from fieldgate.workspace import door
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.days import read_day
from fieldgate.workspace.drafts import Drafts, beginnings_path, now_as_text
from fieldgate.workspace.forms import Form, Question
from fieldgate.workspace.handles import founders_named
from fieldgate.workspace.playbook_files import effective_playbook
from fieldgate.workspace.templates import Template, template_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fieldgate.ui.screens.desk import DeskScreen

_PROMPT = "prompt."


def show(app: App[Any], keymap: Keymap, locations: Locations, clock: Clock, template: object = None) -> None:
    """Ask for a new workspace and open it."""
    old = template if isinstance(template, Template) else None
    playbook = effective_playbook(locations.playbooks(), None, {}).playbook
    prompts = [(each.id, t(each.text)) for each in playbook.prompts] if old is None else []
    form = Form(
        move_id="workspace.new" if old is None else "workspace.copy",
        record_id=None,
        title=t("New workspace"),
        questions=tuple(_asked(prompts, old)),
    )
    today = clock.today()
    # The form hands back what was typed; what an old workspace gave stands beside it.
    first = {each.name: each.value for each in form.questions if each.value}

    def send(answers: dict[str, object], back: "Callable[[FieldgateError | None], None]") -> None:
        async def make() -> None:
            try:
                path, start = _start({**first, **answers}, today)
                target = await asyncio.to_thread(_found, path, start, old)
            except FieldgateError as error:
                back(error)
                return
            back(None)
            app.post_message(WorkspaceRequested(str(target.path)))

        app.run_worker(_ending(make(), hold_keys(app)), group="beginning")

    def _found(path: Path, start: Start, from_old: Template | None) -> door.Target:
        target = door.found_workspace(str(path), start, locations, clock, None)
        if from_old is not None:
            opened = door.open_workspace(target, locations, clock)
            try:
                from_old.put_into(opened)
            finally:
                opened.close()
        return target

    open_form(app, keymap, form, today=today, drafts=Drafts(now_as_text, beginnings_path(locations)), send=send)


async def _ending(work: "Awaitable[None]", end: "Callable[[], None]") -> None:
    """Do something; keys wait until it is done, however it ends."""
    try:
        await work
    finally:
        end()


def start_from(desk: "DeskScreen") -> None:
    """Ask for a new workspace with the open one as template."""

    def asked(template: Template) -> None:
        desk.post_message(ScreenRequested("new", template))

    desk.post_message(JobRequested(lambda opened: Done(template_of(opened.facts, opened.playbook)), asked))


def _asked(prompts: Iterable[tuple[str, str]], old: Template | None) -> Iterable[Question]:
    def one(name: str, words: str, holds: str = "text", value: str = "", *, required: bool = False) -> Question:
        return Question(name=name, words=words, holds=holds, required=required, value=value)

    yield one("path", t("file or folder"), required=True)
    yield one("name", t("name"), required=True)
    yield one("vision", t("vision"), "lines", old.vision if old else "", required=True)
    yield one("custdev", t("who goes out"), value=old.custdev if old else "", required=True)
    yield one("proddev", t("who builds"), value=old.proddev if old else "")
    yield one("segment", t("first segment"), value=(old.segment or "") if old else "")
    yield one("decide_by", t("first gate on"), "date")
    yield one("stop_if", t("stop if"), "lines")
    for name, text in prompts:
        yield one(f"{_PROMPT}{name}", text, "lines")


def _start(answers: Mapping[str, object], today: date) -> tuple[Path, Start]:
    given = {name: str(text).strip() for name, text in answers.items() if text}
    out = _names(given.get("custdev", ""))
    inside = _names(given.get("proddev", "")) or out
    decide_by = read_day(given["decide_by"], today) if "decide_by" in given else None
    if not given.get("path"):
        raise UsageError(t("file or folder is missing"))
    start = Start(
        name=given.get("name", ""),
        vision=given.get("vision", ""),
        founders=tuple(founders_named(out, inside)),
        lead_segment=given.get("segment"),
        decide_by=decide_by,
        stop_if=given.get("stop_if", ""),
        beliefs={name.removeprefix(_PROMPT): text for name, text in given.items() if name.startswith(_PROMPT)},
    )
    return Path(given["path"]).expanduser(), start


def _names(text: str) -> list[str]:
    return [each.strip() for each in text.replace("、", ",").replace("，", ",").split(",") if each.strip()]
