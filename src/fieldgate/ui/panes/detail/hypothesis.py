"""A hypothesis to read: the belief, the bet, what customers answered in their words, and what that suggests."""

from collections.abc import Iterator
from typing import cast

from fieldgate.domain.beliefs import whom_to_ask
from fieldgate.domain.evidence import Standing, Tally, strongest_contrary, tally
from fieldgate.domain.gates import policy_of
from fieldgate.domain.lineage import Generation, generation_of, line_of_descent
from fieldgate.domain.moves.scene import name_of
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.domain.verdicts import is_shaken, need_of, suggest
from fieldgate.ui.panes.detail.page import (
    Page,
    Source,
    item,
    items,
    listed,
    named,
    present,
    said,
    section,
    stance_text,
    to_record,
)
from fieldgate.ui.widgets.signs import AREAS, HYPOTHESIS_STATES, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, Span, dim, joined, label, line, link, quote, strong, warn
from fieldgate.words import mark, t

_NAMED = 6
"""Customers that are named as those to ask next."""
_SUGGESTED = {
    "supported": mark("rule it supported"),
    "refuted": mark("rule it refuted"),
    "decide": mark("decide: narrow, retire, or extend once"),
    "keep": mark("keep testing"),
}


def hypothesis_page(source: Source) -> Page:
    """Make the page of a hypothesis."""
    belief = cast("Hypothesis", source.detail.record)
    sign = sign_of(HYPOTHESIS_STATES, belief.state)
    key = belief.importance >= source.state.playbook.policy.key_importance
    title = " · ".join((f"{belief.code} {sign.text}", *((t("key"),) if key else ())))
    lines = [line(strong(belief.statement)), BLANK, *_bet(source, belief)]
    facts = source.state.facts
    # Opened the instant after another change, the facts may not know the record yet.
    known = facts.hypotheses.get(belief.id) if facts is not None else None
    if facts is None or known is None:
        lines += _pieces(source)
    else:
        count = tally(facts, known, policy_of(facts, source.state.playbook))
        lines += [
            *_counts(source, known, count),
            *_to_ask(source, known),
            *_answers(source, count),
            *_contrary(source, known),
        ]
    lines += _settled(source, belief)
    lines += _lineage(source, known)
    lines += items(source, t("Actions"), "action")
    lines += items(source, t("Requests"), "requirement")
    return Page(title, lines)


def _bet(source: Source, belief: Hypothesis) -> list[Line]:
    step = next((t(each.title) for each in source.state.playbook.steps if each.id == belief.step), belief.step)
    about = (
        t(AREAS.get(belief.area, belief.area)),
        step,
        t("importance {n} of 5", n=belief.importance),
        belief.segment or t("everyone"),
    )
    passes = t("{need} yes of {target} firm answers, {pct} %",
               need=need_of(belief), target=belief.target_n, pct=belief.pass_pct)  # fmt: skip
    late = belief.state == "testing" and belief.due is not None and belief.due < source.state.today
    due = source.day(belief.due)
    return present(
        (
            listed(t("About"), about),
            named(t("Prediction"), belief.prediction or dim(t("none yet"))),
            named(t("Metric"), belief.metric),
            named(t("Pass line"), passes),
            listed(
                t("Due"),
                (
                    warn(t("{day}, overdue", day=due)) if late else due,
                    t("locked {day}", day=source.day(belief.locked_on)) if belief.locked_on else t("not locked"),
                    t("extended") if belief.extended else None,
                ),
            ),
        )
    )


def _counts(source: Source, belief: Hypothesis, count: Tally) -> Iterator[Line]:
    told = (
        t("{n} yes", n=count.yes),
        t("{n} no", n=count.no),
        t("{n} maybe", n=count.maybe),
        t("confidence {value}", value=f"{count.confidence:+.2f}"),
        t("risk {value} of 5", value=f"{count.risk:.1f}"),
        t("maybe rate {pct} %", pct=round(100 * count.maybe_rate)),
    )
    yield from present((listed(t("Answers"), told),))
    if count.early:
        yield from present((named("", t("{n} of {m} before the bet", n=count.early, m=count.pieces)),))
    suggestion = suggest(belief, count, source.state.today)
    if suggestion is not None:
        words = strong(t(_SUGGESTED[suggestion.kind]))
        yield from present((listed(t("Suggested"), (words, suggestion.reason)),))
    if is_shaken(belief, count):
        yield from present((named(t("Shaken"), warn(t("the ruling is no longer what the numbers say"))),))


def _to_ask(source: Source, belief: Hypothesis) -> list[Line]:
    """While it is tested: who has not answered it yet, those most aware of the problem first."""
    facts = source.state.facts
    if facts is None or belief.state != "testing":
        return []
    policy = policy_of(facts, source.state.playbook)
    names = [
        link(f"{each.code} {each.name}", "customer", each.id) for each in whom_to_ask(facts, belief, policy, _NAMED)
    ]
    nobody = warn(t("nobody is left in this segment: find another customer"))
    return present((listed(t("Ask next"), names or (nobody,)),))


