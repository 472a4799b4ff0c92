"""Values are what the standard library would make of them."""

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from dataclasses import field

import pytest

from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    x: int
    names: Mapping[str, str] = field(default_factory=dict)
    y: int = 2
    seen: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Place):
    name: str

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Alone:
    only: str


def test_a_value_has_fields_defaults_and_shows_them():
    place = Place(1)
    assert (place.x, place.names, place.y) == (1, {}, 2)
    assert Place(1).names is not place.names
    assert repr(place) == "Place(x=1, names={}, y=2)"
    assert [each.name for each in dataclasses.fields(Named)] == ["x", "names", "y", "seen", "name"]
    assert dataclasses.asdict(Named(1, name="a")) == {"x": 1, "names": {}, "y": 2, "seen": 0, "name": "a"}
    assert repr(Named(1, name="a")) == "a"


def test_values_are_equal_by_class_and_fields():
    assert Alone("a") == Alone("a")
    assert Alone("a") != Alone("b")
    assert Place(1) != Named(1, name="a")
    assert Place(1, seen=1) == Place(1)
    assert hash(Alone("a")) == hash(Alone("a")) != hash(Alone("b"))
    assert {Alone("a"), Alone("a")} == {Alone("a")}


def test_what_is_missing_or_too_much_is_named():
    with pytest.raises(TypeError, match=r"Named.__init__\(\) missing 1 required keyword-only argument: 'name'"):
        Named(1)  # type: ignore[call-arg]  # what is tested
    with pytest.raises(TypeError, match="positional"):
        Named(1, {}, 2, 0, "a")  # type: ignore[misc]  # what is tested


def test_a_value_never_changes_but_is_replaced():
    place = Place(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        place.x = 3  # type: ignore[misc]  # what is tested
    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        del place.x
    assert not hasattr(place, "__dict__")
    assert dataclasses.replace(place, x=3) == Place(3)


def test_a_value_is_copied_and_kept():
    place = Named(1, {"a": "b"}, name="c")
    assert copy.deepcopy(place) == place
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301  our own bytes


def test_only_frozen_classes_are_values():
    with pytest.raises(TypeError):
        dataclass(frozen=False)
