"""Records without the people in them: what may be shown to somebody who must not know whom we met.

Every id is drawn anew, customers are called by their code, members M1, M2 and so on. Contacts, names of those present,
places, attachments and who reported a request are gone. Names that are known, of customers, contacts, members and of
the workspace, are replaced wherever they stand in a text, and so are e-mail addresses, web addresses and telephone
numbers. What nobody can replace by rule, such as a name that was only ever said, is for a person to judge.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from unicodedata import normalize

from fieldgate.domain.findings import code_order
from fieldgate.domain.identity import named_id, random_id
from fieldgate.domain.kinds import KIND_OF
from fieldgate.domain.records.journey import Check
from fieldgate.domain.records.learning import Evidence, Hypothesis, Mark, Meeting, Note
from fieldgate.domain.records.people import Customer, Member, Workspace
from fieldgate.domain.records.record import Coded, Record
from fieldgate.values import dataclass

GONE: Mapping[str, frozenset[str]] = {
    "customer": frozenset({"contact", "emergency_contact", "channels"}),
    "meeting": frozenset({"others", "place"}),
    "requirement": frozenset({"reported_by", "screenshot"}),
    "gate": frozenset({"snapshot"}),
}
"""Fields that are left out."""

_HANDLES = frozenset({"created_by", "updated_by", "owner", "follower", "chair", "verdict_by", "answered_by", "handle"})
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_ATTACHED = re.compile(r"\[[^\]\n]*\]\(attachments/[^)\s]*\)")
_PHONE = re.compile(r"(?<![\w-])\+?\(?\d(?:[ ().-]?\d){7,}(?!\w)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_CODE = re.compile(r"[A-Z][1-9][0-9]*(?:'s)?")
_CAPITAL = re.compile(r"(?<=[\w,;:] )([^\W\d_][\w'-]+)")
_SHORT = 3
"""A single word of a name is looked for only if it has at least this many letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguised:
    """Records that name nobody, and what nobody could judge: code of the record and the words to look at."""

    records: tuple[Record, ...]
    unjudged: tuple[tuple[str, str], ...]


def disguise(records: Iterable[Record]) -> Disguised:
    """Take the people out of records; archived ones are left out."""
    live = [each for each in records if each.live]
    names = _Names(live)
    ids = _new_ids(live)
    made = tuple(_without(each, ids, names) for each in live if _is_whole(each, ids))
    return Disguised(records=made, unjudged=tuple(_unjudged(made)))


def _new_ids(records: list[Record]) -> dict[str, str]:
    """Old id to new id. Evidence and checks have the ids that files give them, worked out from the new ids of others."""
    ids = {each.id: random_id() for each in records}
    home = next((ids[each.id] for each in records if isinstance(each, Workspace)), "")
    for each in records:
        if isinstance(each, Evidence) and _is_whole(each, ids):
            ids[each.id] = named_id(home, "evidence", ids[each.note_id], ids[each.hypothesis_id])
        elif isinstance(each, Check) and _is_whole(each, ids):
            ids[each.id] = named_id(home, "check", ids[each.owner_id], each.key)
    return ids


def _is_whole(record: Record, ids: Mapping[str, str]) -> bool:
    """Whether what a record belongs to is there; the answer of an archived note or card goes with it."""
    if isinstance(record, Evidence):
        return record.note_id in ids and record.hypothesis_id in ids
    return not isinstance(record, Check) or record.owner_id in ids


class _Names:
    """Every name that is known, with what stands in its place."""

    def __init__(self, records: list[Record]) -> None:
        members = sorted((each for each in records if isinstance(each, Member)), key=lambda each: each.created_at)
        self.members = {each.id: f"M{number}" for number, each in enumerate(members, 1)}
        self.handles = {_plain(each.handle): self.members[each.id] for each in members}
        known: dict[str, str] = {}
        common = _common_words(records)
        for each in members:
            _learn(known, each.name, self.members[each.id], common)
        for record in records:
            if isinstance(record, Customer):
                for name in (record.name, *_people(record.contact), *_people(record.emergency_contact)):
                    _learn(known, name, f"Customer {record.code}", common)
            elif isinstance(record, Meeting):
                for name in _people(record.others):
                    _learn(known, name, "Someone", common)
            elif isinstance(record, Workspace):
                known.setdefault(_plain(record.name), "Workspace")
        self._known = known
        longest = sorted((each for each in known if each), key=len, reverse=True)
        self._find = re.compile("|".join(_bounded(each) for each in longest), re.IGNORECASE) if longest else None

    def handle(self, text: str) -> str:
        """Return what a member is called; who is no member is nobody in particular."""
        return self.handles.get(_plain(text), "someone") if text else ""

    def hide(self, text: str) -> str:
        """Return a text without the names that are known."""
        text = normalize("NFC", text)
        text = _WEB.sub("[address]", _ADDRESS.sub("[address]", _ATTACHED.sub("[file]", text)))
        text = _PHONE.sub(lambda found: found[0] if _DAY.search(found[0]) else "[number]", text)
        return self._find.sub(lambda found: self._known.get(_plain(found[0]), "Someone"), text) if self._find else text


