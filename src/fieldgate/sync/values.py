"""One merge at work: it goes through maps and fields, and gathers what two sides disagree about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from fieldgate.documents.codec import MAX_BODY, MAX_HEAD_TEXT
from fieldgate.documents.document import Value
from fieldgate.documents.groups import BALLOT, TEXT
from fieldgate.documents.offers import Maybe, Path, at_path, picked, text_form
from fieldgate.sync.ballots import is_sound
from fieldgate.sync.contents import Contents
from fieldgate.sync.disagreement import Key, add, flag_entry, moment, solved_at, value_entry
from fieldgate.sync.lines import OVERLAP, merge_text
from fieldgate.sync.rules import SPECIAL, Rules, entry_rules
from fieldgate.sync.shapes import Texts, Three, are_maps, are_sets, are_texts, merge_sets, winner

Groups: TypeAlias = tuple[Mapping[str, Value], Mapping[str, Value], Mapping[str, Value]]

OUTCOME: Path = ("outcome",)
"""The group of how a gate was closed."""

_NONE: Mapping[str, Value] = MappingProxyType({})


@dataclass(slots=True)
class Merging:
    """The three contents of a merge, and the conflicts found so far."""

    old: Contents | None
    one: Contents
    other: Contents
    found: dict[Key, Mapping[str, Value]] = field(default_factory=dict)

    def sides(self) -> tuple[Mapping[str, Value], Mapping[str, Value], Mapping[str, Value]]:
        """The fields of ancestor (none, if it is not known) and of both sides."""
        return (self.old.fields if self.old else _NONE, self.one.fields, self.other.fields)

    def map(self, path: Path, rules: Rules) -> dict[str, Value]:
        """Merge the map at a path; the head itself without the fields that have rules of their own."""
        three = [_map_at(side, path) for side in self.sides()]
        grouped = {key for keys in rules.groups.values() for key in keys}
        special = () if path else SPECIAL
        merged: dict[str, Value] = {}
        for key in sorted({key for each in three for key in each} - grouped - set(special)):
            old, one, other = three
            self._put(merged, self._value(path, key, rules, (old.get(key), one.get(key), other.get(key))), key)
        for name, keys in rules.groups.items():
            old, one, other = ({key: each[key] for key in keys if key in each} for each in three)
            merged |= self._group((*path, name), rules, (old, one, other))
        return merged

    @staticmethod
    def _put(merged: dict[str, Value], value: Maybe, key: str) -> None:
        if value is not None:
            merged[key] = value

    def _value(self, path: Path, key: str, rules: Rules, values: Three) -> Maybe:
        """Merge one field by its shape, and by its rule where that says more."""
        _, one, other = values
        if one == other:
            return one
        rule = rules.merge.get(key, "scalar")
        if rule == "text" and are_texts(values):
            return self._text(key, values)
        if are_maps(values):
            return self.map((*path, key), entry_rules((*path, key))) or None
        if not path and are_sets(values):
            return merge_sets(values)
        return self._scalar((*path, key), rule, values)

    def _text(self, key: str, values: Texts) -> Maybe:
        old, one, other = (value or "" for value in values)
        merged = merge_text(old if self.old else None, one, other)
        limit = MAX_BODY if key.startswith(TEXT) else MAX_HEAD_TEXT
        if len(merged.text.encode()) > limit:
            return self._too_long((key,), one, other)
        if merged.flag:
            add(self.found, flag_entry(_named((key,)), merged.flag))
        return merged.text or None

    def _too_long(self, path: Path, one: str, other: str) -> Maybe:
        """Both sides together would not fit: one is shown, the other is a conflict; its version is kept in any case."""
        (shown, _), (hidden, side) = self._ranked(one, other)
        text = text_form(hidden)
        fits = len(text.encode()) <= MAX_HEAD_TEXT
        entry = value_entry(_named(path), text, side.by, side.at) if fits else flag_entry(_named(path), OVERLAP)
        add(self.found, entry)
        return shown

    def _scalar(self, path: Path, rule: str, values: Three) -> Maybe:
        old, one, other = values
        if self._untouched(path, old, one, self.one):
            return other
        if self._untouched(path, old, other, self.other):
            return one
        if rule in {"later", "earlier", "greater"} and one is not None and other is not None:
            return winner(rule, one, other)
        (shown, _), (hidden, side) = self._ranked(one, other)
        if rule in {"later", "earlier", "greater"}:
            return hidden if shown is None else shown
        if rule == "latest":
            return shown
        add(self.found, value_entry(_named(path), text_form(hidden), side.by, side.at))
        return shown

    def _untouched(self, path: Path, old: Maybe, value: Maybe, side: Contents) -> bool:
        """Whether a side has left a field alone; who solves a conflict by keeping what is shown has said something."""
        if self.old is None:
            return value is None
        return value == old and not solved_at(_named(path), self.old.entries, side.entries)

    def _ranked(self, one: Maybe, other: Maybe) -> list[tuple[Maybe, Contents]]:
        """Both values with their sides, the one to show first."""
        both = [(one, self.one), (other, self.other)]
        return sorted(both, key=lambda each: (each[1].order, text_form(each[0]), type(each[0]).__name__), reverse=True)

    def _group(self, place: Path, rules: Rules, groups: Groups) -> Mapping[str, Value]:
        """Merge fields that mean something only together."""
        old, one, other = groups
        if one == other:
            return one
        if place == (BALLOT,) and (apart := self._apart(groups)) is not None:
            return apart
        if self._left_alone(place, old, one, self.one) or self._says_less(one, other, rules):
            return other
        if self._left_alone(place, old, other, self.other) or self._says_less(other, one, rules):
            return one
        if place == OUTCOME and "outcome" in one and one["outcome"] == other.get("outcome"):
            return _closed_alike(one, other)
        both = [(one, self.one), (other, self.other)]
        (shown, _), (hidden, side) = sorted(
            both, key=lambda each: (rules.rank(each[0]), each[1].order, text_form(each[0])), reverse=True
        )
        add(self.found, value_entry(place, _group_text(hidden), side.by, side.at))
        return shown

    def _left_alone(self, path: Path, old: Mapping[str, Value], group: Mapping[str, Value], side: Contents) -> bool:
        return self._untouched(path, old, group or (None if self.old is None else group), side)

    def _says_less(self, group: Mapping[str, Value], other: Mapping[str, Value], rules: Rules) -> bool:
        """Whether, without an ancestor, a group is still at its start and the other one has gone on from there."""
        if self.old is not None or not rules.fresh(group) or rules.fresh(other):
            return False
        return all(other.get(key) == value for key, value in group.items() if key not in {rules.state, "state_on"})

    def _apart(self, groups: Groups) -> Mapping[str, Value] | None:
        """Merge a ballot field by field if both sides vote on the same proposal and the result keeps the rules."""
        old, one, other = groups
        if one.get("proposal") != other.get("proposal"):
            return None
        found = dict(self.found)
        merged: dict[str, Value] = {}
        for key in sorted(old.keys() | one.keys() | other.keys()):
            values = (old.get(key), one.get(key), other.get(key))
            self._put(merged, values[1] if values[1] == values[2] else self._scalar((key,), "scalar", values), key)
        if is_sound(merged):
            return merged
        self.found = found
        return None


def _closed_alike(one: Mapping[str, Value], other: Mapping[str, Value]) -> Mapping[str, Value]:
    """A gate that both closed with the same outcome was closed once, the earlier time, for the reasons of both."""
    first = min(one, other, key=lambda side: (moment(text_form(side.get("decided_at"))), text_form(side)))
    reasons = [text_form(side.get("reason")) for side in (one, other)]
    reason = merge_text(None, *reasons).text
    return {**first, "reason": reason} if reason else first


def _group_text(group: Mapping[str, Value]) -> str:
    """Return a group as the value of a conflict; a long text that no head could hold is left to the kept version."""
    text = text_form(picked(group, tuple(group)))
    if len(text.encode()) <= MAX_HEAD_TEXT:
        return text
    return text_form({key: value for key, value in group.items() if not key.startswith(TEXT)})


def _named(path: Path) -> Path:
    return tuple(step.removeprefix(TEXT) for step in path)


def _map_at(fields: Mapping[str, Value], path: Path) -> Mapping[str, Value]:
    found = at_path(fields, path) if path else fields
    return found if isinstance(found, Mapping) else _NONE
