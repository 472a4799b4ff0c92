"""Earlier contents of a record: all that ever stood in its file, and one of them had back.

Every content that was written here or came in from anywhere is kept, conflict copies and hand edits among them. To have
one back is an act like any other: it can be undone, travels to the other founders, and is refused where it would break
a rule that always holds. The code stays, and so do open conflicts; the bet of a locked hypothesis stays the bet.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from fieldgate.documents.codec import from_document
from fieldgate.documents.frontmatter import digest, dump
from fieldgate.domain.changes import Act, Create, Edit, apply
from fieldgate.domain.invariants import violations
from fieldgate.domain.kinds import kinds
from fieldgate.domain.moves.hypothesis import FROZEN
from fieldgate.domain.moves.move import is_stopped
from fieldgate.domain.moves.scene import name_of
from fieldgate.errors import FormatError, NotFoundError, RefusedError
from fieldgate.values import dataclass
from fieldgate.words import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from fieldgate.documents.codec import Parsed
    from fieldgate.documents.document import Version
    from fieldgate.domain.changes import Change
    from fieldgate.domain.records.record import Record
    from fieldgate.domain.snapshot import Snapshot
    from fieldgate.store.store import Store

_STAYS = frozenset(
    {"id", "created_at", "created_by", "updated_at", "updated_by", "code", "former_codes", "conflicts", "snoozes",
     "snoozed_until", "deleted_at"}
)  # fmt: skip
"""Fields that are no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One content of a record. `number` counts from 1, the oldest; it stays, since nothing kept is thrown away.

    `kept_at`: since when it is kept here. `by`, `at`: who changed the record to this, and when, as its file says.
    """

    number: int
    kept_at: datetime
    by: str
    at: str
    is_current: bool
    version: Version

    @property
    def record_id(self) -> str:
        """Whose content it is."""
        return self.version.document.id

    @property
    def text(self) -> str:
        """What stood in the file."""
        return dump(self.version)

    @property
    def first_line(self) -> str:
        """The first line of its long text, or its title."""
        head = self.version.document.head
        lines = (line for line in self.version.document.body.split("\n") if line.strip() and not line.startswith("# "))
        return next(lines, str(head.get("title", head.get("name", head.get("topic", "")))))


def earlier_of(store: Store, record_id: str) -> list[Earlier]:
    """Return every content of a record, the newest first; each content once."""
    kept = store.dated_versions(record_id)
    heads = store.heads([record_id])
    held = heads[record_id].digest if record_id in heads else ""
    current = next((_content(each) for _, each in kept if digest(each.document) == held), "")
    found: dict[str, Earlier] = {}
    for kept_at, version in kept:
        content = _content(version)
        if content in found:
            continue
        head = version.document.head
        found[content] = Earlier(
            number=len(found) + 1,
            kept_at=kept_at,
            by=str(head.get("updated_by", "")),
            at=str(head.get("updated_at", "")),
            is_current=content == current,
            version=version,
        )
    return list(reversed(found.values()))


def _content(version: Version) -> str:
    """What tells one content from another: who wrote it when is none of it."""
    document = version.document
    head = {name: value for name, value in document.head.items() if name not in {"updated_at", "updated_by"}}
    return digest(replace(document, head=head))


def numbered(store: Store, record_id: str, number: int) -> Earlier:
    """Return one content of a record by its number.

    Raises:
        NotFoundError: It has no content of that number.
    """
    found = {each.number: each for each in earlier_of(store, record_id)}
    if number not in found:
        message = t("There is no version {n}; there are {all}.", n=number, all=len(found))
        raise NotFoundError(message, t("`fieldgate versions CODE` lists them."), str(number))
    return found[number]


def with_content(store: Store, record_id: str, mark: str) -> Earlier | None:
    """Return the content of a record that has a digest; None if it was never kept."""
    wanted = next((_content(each) for each in store.versions(record_id) if digest(each.document) == mark), "")
    return next((each for each in earlier_of(store, record_id) if _content(each.version) == wanted), None)


def bringing_back(facts: Snapshot, wanted: Sequence[tuple[Record, Earlier]], moment: datetime) -> Act:
    """Work out the act that gives records earlier contents.

    Args:
        facts: The facts it is judged by.
        wanted: Each record as it is, whole, with the content that it gets.
        moment: When it is done.

    Raises:
        RefusedError: All say that already, the workspace is stopped, or a rule that always holds would not.
    """
    first, chosen = wanted[0]
    if is_stopped(facts):
        raise RefusedError(t("The workspace is stopped: re-open it first."), "", name_of(first))
    changes: list[Change] = []
    for now, each in wanted:
        parsed = _parsed(each, facts.workspace.id)
        changes += [*_of_record(now, parsed), *_of_pieces(facts, now, parsed, moment)]
    if not changes:
        raise RefusedError(t("{name} says that already.", name=name_of(first)), "", name_of(first))
    broken = sorted(set(violations(apply(facts, changes))) - set(violations(facts)))
    if broken:
        message = t("Version {n} does not fit what was decided since: {reason}", n=chosen.number, reason=broken[0])
        hint = t("Its text can be read and copied: fieldgate versions CODE NUMBER")
        raise RefusedError(message, hint, name_of(first))
    words = t("{name}: version {n} is back", name=name_of(first), n=chosen.number)
    if len(wanted) > 1:
        words = t("{n} records say again what they said before", n=len(wanted))
    return Act(action="update", changes=tuple(changes), words=words)


def _parsed(chosen: Earlier, workspace_id: str) -> Parsed:
    try:
        return from_document(chosen.version.document, "", workspace_id=workspace_id)
    except FormatError as error:  # it came from a file that was never understood whole
        message = t("Version {n} cannot be a record: {reason}", n=chosen.number, reason=error.message)
        raise RefusedError(message, error.hint) from error


def _of_record(now: Record, parsed: Parsed) -> Iterator[Change]:
    then = parsed.record
    if then is None or type(then) is not type(now):
        return
    stays = _STAYS | _bet(now, then)
    names = [each.name for each in fields(now) if each.name not in stays]
    values: dict[str, Any] = {name: getattr(then, name) for name in names if getattr(then, name) != getattr(now, name)}
    if now.deleted_at is not None and then.deleted_at is None:
        values["deleted_at"] = None
    if values:
        yield Edit(parsed.document.kind, now.id, values)


def _bet(now: Record, then: Record) -> frozenset[str]:
    """The fields of a locked hypothesis that no earlier content changes, one of the same bet excepted."""
    locked = getattr(now, "locked_at", None)
    if locked is None or getattr(then, "locked_at", None) == locked:
        return frozenset()
    return frozenset(FROZEN) | {each.name for each in kinds()["hypothesis"].fields.values() if each.group}


def _of_pieces(facts: Snapshot, now: Record, parsed: Parsed, moment: datetime) -> Iterator[Change]:
    """The evidence of a note and the checks of an owner as they were; what came later is archived."""
    yield from _settled("evidence", _there(facts, "evidence", now.id), parsed.evidence, moment)
    yield from _settled("check", _there(facts, "check", now.id), parsed.checks, moment)


def _there(facts: Snapshot, kind: str, owner: str) -> dict[str, Record]:
    names = ("note_id",) if kind == "evidence" else ("touchpoint_id", "customer_id", "gate_id")
    rows = facts.tables[kind].values()
    return {each.id: each for each in rows if any(getattr(each, name, None) == owner for name in names)}


def _settled(kind: str, there: dict[str, Record], then: Iterable[Record], moment: datetime) -> Iterator[Change]:
    wanted = {each.id: each for each in then}
    for row_id, piece in wanted.items():
        old = there.get(row_id)
        if old is None:
            yield Create(piece)
            continue
        same = replace(piece, **{name: getattr(old, name) for name in _STAYS - {"deleted_at"} if hasattr(old, name)})
        names = [each.name for each in fields(old) if getattr(same, each.name) != getattr(old, each.name)]
        if names:
            yield Edit(kind, row_id, {name: getattr(same, name) for name in names})
    for row_id, old in there.items():
        if row_id not in wanted and old.live:
            yield Edit(kind, row_id, {"deleted_at": moment})