def _answers(source: Source, count: Tally) -> Iterator[Line]:
    order = {"no": 0, "yes": 1, "maybe": 2}
    standing = sorted(count.standing, key=lambda each: (order[each.stance], -each.strength, each.said_on))
    notes = source.note_rows(each.note_id for each in standing)
    return section(t("Where each one stands"), (_answer(source, each) for each in standing if each.note_id in notes))


def _answer(source: Source, standing: Standing) -> Line:
    note = source.notes[standing.note_id]
    parts = [strong(f"{stance_text(standing.stance, standing.strength)}  ")]
    facts = source.state.facts
    customer = facts.customers.get(standing.customer_id or "") if facts else None
    if customer is not None:
        parts += [link(f"{customer.code} {customer.name}", "customer", customer.id), dim("  ")]
    if standing.early:
        parts.append(label(t("before the bet") + "  "))
    return (
        said(note, source, *parts)
        if customer is None
        else line(
            *parts,
            quote(note.text),
            dim("  "),
            source.day(note.said_on),
            dim("  "),
            link(note.code, "note", note.id),
            indent=2,
        )
    )


def _contrary(source: Source, belief: Hypothesis) -> Iterator[Line]:
    if source.state.facts is None:
        return iter(())
    piece = strongest_contrary(source.state.facts, belief)
    if piece is None:
        return iter(())
    note = source.note_rows([piece.note.id]).get(piece.note.id)
    if note is None:
        return iter(())
    answer = strong(f"{stance_text(piece.evidence.stance, piece.evidence.strength)}  ")
    return section(t("What speaks most against it"), [said(note, source, answer)])


def _pieces(source: Source) -> Iterator[Line]:
    """The evidence as it is linked, while the rules have not run."""
    pieces = source.backlinks("evidence")
    notes = source.note_rows(str(each.facts["note_id"]) for each in pieces)
    return section(
        t("Evidence"),
        (
            said(
                notes[each.facts["note_id"]],
                source,
                strong(f"{stance_text(str(each.facts['stance']), int(each.facts['strength']))}  "),
            )
            for each in pieces
            if each.facts["note_id"] in notes
        ),
    )


def _settled(source: Source, belief: Hypothesis) -> Iterator[Line]:
    ruled = (source.day(belief.verdict_on), belief.verdict_by, belief.verdict_reason)
    return section(
        t("Verdict"),
        present(
            (
                listed(t("Ruled"), ruled),
                named(t("Learned"), belief.learned),
                named(t("Therefore"), belief.therefore),
                named(t("Lowered"), belief.lowered_reason),
            )
        )
        if belief.verdict_on or belief.learned or belief.therefore or belief.lowered_reason
        else (),
    )


def _lineage(source: Source, belief: Hypothesis | None) -> Iterator[Line]:
    """The line of descent, oldest first, what each became, and what it is a risk of."""
    facts = source.state.facts
    customers = [line(label(t("risk of") + " "), to_record(each)) for each in source.links("customer_id")]
    if facts is None or belief is None:
        linked = [*source.links("parent_id"), *source.backlinks("hypothesis", "parent_id")]
        return section(t("Lineage"), (*customers, *(item(source, each) for each in linked)))
    policy = policy_of(facts, source.state.playbook)
    *before, here = line_of_descent(facts, belief, policy)
    children = cast("list[Hypothesis]", facts.linked("hypothesis", "parent_id", belief.id))
    after = [generation_of(facts, each, policy) for each in children]
    lines = [row for each in before for row in _generation(source, t("from"), each)]
    if here.parent is not None:
        lines.append(line(label(f"{t('this')} "), *joined(_birth(source, here)), indent=2))
    lines += [row for each in after for row in _generation(source, t("became"), each)]
    return section(t("Lineage"), (*customers, *lines))


def _generation(source: Source, word: str, one: Generation) -> Iterator[Line]:
    belief = one.belief
    sign = sign_of(HYPOTHESIS_STATES, belief.state)
    name = link(f"{belief.code} {belief.statement}", "hypothesis", belief.id)
    yield line(label(f"{word} "), name, dim(f"  {sign.text}"), indent=2)
    counts = t("{yes} yes, {no} no, {maybe} maybe", yes=one.yes, no=one.no, maybe=one.maybe)
    yield line("  ", *joined((*_birth(source, one), counts)), indent=2)


def _birth(source: Source, one: Generation) -> tuple[Span | str | None, ...]:
    """How a belief came to be: kind of change, gate, day."""
    kinds = {each.id: t(each.title) for each in source.state.playbook.pivot_kinds}
    kind = kinds.get(str(one.belief.pivot_kind), "") if one.belief.pivot_kind else ""
    gate = link(name_of(one.gate), "gate", one.gate.id) if one.gate is not None else None
    return (kind, gate, source.day(one.born_on))
