"""Templates: what a new workspace takes from an old one. Everything gets a new id; nothing that was learned comes along.

Taken: vision, first segment, founders, numbers of the policy, the cards of the journey that are there (all of them
unasked again) and the beliefs that are still held, as drafts. Customers, meetings, notes and evidence stay behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fieldgate.domain.records.journey import Origin, Touchpoint
from fieldgate.domain.records.learning import Hypothesis, HypothesisState
from fieldgate.domain.records.people import Member, Team
from fieldgate.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldgate.domain.playbook import Playbook
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.workspace.service import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a new workspace takes from an old one; `custdev` and `proddev` are founders as they are typed."""

    vision: str
    segment: str | None
    custdev: str
    proddev: str
    policy: Mapping[str, object]
    cards: tuple[str, ...]
    """Codes of the catalogue."""
    own_cards: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    """Phase, function, title and questions of cards of one's own."""
    beliefs: tuple[tuple[str, str, str, int], ...]
    """Statement, area, step and importance."""

    def put_into(self, workspace: Workspace) -> None:
        """Make in a new workspace what its start does not make, each by its move.

        Raises:
            RefusedError: A rule refuses something; what was made before stays.
        """
        for key, value in self.policy.items():
            workspace.perform("workspace.policy", None, {"key": key, "value": str(value)})
        there = {card.code for card in workspace.facts.touchpoints.values() if card.live}
        missing = [code for code in self.cards if code not in there]
        if missing:
            workspace.perform("touchpoint.add", None, {"codes": missing})
        for phase, function, title, questions in self.own_cards:
            answers: dict[str, object] = {
                "phase": phase,
                "function": function,
                "title": title,
                "questions": list(questions),
            }
            workspace.perform("touchpoint.create", None, answers)
        for statement, area, step, importance in self.beliefs:
            belief: dict[str, object] = {"statement": statement, "area": area, "step": step, "importance": importance}
            workspace.perform("hypothesis.create", None, belief)


def template_of(facts: Snapshot, playbook: Playbook) -> Template:
    """Say what a new workspace would take from this one."""
    workspace = facts.workspace
    members = [each for each in cast("list[Member]", facts.live("member")) if each.active]
    cards = sorted(cast("list[Touchpoint]", facts.live("touchpoint")), key=lambda each: each.code)
    own = [each for each in cards if each.origin is Origin.CUSTOM]
    beliefs = sorted(cast("list[Hypothesis]", facts.live("hypothesis")), key=lambda each: (len(each.code), each.code))
    held = [each for each in beliefs if each.state not in {HypothesisState.RETIRED, HypothesisState.REFUTED}]
    return Template(
        vision=workspace.vision,
        segment=workspace.lead_segment,
        custdev=_typed(members, Team.CUSTDEV),
        proddev=_typed(members, Team.PRODDEV),
        policy=dict(workspace.policy),
        cards=tuple(each.code for each in cards if each.code in playbook.cards),
        own_cards=tuple((each.phase, each.function, each.title, _questions(facts, each)) for each in own),
        beliefs=tuple((each.statement, each.area.value, each.step.value, each.importance) for each in held),
    )


def _typed(members: list[Member], team: Team) -> str:
    return ", ".join(f"{each.handle}={each.name}" for each in members if each.team in {team, Team.BOTH})


def _questions(facts: Snapshot, card: Touchpoint) -> tuple[str, ...]:
    checks = facts.linked("check", "touchpoint_id", card.id)
    return tuple(str(getattr(each, "text", "")) for each in checks if getattr(each, "text", "")) or (card.title,)
