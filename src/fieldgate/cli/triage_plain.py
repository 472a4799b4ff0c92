"""Triage by lines: each item is written on standard output, each verdict read from standard input.

For pipes, screen readers, dumb terminals and scripts: no colours, no movement, every question on a line of its own. The
session is the one of the screen; so are its verdicts, its refusals and its undo.
"""

import sys
from typing import TYPE_CHECKING

from fieldgate.cli.answers import split_answers
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, tell
from fieldgate.cli.verdicts import answers_of, letter_of, move_of
from fieldgate.domain.moves.ask import Ask
from fieldgate.domain.moves.catalog import find_move
from fieldgate.domain.triage.catalog import TRIAGE_KINDS
from fieldgate.errors import FieldgateError, RefusedError
from fieldgate.words import mark, t
from fieldgate.workspace.triage_view import SPEAKS, View, effects_of, said_of, view_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldgate.workspace.service import Workspace
    from fieldgate.workspace.triage import Session
    from fieldgate.workspace.triage_values import EndCard, Option

PROMPT = mark("Verdict (empty line: skip, u: undo, ?: all beliefs, q: end): ")
FEW = 3
"""Beliefs that are written with a note; `?` writes them all."""
_ASKED = frozenset({"strength", "due", "until"})
"""What a person has to say even where something stands there."""


def ask_by_lines(workspace: "Workspace", session: "Session") -> None:
    """Ask item after item until the end of the session or of the input."""
    view = view_of(session)
    while view.item is not None:
        _say_item(session, view)
        if not _decide(workspace, session, view):
            break
        view = view_of(session)
    _say_end(view.end or session.end(), dict(view.titles))


def _decide(workspace: "Workspace", session: "Session", view: View) -> bool:
    """Ask until the item is decided, skipped or another comes; False when the session is to end."""
    item = view.item
    while item is not None:
        line = _line(t(PROMPT))
        word = (line or "").strip()
        if line is None or word == "q":
            return False
        if word == "?":
            _say_beliefs(view, len(view.sheet.beliefs) if view.sheet else 0)
            continue
        try:
            if word == "u":
                _, _, move_id = session.undo()
                say(t("Taken back: {verdict}", verdict=t(find_move(move_id).label)))
            elif not word:
                session.skip(item.id)
            else:
                _take(workspace, session, view, word)
        except FieldgateError as error:
            _say_refusal(error)
            continue
        return True
    return False


def _take(workspace: "Workspace", session: "Session", view: View, line: str) -> None:
    """Take the verdict that a line says: `y3 H4`, `2` for the second value of a conflict, `x reason=…`."""
    item = view.item
    if item is None:
        return
    word, _, rest = line.partition(" ")
    given: dict[str, str] = {}
    if word.isdecimal() and view.numbers:
        word, given = "1", {"number": word}
    elif len(word) == 2 and word[1].isdecimal():  # noqa: PLR2004  a letter and a digit: y3
        word, given = word[0], {"strength": word[1]}
    move_id = move_of(session, item, word)
    option = next(each for each in view.options if each.move.id == move_id)
    if option.missing:
        raise RefusedError(option.missing[0], missing=option.missing)
    given.update(split_answers(_words(rest, "hypothesis" if move_id in SPEAKS else "")))
    answers_of(workspace, session, item, move_id, given)  # what cannot be used is said before anything is asked
    _complete(workspace, session, view, option, given)
    session.decide(item.id, move_id, answers_of(workspace, session, item, move_id, given))
    say(said_of(session))


def _complete(workspace: "Workspace", session: "Session", view: View, option: "Option", given: dict[str, str]) -> None:
    """Ask for what the verdict needs and nobody gave; an empty line leaves what stands there."""
    item = view.item
    if item is None:
        return
    defaults = {**session.defaults(item, option.move.id), **_first_belief(view, option)}
    record = workspace.facts.get(option.move.kind, option.record_id)
    for ask in option.move.asks:
        now = defaults.get(ask.name)
        if ask.name in given or not _is_asked(ask, now):
            continue
        options = ask.options(workspace.facts, record, workspace.occasion()) if record is not None else ()
        choices = "/".join(each.value for each in options)
        shown = f" [{getattr(now, 'value', now)}]" if now is not None else ""
        line = _line(f"  {t(ask.words)}{f' ({choices})' if choices else ''}{shown}: ")
        if line is None:
            raise RefusedError(t("{words} is missing.", words=t(ask.words)))
        if line.strip():
            given[ask.name] = line.strip()
        elif ask.name == "hypothesis" and now is not None:
            given[ask.name] = str(now)


