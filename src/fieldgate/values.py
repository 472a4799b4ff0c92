"""Values: frozen classes as `dataclasses` makes them, in a third of the time.

The standard decorator writes and compiles six functions for every class. `status` needs seventy classes, and that was a
third of all it cost. Here only `__init__` is written; what else a value has is shared. Fields, `replace`, `fields` and
`asdict` are those of the standard library, and so is what a type checker sees.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  named again, so that others may import it here
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """Make a class a value. `frozen` has to be said, and to be true, as for the decorator of the standard library."""
        if not frozen:
            raise TypeError

        def made(plain: type) -> type:
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(plain)
            _complete(cls)
            return cls

        return made


def _complete(cls: type) -> None:
    fields = dataclasses.fields(cls)
    names = tuple(each.name for each in fields)
    values = _reader_of(names)
    compared = _reader_of(tuple(each.name for each in fields if each.compare))

    def equal(self: object, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(compared(self))

    def shown(self: object) -> str:
        told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields if each.repr)
        return f"{self.__class__.__qualname__}({told})"

    def put_back(self: object, state: tuple[Any, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    own = {
        "__init__": _init_of(cls, fields),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": shown,
        "__getstate__": values,
        "__setstate__": put_back,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, function in own.items():
        if name not in cls.__dict__:
            setattr(cls, name, function)


def _refuse(_value: object, name: str, *_: object) -> NoReturn:
    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _reader_of(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """Return what reads all fields at once; `attrgetter` makes no tuple of one."""
    # Not the getter itself, which would not be bound to a value as a method.
    read = attrgetter(*names) if len(names) > 1 else None
    return lambda value: read(value) if read else tuple(getattr(value, name) for name in names)


def _init_of(cls: type, fields: tuple["dataclasses.Field[Any]", ...]) -> Callable[..., None]:
    known: dict[str, Any] = {"set_field": object.__setattr__, "MISSING": MISSING}
    places: list[str] = ["self"]
    named: list[str] = []
    lines: list[str] = []
    for each in fields:
        name, wanted, value = each.name, each.name, each.name
        if each.default is not MISSING:
            known[f"of_{name}"] = each.default
            wanted = f"{name}=of_{name}"
        elif each.default_factory is not MISSING:
            known[f"of_{name}"] = each.default_factory
            wanted, value = f"{name}=MISSING", f"of_{name}() if {name} is MISSING else {name}"
        (named if each.kw_only else places).append(wanted)
        lines.append(f"    set_field(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    given = ", ".join((*places, *(("*", *named) if named else ())))
    found: dict[str, Callable[..., None]] = {}
    # Written and compiled, as dataclasses does: ten thousand records are made at a time.
    exec("\n".join((f"def __init__({given}):", *(lines or ["    return"]))), known, found)  # noqa: S102  as above
    init = found["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


__all__ = ["dataclass"]
