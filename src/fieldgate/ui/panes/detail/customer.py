"""A customer to read: who they are, the six traits, what they said, and what is agreed with them."""

from collections.abc import Iterable, Iterator
from typing import cast

from fieldgate.domain.listing import Linked
from fieldgate.domain.records.people import Customer
from fieldgate.ui.panes.detail.page import Page, Source, items, listed, named, present, said, section, to_record
from fieldgate.ui.widgets.signs import ANSWERS, AWARENESS, COCREATION, CUSTOMER_STATES, ROLES, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, dim, joined, label, line, strong
from fieldgate.words import mark, t

_CADENCES = {
    "weekly": mark("weekly"),
    "biweekly": mark("every two weeks"),
    "monthly": mark("monthly"),
    "quarterly": mark("quarterly"),
}
_NOTES = 60


def customer_page(source: Source) -> Page:
    """Make the page of a customer."""
    customer = cast("Customer", source.detail.record)
    sign = sign_of(CUSTOMER_STATES, customer.status)
    awareness = t(AWARENESS[customer.awareness]) if 0 <= customer.awareness < len(AWARENESS) else ""
    who = (customer.segment or t("no segment"), t(ROLES.get(customer.role, customer.role)))
    account = t("strategic account {n}", n=customer.account_rank) if customer.account_rank is not None else None
    checks = source.backlinks("check")
    lines = [
        line(strong(customer.name)),
        BLANK,
        *present(
            (
                listed(t("Who"), (*who, account)),
                named(t("Awareness"), t("{n} of 5: {words}", n=customer.awareness, words=awareness)),
                named(t("Contact"), customer.contact),
                listed(t("Together"), _together(customer)),
                listed(t("Agreed in"), [to_record(each) for each in source.links("agreed_meeting_id")]),
                named(t("Emergency"), customer.emergency_contact),
                named(t("Channels"), customer.channels),
                named(t("Ended"), customer.ended_reason),
            )
        ),
        *section(t("Six traits"), _traits(source, checks)),
        *section(t("Acceptance: the build"), _checks(_in_order(source, checks), "accept.build.")),
        *section(t("Acceptance: the benefit"), _checks(_in_order(source, checks), "accept.benefit.")),
        *section(t("Acceptance: agreed"), _checks(checks, "accept.feasible")),
        *section(t("Project"), _checks(_in_order(source, checks), "pm.")),
        *section(t("Value promised"), _checks(checks, "value.")),
        *items(source, t("Actions"), "action"),
        *items(source, t("Requests"), "requirement"),
        *items(source, t("Risks"), "hypothesis", "customer_id"),
        *section(t("Said"), _said(source)),
        *section(t("Meetings"), _meetings(source)),
    ]
    return Page(f"{customer.code} {customer.name} · {sign.text}", lines)


def _together(customer: Customer) -> Iterator[str]:
    if customer.cocreation != "none":
        yield t(COCREATION.get(customer.cocreation, customer.cocreation))
    if customer.cadence != "none":
        yield t("meets {how_often}", how_often=t(_CADENCES.get(customer.cadence, customer.cadence)))
    if customer.visit_cadence != "none":
        yield t("visited {how_often}", how_often=t(_CADENCES.get(customer.visit_cadence, customer.visit_cadence)))


def _traits(source: Source, checks: Iterable[Linked]) -> Iterator[Line]:
    answers = {each.code: each for each in checks}
    for trait in source.state.playbook.traits:
        found = answers.get(trait.key)
        sign = sign_of(ANSWERS, str(found.facts.get("answer", "open")) if found else "open")
        note = str(found.facts.get("note") or "") if found else ""
        yield line(strong(f"{sign.glyph} "), t(trait.title), *((dim("  "), note) if note else ()), indent=2)


def _in_order(source: Source, checks: Iterable[Linked]) -> list[Linked]:
    """Checks in the order of the method, those of one's own behind."""
    playbook = source.state.playbook
    places = {each.key: place for place, each in enumerate((*playbook.acceptance, *playbook.project_checks))}
    return sorted(checks, key=lambda each: places.get(each.code, len(places)))


def _checks(checks: Iterable[Linked], prefix: str) -> Iterator[Line]:
    for check in checks:
        if check.code.startswith(prefix):
            sign = sign_of(ANSWERS, str(check.facts.get("answer", "open")))
            facts = [
                f"{name} {value}"
                for name, value in (
                    (t("measure"), check.facts.get("measure")),
                    (t("target"), check.facts.get("target")),
                    (t("result"), check.facts.get("result")),
                )
                if value
            ]
            more = joined((*facts, str(check.facts.get("note") or "")))
            yield line(strong(f"{sign.glyph} "), t(check.title), *((dim("  "), *more) if more else ()), indent=2)


def _said(source: Source) -> Iterator[Line]:
    """What they said, newest first; in meetings with them as well."""
    ids = [each.id for each in source.backlinks("note")][-_NOTES:]
    notes = source.note_rows(ids)
    for each in reversed(ids):
        if each in notes:
            yield said(notes[each], source)


def _meetings(source: Source) -> Iterator[Line]:
    kinds = {each.id: t(each.title) for each in source.state.playbook.meeting_kinds}
    found = sorted(source.backlinks("meeting", "customer_id"), key=lambda each: str(each.facts["date"]), reverse=True)
    for each in found:
        kind = kinds.get(str(each.facts["kind"]), str(each.facts["kind"]))
        yield line(label(f"{source.day(each.facts['date'])}  "), f"{kind}  ", to_record(each), indent=2)
