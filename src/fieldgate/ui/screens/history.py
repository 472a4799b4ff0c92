"""The history of one record: what happened to it, field by field, and all that it ever said, each to be had back."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from fieldgate.ui.keymap import Keymap
from fieldgate.ui.messages import Done, JobRequested
from fieldgate.ui.screens.doing import tell
from fieldgate.ui.screens.menu import Item
from fieldgate.ui.screens.paper import PaperScreen, Sheet
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, strong
from fieldgate.words import t
from fieldgate.workspace.earlier import Earlier, earlier_of, numbered
from fieldgate.workspace.news import news_of

if TYPE_CHECKING:
    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_LONGEST = 400
_READ, _BACK, _ALL = "read", "back", "all"


def show(desk: "DeskScreen") -> None:
    """Show what happened to the record under the cursor."""
    kind, record_id = desk.at_hand
    if not record_id:
        desk.notify(t("No record is under the cursor."), severity="warning")
        return
    desk.app.push_screen(history_of(desk.keymap, kind, record_id, lambda words: tell(desk, words)))


def history_of(keymap: Keymap, kind: str, record_id: str, told: Callable[[str], None]) -> PaperScreen:
    """Return the paper with what happened to a record.

    Args:
        keymap: The keys in force.
        kind: The kind of the record.
        record_id: The record.
        told: Gets what changed where an earlier version was had back.
    """
    key = keymap.label("record.moves")
    return PaperScreen(_history(kind, record_id, key), keymap, do=_deeds(key, kind, record_id, told))


def _history(kind: str, record_id: str, key: str) -> "Callable[[Workspace], Sheet]":
    def gather(opened: "Workspace") -> Sheet:
        events = opened.store.history(record_id)
        said = earlier_of(opened.store, record_id)
        lines = [each for event in events for each in _event_lines(event)]
        lines = lines or [line(t("Nothing happened yet.")), BLANK]
        if len(said) > 1:
            more = t("{key} shows one, to have it back", key=key)
            lines += [
                line(strong(t("All that it said")), dim(f" · {more}")),
                *(line(_told(each), indent=4) for each in said),
            ]
        items = [Item(value=f"{_READ} {each.number}", label=_told(each)) for each in said]
        return Sheet(title=t("History of {name}", name=_name(opened, kind, record_id)), lines=lines, items=items)

    return gather


def _version(kind: str, record_id: str, number: int) -> "Callable[[Workspace], Sheet]":
    def gather(opened: "Workspace") -> Sheet:
        chosen = numbered(opened.store, record_id, number)
        name = _name(opened, kind, record_id)
        items = [Item(value=_ALL, label=t("Back to the history"), letter="i")]
        if not chosen.is_current:
            items.insert(0, Item(value=f"{_BACK} {number}", label=t("Have this back; undo takes it away"), letter="b"))
        title = t("{name}, version {n}", name=name, n=number)
        return Sheet(title=title, lines=list(_text_lines(chosen)), items=items)

    return gather


def _deeds(key: str, kind: str, record_id: str, told: Callable[[str], None]) -> Callable[[PaperScreen, str], None]:
    def do(paper: PaperScreen, value: str) -> None:
        what, _, number = value.partition(" ")
        if what == _READ:
            paper.turn_to(_version(kind, record_id, int(number)))
        elif what == _ALL:
            paper.turn_to(_history(kind, record_id, key))
        else:
            _bring_back(paper, int(number))

    def _bring_back(paper: PaperScreen, number: int) -> None:
        def job(opened: "Workspace") -> Done:
            before = opened.judged
            state = opened.bring_back([(kind, numbered(opened.store, record_id, number))])
            return Done(news_of(before, opened.judged, opened.last_act), state)

        def done(words: str) -> None:
            told(words)
            if paper.is_attached:
                paper.turn_to(_history(kind, record_id, key))

        paper.post_message(JobRequested(job, done))

    return do


def _name(opened: "Workspace", kind: str, record_id: str) -> str:
    return str(getattr(opened.record(kind, record_id), "code", "") or t(kind))


def _told(each: Earlier) -> str:
    when = each.kept_at.astimezone().strftime("%Y-%m-%d %H:%M")
    now = t("as now") if each.is_current else ""
    words = t("Version {n}", n=each.number)
    return " · ".join(part for part in (words, when, each.by, now, each.first_line[:_LONGEST]) if part)


def _text_lines(each: Earlier) -> Iterator[Line]:
    """What stood in the file, but for the lines that only programs read."""
    yield line(dim(_told(each)))
    yield BLANK
    for text in each.text.rstrip("\n").split("\n")[:-1]:
        yield line(text) if text else BLANK


def _event_lines(event: Any) -> list[Line]:
    when = event.at.astimezone().strftime("%Y-%m-%d %H:%M")
    lines = [line(strong(when), f" {event.by} ", dim(t(event.action)))]
    before = event.before or {}
    for name, value in (event.after or {}).items():
        old = _short(before[name]) if name in before else ""
        arrow = f"{old} → " if old else ""
        lines.append(line(label(f"  {name}  "), f"{arrow}{_short(value)}", indent=4))
    return [*lines, BLANK]


def _short(value: Any) -> str:
    if isinstance(value, dict) and "$text" in value:
        return t("(a long text)")
    text = "—" if value is None or value == "" else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
