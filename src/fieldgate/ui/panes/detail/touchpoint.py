"""A touchpoint to read: its questions with their answers, what hangs on it, what was heard, and its trail."""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.records.journey import Touchpoint
from fieldgate.ui.panes.detail.page import Page, Source, items, listed, named, present, risk_and_reward, said, section
from fieldgate.ui.widgets.signs import ANSWERS, CARD_STATES, sign_of
from fieldgate.ui.widgets.spans import Line, Span, dim, label, strong, warn
from fieldgate.words import mark, t

_FOUND = {"us": mark("found by us"), "customer": mark("a customer met it")}


def touchpoint_page(source: Source) -> Page:
    """Make the page of a touchpoint."""
    card = cast("Touchpoint", source.detail.record)
    sign = sign_of(CARD_STATES, card.state)
    lines = present(
        (
            named(t("Gap"), warn(card.gap) if card.gap else None),
            _asks(source),
            _first(card),
            _kpi(source, card),
            _heard(source),
            _trail(source, card),
            listed(t("Where"), _place(source, card)),
            named(t("Goal"), card.goal),
            named(t("Brings"), card.goes_in),
            named(t("Takes away"), card.comes_out),
            named(t("Answer"), card.answer),
        )
    )
    lines += _notes(source)
    lines += items(source, t("Actions"), "action")
    lines += items(source, t("Requests"), "requirement")
    return Page(f"{card.code} {card.title} · {sign.text}", lines)


def _asks(source: Source) -> Line | None:
    checks = source.backlinks("check")
    if not checks:
        return None
    spans: list[Span | str] = []
    for check in checks:
        glyph = sign_of(ANSWERS, str(check.facts.get("answer", "open"))).glyph
        answer = str(check.facts.get("note") or "")
        spans += [strong(f"{glyph} "), t(check.title), f": {answer}" if answer else "", "   "]
    return named(t("Ask"), *spans[:-1])


def _first(card: Touchpoint) -> Line | None:
    """Whether leaving it loses a customer, doing it first brings customers sooner, and makes us less exposed."""
    return listed(t("First"), risk_and_reward(card.leave, card.faster, card.safer))


def _kpi(source: Source, card: Touchpoint) -> Line | None:
    if not card.kpi_name:
        return None
    unit = card.kpi_unit or ""
    value = (
        t("{value} {unit}", value=f"{card.kpi_value:g}", unit=unit) if card.kpi_value is not None else t("not measured")
    )
    target = t("target {value}", value=f"{card.kpi_target:g}") if card.kpi_target is not None else t("no target")
    return listed(t("KPI"), (card.kpi_name, value.strip(), target, source.day(card.kpi_at)))


def _heard(source: Source) -> Line | None:
    """The newest thing that was heard of it."""
    heard = source.backlinks("note")
    if not heard:
        return None
    note = source.note_rows([heard[-1].id]).get(heard[-1].id)
    if note is None:
        return None
    return Line((label(f"{t('Heard'):<12}"), *said(note, source).spans), 12)


def _notes(source: Source) -> Iterator[Line]:
    """Everything heard before that."""
    ids = [each.id for each in source.backlinks("note")][:-1]
    notes = source.note_rows(ids)
    return section(t("Heard before"), (said(notes[each], source) for each in reversed(ids) if each in notes))


def _trail(source: Source, card: Touchpoint) -> Line | None:
    sign = sign_of(CARD_STATES, card.state)
    since = source.day(card.state_on)
    return listed(
        t("Trail"),
        (
            t("{state} since {day}", state=t(sign.words), day=since) if since else t(sign.words),
            t(_FOUND.get(str(card.found_by), "")) if card.found_by else None,
            warn(t("! escalated {day}", day=source.day(card.escalated_at.date()))) if card.escalated_at else None,
            t("looked at {day}", day=source.day(card.reviewed_at)) if card.reviewed_at else None,
            t("owner {name}", name=card.owner) if card.owner else dim(t("owner none")),
        ),
    )


def _place(source: Source, card: Touchpoint) -> tuple[str, ...]:
    book = source.state.playbook
    phase = next((t(each.title) for each in book.phases if each.id == card.phase), str(card.phase))
    function = next((t(each.title) for each in book.functions if each.id == card.function), str(card.function))
    return phase, function
