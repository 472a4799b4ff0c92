"""What triage says, as lines: the start card, an item, the end card, and the line above them. No widgets here."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from fieldgate.domain.display import clean
from fieldgate.domain.records.learning import STEPS
from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.ui.keymap import Hint, Keymap, key_label
from fieldgate.ui.plain import cut, pad, width_of
from fieldgate.ui.screens.strip import STEP_NAMES
from fieldgate.ui.screens.triage_keys import Letters
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.spans import BLANK, Line, dim, label, line, quote, strong
from fieldgate.words import t
from fieldgate.workspace.triage_sheet import Belief
from fieldgate.workspace.triage_values import EndCard, Limits, Option
from fieldgate.workspace.triage_view import StartCard, View

_LABEL = 14
_WIDEST = 18
_HEAD = 76
_BAR = 9
_MINUTE = 60


def header_of(view: View | None) -> str:
    """Say where one is: number of the item and how many, the gate now and before, the time."""
    if view is None:
        return t("TRIAGE")
    done = max(0, view.number - 1)
    filled = _BAR * done // view.total if view.total else _BAR
    bar = "█" * filled + "▒" * (_BAR - filled)
    step = next((t(STEP_NAMES[each]) for each in STEPS if each == view.step), "")
    parts = [t("TRIAGE")]
    if view.item is not None:
        parts.append(t("{kind} {n} of {total}", kind=view.title, n=view.number, total=view.total))
    parts.append(bar)
    if step:
        met, total = view.first
        was = t(", was {met}/{total}", met=met, total=total)
        parts.append(f"{step} {view.gauge.met}/{view.gauge.total}{was}")
    parts.append(clock_of(view.seconds))
    return "   ".join(parts)


def clock_of(seconds: float) -> str:
    """Write a time as minutes and seconds."""
    return f"{int(seconds) // _MINUTE}:{int(seconds) % _MINUTE:02}"


def item_lines(view: View, keymap: Keymap) -> list[Line]:
    """Write an item: its text, the facts to decide it by, the question that it asks, the verdict taken back."""
    sheet = view.sheet
    if view.item is None or sheet is None:
        return []
    if view.together:
        count, more = t("{n} at once", n=len(view.together)), len(view.together) - len(view.heads)
        named = [line(cut(clean(each), _HEAD)) for each in view.heads]
        return [line(strong(count)), BLANK, *named, *([line(dim(t("and {n} more", n=more)))] if more else [])]
    text = quote(sheet.text) if view.item.kind in {"note", "maybe", "carry"} else strong(sheet.text)
    lines = [line(text), BLANK] if sheet.text else []
    room = min(_WIDEST, max((width_of(clean(name)) for name, _ in sheet.lines), default=0))
    for name, value in sheet.lines:
        lines.append(line(label(pad(clean(name), room) + " "), value, indent=room + 1))
    if view.question:
        lines += [BLANK, line(strong(f"? {view.question}"))]
    if view.item.kind == "gate":
        lines += [BLANK, line(strong(t("{key} goes to the gate, where it is decided.", key=keymap.label("list.open"))))]
    return lines


def label_of(options: Sequence[Option], move_id: str) -> str:
    """What a verdict is called where it is offered; its name where it is not."""
    return next((each.label for each in options if each.move.id == move_id), move_id.partition(".")[2])


def start_lines(card: StartCard, cursor: int, marks: Collection[str] = ()) -> list[Line]:
    """Write the start card; the line of the cursor carries its mark."""
    if not card.total:
        lines = [line(strong(t("Nothing waits for a decision.")))]
        lines += [BLANK, line(t("Notes, requests, overdue actions and maybes come here by themselves."))]
        return [*lines, BLANK, line(label("NEXT "), card.next_text)] if card.next_text else lines
    lines = []
    for number, text in enumerate(start_choices(card, marks)):
        mark = "▌" if number == cursor else " "
        lines.append(line(strong(f"{mark}{text}")) if number == cursor else line(f"{mark}{text}"))
    return lines


def limits_text(limits: Limits, keymap: Keymap) -> str:
    """Say what the session is limited to, with the keys that change it."""
    items, minutes = limits.items or t("all"), limits.minutes or t("any")
    return t(
        "{items} items: {n}   {key} minutes: {m}",
        items=keymap.label("triage.items"),
        n=items,
        key=keymap.label("triage.minutes"),
        m=minutes,
    )


def start_choices(card: StartCard, marks: Collection[str] = ()) -> Iterator[str]:
    """The lines that can be chosen: go on, everything, then kind by kind, the marked ones with their sign."""
    if card.left is not None:
        yield t("  Go on: {left} of {total} left", left=card.left[0], total=card.left[1])
    yield t("  Everything   {n}", n=card.total)
    widest = max((width_of(row.title) for row in card.rows), default=0)
    for number, row in enumerate(card.rows, start=1):
        digit = str(number) if number < 10 else " "  # noqa: PLR2004  there is one key for each of nine
        oldest = t("today") if not row.oldest else t("oldest {n} days", n=row.oldest)
        sign = "✓" if row.name in marks else " "
        yield f"{digit}{sign}{pad(row.title, widest)} {row.count:>4}   {oldest}"


def end_lines(view: View, card: EndCard, keymap: Keymap) -> list[Line]:
    """Write the end card."""
    titles = dict(view.titles)
    count = sum(card.decided.values())
    lines = [line(strong(t("{n} decided", n=count) if count else t("Nothing was decided.")))]
    if count:
        pace = t("{time} minutes, {n} seconds for each", time=clock_of(card.seconds), n=round(card.seconds / count))
        lines.append(line(dim(pace)))
    lines.append(BLANK)
    rows: list[tuple[str, str]] = [
        (t("Decided"), counts_of(card.decided)),
        (t("Put off"), str(card.snoozed or "")),
        (t("Skipped"), str(card.skipped or "")),
        (t("Now met"), ", ".join(titles.get(each, each) for each in card.met)),
        (t("No longer met"), ", ".join(titles.get(each, each) for each in card.unmet)),
        (t("Still waiting"), counts_of(card.waiting) or t("nothing")),
        (t("Maybes left"), str(card.maybes)),
    ]
    room = max(_LABEL, *(width_of(clean(name)) for name, _ in rows))
    for name, value in rows:
        if value:
            lines.append(line(label(pad(clean(name), room) + " "), value, indent=room + 1))
    keys = t(
        "{gate} to the gate   {on} goes on   {undo} takes the last one back",
        gate=keymap.label("list.open"),
        on=keymap.label("triage.start"),
        undo=keymap.label("app.undo"),
    )
    return [*lines, BLANK, line(dim(keys))]


def counts_of(counts: Mapping[str, int]) -> str:
    """Write counts by kind."""
    titles = {kind.name: t(kind.title) for kind in TRIAGE_KINDS}
    return ", ".join(f"{titles.get(name, name)} {count}" for name, count in counts.items())


def belief_row(belief: Belief) -> Row:
    """How a belief stands in the list that a note may speak to."""
    key = f" · {t('key')}" if belief.key else ""
    counts = t("yes {yes}  maybe {maybe}  no {no}", yes=belief.yes, maybe=belief.maybe, no=belief.no)
    return Row(belief.id, (f"{belief.code} {belief.statement}", f"{counts}{key}"), glyph=" ", strong=belief.key)


def verdict_hints(view: View, letters: Letters) -> list[Hint]:
    """The verdicts as hints: letter and words, greyed where something is missing; the one taken back is marked."""
    if view.item is None or view.item.kind == "gate":
        return []
    hints: dict[str, Hint] = {}
    for option in sorted(view.options, key=lambda each: bool(each.missing)):
        letter = letter_of(option)
        if letter in hints or option.move.id.endswith(".snooze"):
            continue
        words = f"{option.label} ◂" if option.move.id == view.old else option.label
        key = letters.key_of(letter)
        hints[letter] = Hint(key, key_label(key), words, enabled=not option.missing)
    ordered = [hints.pop(letter) for each in view.options if (letter := letter_of(each)) in hints]
    if view.numbers:
        taken = [Hint(str(n), str(n), t("take value {n}", n=n)) for n in range(1, min(view.numbers, 9) + 1)]
        ordered = [*taken, *(each for each in ordered if each.key != "1")]
    return ordered


def letter_of(option: Option) -> str:
    """The letter that takes a verdict; what has none of its own is changed with `e`."""
    return option.letter or "e"
