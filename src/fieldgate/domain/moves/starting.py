"""Starting: everything a new workspace holds on its first day.

The workspace with its vision, the founders of both teams (one may be both), the gate of discovery
round 1 with the two lines written at opening, the core set of the journey with its questions, and one draft hypothesis
for each starter prompt that was answered.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from fieldgate.domain.changes import Create
from fieldgate.domain.folding import fold
from fieldgate.domain.moves.ask import refusal
from fieldgate.domain.moves.choices import word_of
from fieldgate.domain.moves.making import card_changes, new_hypothesis, opened_gate
from fieldgate.domain.moves.scene import Scene, stamp
from fieldgate.domain.occasion import Occasion
from fieldgate.domain.records.learning import Area, Step
from fieldgate.domain.records.people import MarketType, Member, Team, Workspace
from fieldgate.domain.snapshot import snapshot_of
from fieldgate.values import dataclass
from fieldgate.words import t


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """One of us, as named when a workspace is made."""

    handle: str
    name: str
    team: Team
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is asked when a workspace is made. `beliefs`: id of a starter prompt to the statement that answers it."""

    name: str
    vision: str
    founders: tuple[Founder, ...]
    lead_segment: str | None = None
    market_type: MarketType | None = None
    decide_by: date | None = None
    stop_if: str = ""
    beliefs: Mapping[str, str]
    core: bool = True
    """Bring the core set of the journey along."""


def new_workspace(start: Start, occasion: Occasion, workspace_id: str) -> tuple[Create, ...]:
    """Make the records of a new workspace.

    Raises:
        RefusedError: The name, the vision or a team is missing, or a prompt is unknown; `missing` names each.
    """
    lacking = tuple(_lacking(start, occasion))
    if lacking:
        raise refusal(*lacking)
    workspace = Workspace(
        **stamp(occasion, workspace_id),
        name=start.name.strip(),
        vision=start.vision.strip(),
        lead_segment=start.lead_segment or None,
        market_type=start.market_type,
    )
    facts = snapshot_of([workspace])
    scene = Scene(facts=facts, record=workspace, occasion=occasion)
    made: list[Create] = [Create(workspace)]
    for each in start.founders:
        founder = stamp(occasion, scene.named("member", each.handle))
        member = Member(**founder, handle=each.handle.strip(), name=each.name.strip(), team=each.team, key=each.key)
        made.append(Create(member))
    decide_by = start.decide_by or occasion.today + timedelta(days=scene.policy.step_days[Step.DISCOVERY])
    made += _creates(opened_gate(scene, Step.DISCOVERY, decide_by, start.stop_if, None))
    playbook = occasion.playbook
    for card in playbook.core_cards() if start.core else ():
        made += _creates(card_changes(scene, card, playbook.card_checks(card.code)))
    return (*made, *_beliefs(scene, start))


def _beliefs(scene: Scene[Workspace], start: Start) -> Iterable[Create]:
    prompts = [each for each in scene.occasion.playbook.prompts if start.beliefs.get(each.id, "").strip()]
    for number, prompt in enumerate(prompts, 1):
        yield Create(
            new_hypothesis(
                scene,
                start.beliefs[prompt.id].strip(),
                Area(prompt.area),
                Step(prompt.step) if prompt.step else Step.DISCOVERY,
                importance=prompt.importance,
                code=f"H{number}",
            )
        )


def _lacking(start: Start, occasion: Occasion) -> Iterable[str]:
    if not start.name.strip():
        yield t("The workspace needs a name.")
    if not start.vision.strip():
        yield t("The workspace needs its vision: it is where the first hypotheses come from.")
    teams = {each.team for each in start.founders}
    if Team.BOTH not in teams:
        for team in (Team.CUSTDEV, Team.PRODDEV):
            if team not in teams:
                yield t("Name who is {team}; one founder may be both.", team=word_of(team))
    if any(not each.handle.strip() or not each.name.strip() for each in start.founders):
        yield t("Every founder needs a handle and a name.")
    if len({fold(each.handle.strip()) for each in start.founders}) < len(start.founders):
        yield t("Two founders have the same handle.")
    known = {each.id for each in occasion.playbook.prompts}
    for unknown in sorted(set(start.beliefs) - known):
        yield t("There is no starter prompt {name}.", name=unknown)
    if start.decide_by is not None and start.decide_by < occasion.today:
        yield t("The first gate needs a day of today or later to be decided by.")


def _creates(changes: Iterable[object]) -> Iterable[Create]:
    """In an empty workspace everything is created: nothing is there to be changed."""
    return (each for each in changes if isinstance(each, Create))