def _people(text: str | None) -> Iterator[str]:
    """The name that stands first in each line or before each semicolon of a contact."""
    for line in re.split(r"[\n;]", text or ""):
        yield from re.split(r"[,(:/|–—]", line)[:1]


def _common_words(records: Iterable[Record]) -> frozenset[str]:
    """Words that are no names: they also stand in lower case somewhere, or belong to a segment."""
    common: set[str] = set()
    for record in records:
        gone = GONE.get(KIND_OF[type(record)], frozenset()) | _HANDLES
        if isinstance(record, Customer | Hypothesis):
            common.update(_plain(record.segment or "").split())
        for each in fields(record):
            value = getattr(record, each.name)
            if type(value) is str and each.name not in gone:
                bare = _WEB.sub(" ", _ADDRESS.sub(" ", value))
                common.update(word for word in _WORD.findall(bare) if word.islower())
    return frozenset(common)


def _learn(known: dict[str, str], name: str, instead: str, common: frozenset[str]) -> None:
    whole = _plain(name)
    if len(whole) > 1:
        known.setdefault(whole, instead)
    for word in normalize("NFC", name).split():
        bare = word.strip(".,;:()\"'")
        if len(bare) >= _SHORT and bare[:1].isupper() and _plain(bare) not in common:
            known.setdefault(_plain(bare), instead)


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())


def _bounded(name: str) -> str:
    """A name in letters with capitals stands between words; scripts without spaces have no such bounds."""
    words = r"\s+".join(re.escape(each) for each in name.split())
    spaced = name[:1].upper() != name[:1].lower()
    return rf"(?<!\w){words}(?!\w)" if spaced and name[-1:].isalnum() else words


def _without(record: Record, ids: Mapping[str, str], names: _Names) -> Record:
    kind = KIND_OF[type(record)]
    gone = GONE.get(kind, frozenset())
    values: dict[str, Any] = {"conflicts": ()}
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name in gone:
            values[each.name] = None
        elif each.name in _HANDLES:
            values[each.name] = names.handle(value) if isinstance(value, str) else value
        elif each.name not in {"conflicts", "code", "former_codes", "key"}:
            values[each.name] = ids.get(value) if _is_link(each.name) else _hidden(value, ids, names)
    if isinstance(record, Customer):
        values["name"] = f"Customer {record.code}"
    elif isinstance(record, Member):
        values["name"] = values["handle"] = names.members[record.id]
    elif isinstance(record, Workspace):
        values["name"] = "Workspace"
    return replace(record, **values)


def _is_link(name: str) -> bool:
    return name == "id" or name.endswith("_id") or name in {"merged_into", "duplicate_of"}


def _hidden(value: Any, ids: Mapping[str, str], names: _Names) -> Any:
    if isinstance(value, frozenset):
        return frozenset(ids[each] for each in value if each in ids)
    if isinstance(value, Mapping):
        return {name: names.hide(text) for name, text in value.items()}
    if not isinstance(value, str) or type(value) is not str:
        return value
    return names.hide(value)


def _unjudged(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Words that may be names: with a capital inside a sentence, or whole texts of a script without capitals."""
    for record in records:
        if not isinstance(record, Coded):
            continue
        found: list[str] = []
        for each in fields(record):
            value = getattr(record, each.name)
            if type(value) is str and each.name not in {"id", "code", "name", "title", "created_by", "updated_by"}:
                found.extend(_doubtful(value))
        if isinstance(record, Note) and record.mark is Mark.NAMED and not found:
            found.append(record.text)
        if found:
            yield record.code, ", ".join(dict.fromkeys(found))


def _doubtful(text: str) -> Iterator[str]:
    for word in _CAPITAL.findall(text):
        if word[:1].isupper() and not _CODE.fullmatch(word) and word not in {"Customer", "Someone", "Workspace"}:
            yield word
    letters = [each for each in text if each.isalpha()]
    if letters and sum(each.upper() == each.lower() for each in letters) * 2 > len(letters):
        yield text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004  # enough to find it again


def order_of(pair: tuple[str, str]) -> tuple[str, int, str]:
    """Sort what is to be judged as people count."""
    return code_order(pair[0])
