"""Fields: which fields of each kind a person fills in directly, as the asks of its forms.

What a transition sets (states, verdicts, outcomes, ballots) is not here: it has a move of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from fieldgate.domain.moves.ask import Answers, Ask
from fieldgate.domain.moves.choices import choices
from fieldgate.domain.moves.scene import Scene
from fieldgate.domain.records.journey import Function, Phase, Proof
from fieldgate.domain.records.learning import Area, Mark, MeetingKind, NoteKind, Purpose, Step, Theme
from fieldgate.domain.records.people import Cadence, CustomerStatus, MarketType, Role, Team, VisitCadence
from fieldgate.domain.records.work import Stage, Urgency
from fieldgate.words import mark


def _choice(name: str, words: str, enum: type[StrEnum], *, required: bool = False) -> Ask:
    return Ask(name=name, words=words, holds="choice", enum=enum, choices=choices(enum), required=required)


def _ask(name: str, words: str, holds: str = "text", *, required: bool = False, **more: Any) -> Ask:
    return Ask(name=name, words=words, holds=holds, required=required, **more)


_RISK_REWARD = (
    _ask("leave", mark("do we lose a customer by leaving it"), "yesno"),
    _ask("faster", mark("does it bring customers sooner"), "yesno"),
    _ask("safer", mark("are we less exposed if it comes first"), "yesno"),
)

FIELDS: Mapping[str, tuple[Ask, ...]] = MappingProxyType(
    {
        "workspace": (
            _ask("name", mark("name"), required=True),
            _ask("vision", mark("vision"), "long", required=True),
            _ask("lead_segment", mark("lead segment")),
            _choice("market_type", mark("market type"), MarketType),
        ),
        "member": (
            _ask("handle", mark("handle"), required=True),
            _ask("name", mark("name"), required=True),
            _choice("team", mark("team"), Team, required=True),
            _ask("key", mark("key person of the team"), "yesno"),
            _ask("active", mark("active"), "yesno"),
        ),
        "customer": (
            _ask("name", mark("name"), required=True),
            _ask("segment", mark("segment")),
            _choice("status", mark("status"), CustomerStatus),
            _choice("role", mark("role in the purchase"), Role),
            _ask("awareness", mark("awareness, 0 to 5"), "number", low=0, high=5),
            _ask("contact", mark("contact: name, department, position"), "lines"),
            _choice("cadence", mark("regular meeting"), Cadence),
            _choice("visit_cadence", mark("regular visit"), VisitCadence),
            _ask("emergency_contact", mark("emergency contacts on our side"), "lines"),
            _ask("channels", mark("channels, in order"), "lines"),
            _ask("account_rank", mark("rank among strategic accounts"), "number", low=1, high=9999),
        ),
        "hypothesis": (
            _ask("statement", mark("statement"), "long", required=True),
            _choice("area", mark("area"), Area, required=True),
            _choice("step", mark("step in which it must be settled"), Step, required=True),
            _ask("importance", mark("importance, 1 to 5"), "number", low=1, high=5),
            _ask("prediction", mark("prediction: what we say we will see"), "lines"),
            _ask("metric", mark("metric: how it is counted")),
            _ask("target_n", mark("firm answers wanted"), "number", low=1, high=1000),
            _ask("pass_pct", mark("share of yes that passes, 1 to 100"), "number", low=1, high=100),
            _ask("due", mark("due date"), "date"),
            _ask("segment", mark("segment, empty for everyone")),
            _ask("therefore", mark("therefore: what follows"), "lines"),
            _ask("customer_id", mark("customer whose project it is a risk of"), "link:customer"),
        ),
        "meeting": (
            _choice("kind", mark("kind"), MeetingKind),
            _ask("topic", mark("topic"), required=True),
            _ask("date", mark("date"), "date", required=True),
            _ask("start", mark("from"), "time"),
            _ask("end", mark("to"), "time"),
            _ask("place", mark("place")),
            _ask("customer_id", mark("customer"), "link:customer"),
            _ask("members", mark("who of us takes part"), "links:member"),
            _ask("others", mark("who of them takes part"), "lines"),
            _choice("purpose", mark("purpose"), Purpose),
            _ask("body", mark("minutes"), "long"),
            _ask("chair", mark("chair")),
            _choice("theme", mark("theme"), Theme),
        ),
        "note": (
            _ask("text", mark("text"), "long", required=True),
            _choice("kind", mark("kind"), NoteKind),
            _ask("said_on", mark("said on"), "date", required=True),
            _ask("meeting_id", mark("meeting"), "link:meeting"),
            _ask("customer_id", mark("customer"), "link:customer"),
            _choice("mark", mark("mark"), Mark),
        ),
        "touchpoint": (
            _ask("title", mark("title"), required=True),
            _ask("owner", mark("owner")),
            _ask("gap", mark("what the gap is"), "lines"),
            _ask("answer", mark("answer"), "long"),
            *_RISK_REWARD,
            _ask("kpi_name", mark("indicator")),
            _ask("kpi_unit", mark("unit")),
            _ask("kpi_target", mark("target"), "decimal"),
            _ask("goal", mark("what the customer wants here"), "lines"),
            _ask("goes_in", mark("what the customer brings"), "lines"),
            _ask("comes_out", mark("what the customer takes away"), "lines"),
            _ask("position", mark("place on the map"), "number"),
        ),
        "check": (
            _ask("note", mark("note"), "lines"),
            _ask("measure", mark("measure")),
            _ask("target", mark("target")),
            _ask("result", mark("result")),
            _choice("proof", mark("proof"), Proof),
            _ask("meeting_id", mark("meeting"), "link:meeting"),
        ),
        "requirement": (
            _ask("description", mark("description of the problem"), "long", required=True),
            _ask("category", mark("product category")),
            _choice("urgency", mark("urgency"), Urgency),
            _ask("customer_id", mark("customer"), "link:customer"),
            _ask("department", mark("department")),
            _choice("stage", mark("stage"), Stage),
            _ask("reported_by", mark("reported by")),
            _ask("reported_at", mark("reported at"), "date", required=True),
            _ask("follower", mark("followed up by")),
            _ask("screenshot", mark("screenshot"), "path"),
            _ask("remarks", mark("remarks"), "lines"),
            _ask("touchpoint_id", mark("touchpoint"), "link:touchpoint"),
            *_RISK_REWARD,
        ),
        "action": (
            _ask("text", mark("text"), required=True),
            _ask("owner", mark("owner")),
            _ask("milestone", mark("milestone"), "yesno"),
            _ask("meeting_id", mark("meeting"), "link:meeting"),
            _ask("customer_id", mark("customer"), "link:customer"),
            _ask("hypothesis_id", mark("hypothesis"), "link:hypothesis"),
            _ask("touchpoint_id", mark("touchpoint"), "link:touchpoint"),
            _ask("requirement_id", mark("requirement"), "link:requirement"),
        ),
        "gate": (_ask("stop_if", mark("the state of the world on that day that means we stop"), "lines"),),
    }
)
"""The fields of each kind that a form may change, in the order of the form."""

PLACE = (
    _choice("phase", mark("phase"), Phase, required=True),
    _choice("function", mark("function"), Function, required=True),
)
"""Where a card of one's own belongs."""


def asked(kind: str, *names: str, **changes: Any) -> tuple[Ask, ...]:
    """Take some asks of a kind (all without names) for another move, changed alike."""
    found = {ask.name: ask for ask in FIELDS[kind]}
    return tuple(replace(found[name], **changes) for name in (names or found))


def current(name: str) -> Any:
    """Make the default that shows what the record has now."""

    def now(scene: Scene[Any]) -> object:
        return getattr(scene.record, name)

    return now


def kept_asks(kind: str, *names: str, required: bool = True) -> tuple[Ask, ...]:
    """Take some asks of a kind with what the record has now standing in them."""
    return tuple(replace(ask, default=current(ask.name), required=required) for ask in asked(kind, *names))


def stored(answers: Answers, names: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> dict[str, Any]:
    """The answers as fields hold them: several links are a set."""
    return {name: frozenset(answers[name] or ()) if name == "members" else answers[name] for name in names}
