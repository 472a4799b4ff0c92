"""Reading answers: every answer typed by its ask, as it came from a form or from a command line.

What cannot be used is refused in words that name the ask; a text is kept as it is but for the space around it.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from fieldgate.domain.folding import fold
from fieldgate.domain.identity import is_id
from fieldgate.domain.moves.ask import Answers, Ask, refusal
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.record import Coded
from fieldgate.words import t

HEAD_BYTES = 16_384
"""Longest text in the head of a file, in UTF-8."""
BODY_BYTES = 1_048_576
"""Longest text in the body of a file, in UTF-8."""

_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_answers(asks: tuple[Ask, ...], scene: Scene[Any], answers: Mapping[str, object]) -> Answers:
    """Type all answers; where none was given the default stands as it is.

    Raises:
        RefusedError: An answer that cannot be used, a required one that is missing, or one that nobody asked for.
    """
    known = {ask.name for ask in asks if ask.is_put(scene)}
    wrong = [t("{name} is not asked for here.", name=name) for name in answers if name not in known]
    values: dict[str, Any] = {}
    for ask in asks:
        if ask.name not in known:
            values[ask.name] = None
            continue
        if ask.name in answers:
            raw = answers[ask.name]
            value = None if raw is None or raw == "" else _READERS[ask.holds.partition(":")[0]](ask, scene, raw)
        else:
            value = ask.default(scene) if ask.default else None
        if isinstance(value, _Unusable):
            wrong.append(value.words)
        elif ask.required and value in (None, "", ()):
            wrong.append(t("{name} needs this: {words}.", name=scene.name, words=t(ask.words)))
        values[ask.name] = value if value != "" else None
    if wrong:
        raise refusal(*wrong, where=scene.name)
    return Answers(values, frozenset(answers))


class _Unusable:
    """An answer that cannot be used, with the sentence that says why."""

    __slots__ = ("words",)

    def __init__(self, ask: Ask, why: str) -> None:
        self.words = t("{words}: {why}", words=t(ask.words), why=why)


def _text(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    if not isinstance(raw, str):
        return _Unusable(ask, t("a text is wanted."))
    kept = raw.strip() if ask.holds != "long" else raw.strip("\n")
    if not kept.strip():
        return ""
    limit = BODY_BYTES if ask.holds == "long" else HEAD_BYTES
    if len(kept.encode("utf-8", "surrogatepass")) > limit:
        return _Unusable(ask, t("it is longer than {limit} bytes; attach it or cut it into notes.", limit=limit))
    if ask.holds == "text" and "\n" in kept:
        return _Unusable(ask, t("one line is wanted."))
    return kept


def _path(ask: Ask, scene: Scene[Any], raw: object) -> object:
    """Read a path that stays within the workspace, whatever system it is read on."""
    kept = _text(ask, scene, raw)
    if not isinstance(kept, str) or not kept:
        return kept
    parts = kept.replace("\\", "/").split("/")
    if ".." in parts or parts[0] in {"", "~"} or ":" in parts[0] or "\n" in kept:
        return _Unusable(ask, t("a path within the workspace is wanted, such as attachments/fault.png."))
    return kept


def _texts(ask: Ask, scene: Scene[Any], raw: object) -> object:
    lines = raw.split("\n") if isinstance(raw, str) else raw
    if not isinstance(lines, list | tuple):
        return _Unusable(ask, t("several lines are wanted."))
    kept = [_text(ask, scene, line) for line in lines]
    unusable = next((each for each in kept if isinstance(each, _Unusable)), None)
    return unusable or tuple(each for each in kept if each)


def _date(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return _Unusable(ask, t("a date such as 2026-12-01 is wanted."))


def _time(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    if isinstance(raw, time):
        return raw
    try:
        return time.fromisoformat(str(raw))
    except ValueError:
        return _Unusable(ask, t("a time such as 14:30 is wanted."))


def _number(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    number = raw
    if isinstance(raw, str) and raw.strip().lstrip("-").isdecimal() and raw.isascii():
        number = int(raw)
    if not isinstance(number, int) or isinstance(number, bool):
        return _Unusable(ask, t("a whole number is wanted."))
    low, high = ask.low, ask.high
    if (low is not None and number < low) or (high is not None and number > high):
        return _Unusable(ask, t("a whole number from {low} to {high} is wanted.", low=low, high=high))
    return number


def _decimal(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    try:
        number = float(str(raw).replace(",", "."))
    except ValueError:
        number = math.nan
    return number if math.isfinite(number) and not isinstance(raw, bool) else _Unusable(ask, t("a number is wanted."))


def _yesno(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    if isinstance(raw, bool):
        return raw
    found = _YES_NO.get(str(raw).strip().lower())
    return _Unusable(ask, t("yes or no is wanted, nothing between.")) if found is None else found


def _choice(ask: Ask, scene: Scene[Any], raw: object) -> object:
    options = ask.options(scene.facts, scene.record, scene.occasion)
    values = [each.value for each in options]
    if str(raw) not in values:
        why = ask.why_not(scene, str(raw)) if ask.why_not is not None else ""
        if why:
            return _Unusable(ask, why)
        return _Unusable(ask, t("one of {values} is wanted.", values=", ".join(values)))
    return ask.enum(str(raw)) if ask.enum else str(raw)


def _link(ask: Ask, scene: Scene[Any], raw: object) -> object:
    kind = ask.holds.partition(":")[2]
    found = find_id(scene, kind, str(raw))
    if found is None:
        return _Unusable(ask, t("there is no {kind} {name}.", kind=kind, name=str(raw)))
    record = scene.facts.get(kind, found)
    if record is not None and not record.live:
        return _Unusable(ask, t("{name} is archived.", name=str(raw)))
    return found


def _links(ask: Ask, scene: Scene[Any], raw: object) -> object:
    names = raw.replace(",", " ").split() if isinstance(raw, str) else raw
    if not isinstance(names, list | tuple | set | frozenset):
        return _Unusable(ask, t("several records are wanted."))
    found = [_link(ask, scene, name) for name in (sorted(names) if isinstance(names, set | frozenset) else names)]
    unusable = next((each for each in found if isinstance(each, _Unusable)), None)
    return unusable or tuple(dict.fromkeys(found))


def _pivots(ask: Ask, scene: Scene[Any], raw: object) -> object:
    del scene
    usable = isinstance(raw, list | tuple) and all(isinstance(each, Mapping) for each in raw)
    return tuple(raw) if usable else _Unusable(ask, t("a list of changed beliefs is wanted."))  # type: ignore[arg-type]  # a list or tuple, as just asked


def find_id(scene: Scene[Any], kind: str, name: str) -> str | None:
    """Find a record by id, code, former code or handle; of notes, which the facts do not all hold, by id alone."""
    table = scene.facts.tables[kind]
    wanted = name.strip()
    if wanted in table or (kind == "note" and is_id(wanted)):
        return wanted
    folded = fold(wanted)
    by_name = {fold(getattr(each, "code", "") or getattr(each, "handle", "")): key for key, each in table.items()}
    former = {fold(old): key for key, each in table.items() if isinstance(each, Coded) for old in each.former_codes}
    return by_name.get(folded) or former.get(folded) if folded else None


_READERS: Mapping[str, Callable[[Ask, Scene[Any], object], object]] = {
    "text": _text,
    "lines": _text,
    "long": _text,
    "path": _path,
    "texts": _texts,
    "date": _date,
    "time": _time,
    "number": _number,
    "decimal": _decimal,
    "yesno": _yesno,
    "choice": _choice,
    "link": _link,
    "links": _links,
    "pivots": _pivots,
}
