"""The pivot tree: which belief came out of which, and what changed at each fork; Enter opens a belief or its gate."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldgate.domain.gates import policy_of
from fieldgate.domain.lineage import Branch, Generation, pivot_tree
from fieldgate.domain.moves.scene import name_of
from fieldgate.ui.messages import OpenRequested
from fieldgate.ui.screens.paper import Sheet, show_paper
from fieldgate.ui.screens.pivot_choices import kind_words
from fieldgate.ui.widgets.signs import HYPOTHESIS_STATES, day_text, sign_of
from fieldgate.ui.widgets.spans import BLANK, Line, Span, dim, label, line, link, strong
from fieldgate.words import mark, t

if TYPE_CHECKING:
    from datetime import date

    from fieldgate.ui.screens.desk import DeskScreen
    from fieldgate.workspace.service import Workspace

_FORK = 3
"""Cells that one fork takes."""
_DEEPEST = 30
"""Cells of stems that leave room for the statements at 80 columns."""
_FIELDS = {
    "statement": mark("statement"),
    "segment": mark("segment"),
    "area": mark("area"),
    "step": mark("step"),
    "importance": mark("importance"),
}


def show(desk: "DeskScreen") -> None:
    """Show the tree."""

    def left(place: tuple[str, str] | None) -> None:
        if place is not None:
            desk.post_message(OpenRequested(*place))

    show_paper(desk.app, desk.keymap, sheet_of, left)


def sheet_of(workspace: "Workspace") -> Sheet:
    """Draw the tree."""
    facts, today = workspace.facts, workspace.clock.today()
    branches = pivot_tree(facts, policy_of(facts, workspace.playbook))
    grown = [each for each in branches if each.depth or each.children]
    alone = [each.generation.belief for each in branches if not each.depth and not each.children]
    lines = [row for branch in grown for row in _lines(branch, today)]
    if not grown:
        lines.append(line(t("No belief came out of another one yet. A pivot, or narrowing a belief, makes a fork.")))
    if alone:
        lines += [BLANK, line(strong(t("Never changed")))]
        lines += [line(link(f"{each.code} {each.statement}", "hypothesis", each.id), indent=4) for each in alone]
    return Sheet(title=t("Pivot tree"), lines=lines)


def _lines(branch: Branch, today: "date") -> Iterator[Line]:
    one = branch.generation
    belief = one.belief
    if not branch.depth:
        yield BLANK
    lead, follow = _stems(branch)
    sign = sign_of(HYPOTHESIS_STATES, belief.state)
    name = f"{belief.code} {belief.statement}"
    yield line(dim(lead), link(name, "hypothesis", belief.id), f"  {sign.text}", follow=follow)
    yield line(dim(follow), *_fork(one, today), follow=follow)
    counts = t("{yes} yes, {no} no, {maybe} maybe", yes=one.yes, no=one.no, maybe=one.maybe)
    settled = t(" · {state} {day}", state=t(belief.state.value), day=day_text(one.settled_on, today))
    yield line(dim(follow), dim(counts + (settled if one.settled_on else "")), follow=follow)
    if belief.verdict_reason:
        yield line(dim(follow), label(t("why ")), belief.verdict_reason, follow=follow)


def _stems(branch: Branch) -> tuple[str, str]:
    """Return what stands before the first and the further rows of a belief; of a long line of descent the last forks."""
    hidden = max(0, len(branch.follow) - _DEEPEST) // _FORK * _FORK
    if not hidden:
        return branch.lead, branch.follow
    return f"… {branch.lead[hidden:]}", f"  {branch.follow[hidden:]}"


def _fork(one: Generation, today: "date") -> Iterator[Span]:
    belief = one.belief
    if one.parent is None:
        yield dim(t("written {day}", day=day_text(one.born_on, today)))
        return
    kind = kind_words(belief.pivot_kind) if belief.pivot_kind else t("changed")
    yield label(f"{kind} · ")
    yield dim(day_text(one.born_on, today))
    if one.gate is not None:
        yield dim(" · ")
        yield link(name_of(one.gate), "gate", one.gate.id)
    if one.changed:
        yield dim(t(" · other: {fields}", fields=", ".join(t(_FIELDS[name]) for name in one.changed)))
    if "segment" in one.changed:
        segment = belief.segment or t("everyone")
        yield dim(t(" · for {segment}", segment=segment))
