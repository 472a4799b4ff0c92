"""The playbook: steps, gate criteria, the journey catalogue, prompts and texts, with the policy that sets the numbers.

Values only: `playbook_building` makes them from plain data, `workspace.playbook_files` finds the files.
A number that a team may change is a policy key and lives in the workspace record; everything else here is text,
criteria and catalogue, which a team may add to by hand in `playbook.yaml`.
"""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from fieldgate.domain.policy import Policy
from fieldgate.errors import NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

NEVER_WAIVED = ("open", "maybe", "sync")
"""Last parts of the criteria that every gate has and that no gate may set not applicable, in their order."""

NO_ARGS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the four steps of customer development, in the words that a founder reads."""

    id: str
    title: str
    purpose: str
    question: str
    phases: tuple[str, ...]
    """Journey phases in focus while this step's gate is open."""
    areas: tuple[str, ...]
    """Areas of the beliefs to test in it."""
    activities: tuple[str, ...]
    trap: str
    entry: str = ""
    sells: str = ""
    teams: str = ""
    spending: str = ""
    also: tuple[str, ...] = ()
    """Other names of the step, which find it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One condition of a criterion: a measure by name, with its arguments; "$key" stands for a policy number."""

    measure: str
    args: Mapping[str, object] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a gate: met when all its needs are met.

    Ids are `<step>.<name>` and stable. `attested` means that a person answers `check` yes or no on
    the gate; such a criterion may have measured needs beside it.
    """

    id: str
    step: str
    title: str
    kind: Literal["auto", "attested"]
    needs: tuple[Need, ...]
    check: str = ""
    """The sentence a person attests, policy numbers filled in; empty when everything is measured."""
    waivable: bool = True
    """May be set not applicable with a reason; never for `.open`, `.maybe`, `.sync`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """The indicator that belongs to one card of the catalogue."""

    card: str
    name: str
    unit: str
    good: Literal["lower", "higher"]
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One touchpoint of the catalogue, with the "how" questions that become its checks."""

    code: str
    phase: str
    function: str
    title: str
    core: bool
    """Loaded into a new workspace; the others are one key away."""
    questions: tuple[str, ...]
    origin: Literal["catalogue", "derived"]
    kpi: Kpi | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of the customer journey."""

    id: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the company that serves customers."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question that starts one draft hypothesis; `step` is empty where the current step is meant."""

    id: str
    area: str
    step: str
    text: str
    importance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """The words of one yes/no check, by the key under which its owner keeps the answer."""

    key: str
    text: str
    """The sentence that is answered; becomes `Check.text`."""
    title: str = ""
    level: str = ""
    """`build` or `benefit` of acceptance; `running` or `end` of project management: asked again, or once at the end."""
    ask: str = ""
    """What to ask the customer to find the answer."""
    if_missing: str = ""
    functions: tuple[str, ...] = ()
    """Functions of the company whose fit card has this check; empty means all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What an answer of one strength is worth, 0 to 4."""

    value: int
    name: str
    customer: str
    """What the customer does."""
    examples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value of an enum with the words a person reads for it: marks, meeting kinds, pivot kinds, market types."""

    id: str
    title: str
    text: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How to ask so that answers are worth something."""

    advice: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    habits: tuple[str, ...]
    """Before, after and at the end of a meeting."""
    sale_path: tuple[str, ...]
    """What makes up the path of a sale."""
    strength_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """All of it, in the order in which it is shown."""

    policy: Policy
    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    """By step, and within a step in the order of its gate."""
    phases: tuple[Phase, ...]
    functions: tuple[Function, ...]
    cards: Mapping[str, Card]
    """By code, in catalogue order: phase, function, number."""
    prompts: tuple[Prompt, ...]
    traits: tuple[CheckText, ...]
    acceptance: tuple[CheckText, ...]
    """Without `accept.feasible`, which has no measure and target."""
    feasible: CheckText
    project_checks: tuple[CheckText, ...]
    fit_checks: tuple[CheckText, ...]
    risk_reward: tuple[CheckText, ...]
    """`leave`, `faster`, `safer`: asked of every decision on a gap or a requirement."""
    asking: Asking
    strengths: tuple[Strength, ...]
    marks: tuple[Entry, ...]
    meeting_kinds: tuple[Entry, ...]
    pivot_kinds: tuple[Entry, ...]
    market_types: tuple[Entry, ...]

    def step(self, name: str) -> Step:
        """Find a step by its id or by one of its other names, however spaced and cased.

        Raises:
            NotFoundError: There is no such step.
        """
        wanted = _plain_name(name)
        for step in self.steps:
            if wanted in (step.id, *map(_plain_name, (step.title, *step.also))):
                return step
        ids = ", ".join(step.id for step in self.steps)
        raise NotFoundError(t("There is no step {name}.", name=name), t("The steps are {ids}.", ids=ids), name)

    def criteria_of(self, step: str) -> tuple[Criterion, ...]:
        """The criteria of a step's gate, in their order."""
        return tuple(criterion for criterion in self.criteria if criterion.step == step)

    def resolve(self, need: Need) -> Mapping[str, object]:
        """The arguments of a need with its policy numbers filled in."""
        return {name: self._number(value) for name, value in need.args.items()}

    def _number(self, value: object) -> object:
        if isinstance(value, str) and value.startswith("$"):
            return getattr(self.policy, value[1:])
        return value

    def core_cards(self) -> tuple[Card, ...]:
        """The cards that a new workspace starts with."""
        return tuple(card for card in self.cards.values() if card.core)

    def card(self, code: str) -> Card:
        """A card by its code; `<phase>-<function>-00` is the fit card of that cell, made here.

        Raises:
            NotFoundError: The catalogue has no such card.
        """
        found = self.cards.get(code) or self._fit_card(code)
        if found is None:
            message = t("The catalogue has no card {code}.", code=code)
            raise NotFoundError(message, t("Codes look like BY-SAL-10: phase, function, number."), code)
        return found

    def fit_cards(self) -> tuple[Card, ...]:
        """The fit cards of all cells, phase by phase."""
        return tuple(self.card(f"{phase.id}-{function.id}-00") for phase in self.phases for function in self.functions)

    def _fit_card(self, code: str) -> Card | None:
        """Every cell has a fit card, never core, read by no criterion, which wins supporters."""
        phase_id, _, rest = code.partition("-")
        function_id, _, number = rest.partition("-")
        phase = next((one for one in self.phases if one.id == phase_id), None)
        function = next((one for one in self.functions if one.id == function_id), None)
        if number != "00" or phase is None or function is None:
            return None
        return Card(
            code=code,
            phase=phase_id,
            function=function_id,
            title=t("How {function} fits into {phase}", function=t(function.title), phase=t(phase.title)),
            core=False,
            questions=tuple(check.text for check in self._fit_checks_of(function_id)),
            origin="catalogue",
        )

    def _fit_checks_of(self, function: str) -> tuple[CheckText, ...]:
        return tuple(check for check in self.fit_checks if not check.functions or function in check.functions)

    def card_checks(self, code: str) -> tuple[CheckText, ...]:
        """The checks a touchpoint of this card is created with: `how.1`, `how.2` …, or those of a fit card."""
        card = self.card(code)
        if code.endswith("-00"):
            return self._fit_checks_of(card.function)
        return tuple(CheckText(key=f"how.{n}", text=text) for n, text in enumerate(card.questions, start=1))


def _plain_name(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())
