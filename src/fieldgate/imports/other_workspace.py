"""Another workspace, brought into this one as new records: people, beliefs, meetings, what was said, requests.

Its gates, its cards of the journey, its founders and its numbers stay behind: a workspace has its own. Founders are
known again by their handles, cards by their codes. A sync meeting belongs to a gate, so it comes as a meeting of
another kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from fieldgate.domain.folding import same
from fieldgate.domain.identity import named_id
from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.journey import Touchpoint
from fieldgate.domain.records.learning import Meeting, MeetingKind
from fieldgate.domain.records.people import Member
from fieldgate.domain.records.record import Record
from fieldgate.imports.harvest import Harvest

BROUGHT = ("customer", "hypothesis", "meeting", "note", "requirement", "action", "evidence")
"""The kinds that come along."""

_OWN = frozenset({"id", "code", "former_codes", "updated_at", "updated_by", "conflicts", "deleted_at", "created_by"})
_BALLOT = ("proposal", "agree_custdev", "agree_proddev", "agree_reason", "gate_id")


def read_workspace(records: Iterable[Record], harvest: Harvest) -> None:
    """Draft the records of another workspace; archived ones are left behind."""
    found = [each for each in records if each.live]
    ids = _ids(found, harvest)
    for each in found:
        kind = KIND_OF[type(each)]
        if kind not in BROUGHT:
            continue
        values = {each_field.name: _value(each_field.name, getattr(each, each_field.name), ids)
                  for each_field in fields(each) if each_field.name not in _OWN}  # fmt: skip
        if isinstance(each, Meeting) and each.kind is MeetingKind.SYNC:
            values.update({"kind": MeetingKind.OTHER, **dict.fromkeys(_BALLOT)})
        if kind == "evidence" and not (values["note_id"] and values["hypothesis_id"]):
            continue
        if kind == "evidence":
            harvest.add_named(
                kind, named_id(harvest.facts.workspace.id, kind, values["note_id"], values["hypothesis_id"]), values
            )
        else:
            harvest.add(kind, ("workspace", each.id), kind, **values)


def _ids(records: Iterable[Record], harvest: Harvest) -> dict[str, str]:
    """Old id to new id, of what comes along and of what is known again here."""
    ids: dict[str, str] = {}
    for each in records:
        kind = KIND_OF[type(each)]
        if kind in BROUGHT:
            ids[each.id] = named_id(harvest.facts.workspace.id, kind, "import", "workspace", each.id)
        elif isinstance(each, Member):
            ours = (one.id for one in harvest.facts.members.values() if same(one.handle, each.handle))
            ids[each.id] = next(ours, "")
        elif isinstance(each, Touchpoint):
            cards = harvest.facts.tables["touchpoint"].values()
            ids[each.id] = next((one.id for one in cards if isinstance(one, Touchpoint) and one.code == each.code), "")
    return ids


def _value(name: str, value: Any, ids: Mapping[str, str]) -> Any:
    if name in {"members", "carried"}:
        return frozenset(ids[each] for each in value if ids.get(each))
    if name.endswith("_id") or name in {"merged_into", "duplicate_of"}:
        return ids.get(value) or None
    return value