def _first_belief(view: View, option: "Option") -> "Mapping[str, object]":
    """The riskiest belief stands in the answer of a note, as the cursor does on the screen."""
    beliefs = view.sheet.beliefs if view.sheet else ()
    return {"hypothesis": beliefs[0].code} if option.move.id in SPEAKS and beliefs else {}


def _is_asked(ask: Ask, now: object) -> bool:
    if ask.name == "hypothesis" or ask.name in _ASKED:
        return ask.required
    return ask.required and now in (None, "")


def _say_item(session: "Session", view: View) -> None:
    sheet, gauge, item = view.sheet, view.gauge, view.item
    if sheet is None or item is None:
        return
    say()
    place = t("{kind} {number} of {total}", kind=view.title, number=view.number, total=view.total)
    met, total = view.first
    gate = t("gate {met} of {total}, was {before} of {all}", met=gauge.met, total=gauge.total, before=met, all=total)
    say(f"{place}. {gate}." if gauge.total else f"{place}.")
    say_wrapped(sheet.text, f"{sheet.code} " if sheet.code else "")
    for label, text in sheet.lines:
        say_wrapped(text, f"  {label}: ")
    if view.question:
        say_wrapped(view.question, f"  {t('Question')}: ")
    _say_beliefs(view, FEW)
    _say_verdicts(view)
    for letter, words in effects_of(session, view, sheet.beliefs[0].id if sheet.beliefs else ""):
        say_wrapped(words, f"  {t('Gate after')} {letter}: ")


def _say_beliefs(view: View, most: int) -> None:
    for belief in view.sheet.beliefs[:most] if view.sheet else ():
        key = f", {t('key')}" if belief.key else ""
        counts = t("yes {yes}, maybe {maybe}, no {no}", yes=belief.yes, maybe=belief.maybe, no=belief.no)
        say_wrapped(f"{belief.statement} ({counts}{key})", f"  {belief.code} ")


def _say_verdicts(view: View) -> None:
    """Write the verdicts; a letter that two of them share is told once, for the one that can be taken."""
    legal = {letter_of(each) for each in view.options if not each.missing}
    for option in view.options:
        letter = letter_of(option)
        if option.missing and letter in legal:
            continue
        lacks = f" ({' '.join(option.missing)})" if option.missing else ""
        name = t("1 to {n}", n=view.numbers) if letter == "1" and view.numbers else letter
        say_wrapped(f"{option.label}{lacks}", f"  {name}: ")


def _say_refusal(error: FieldgateError) -> None:
    for each in getattr(error, "missing", ()) or (error.message,):
        say_wrapped(each, "! ")
    if error.hint:
        say_wrapped(error.hint)


def _say_end(card: "EndCard", titles: "Mapping[str, str]") -> None:
    say()
    say(t("Decided: {decided}", decided=_counts(card.decided) or t("nothing")))
    count = sum(card.decided.values())
    if count:
        say(t("{n} seconds for each", n=round(card.seconds / count)))
    if card.snoozed or card.skipped:
        say(t("Put off {snoozed}, skipped {skipped}", snoozed=card.snoozed, skipped=card.skipped))
    for words, ids in ((t("Now met"), card.met), (t("No longer met"), card.unmet)):
        if ids:
            say_wrapped(", ".join(titles.get(each, each) for each in ids), f"{words}: ")
    say_wrapped(_counts(card.waiting) or t("nothing"), f"{t('Still waiting')}: ")
    say(t("Maybes left: {n}", n=card.maybes))


def _counts(counts: "Mapping[str, int]") -> str:
    titles = {kind.name: t(kind.title) for kind in TRIAGE_KINDS}
    return ", ".join(f"{titles[name]} {count}" for name, count in counts.items())


def _words(rest: str, first: str) -> list[str]:
    """Split NAME=VALUE words; a word without a `=` belongs to the value before, the first one to the name `first`."""
    words: list[str] = []
    for part in rest.split():
        if "=" in part:
            words.append(part)
        elif words:
            words[-1] += f" {part}"
        else:
            words.append(f"{first}={part}" if first else part)
    return words


def _line(prompt: str) -> str | None:
    """Ask for a line; None at the end of the input."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        tell("")
        return None
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return line.rstrip("\n")
