"""Handles: the short name under which a founder writes, made from the name where none was given."""

from collections.abc import Iterable, Iterator

from fieldgate.documents.tree import slug
from fieldgate.domain.folding import same
from fieldgate.domain.moves.starting import Founder
from fieldgate.domain.records.people import Team


def handle_of(name: str, taken: Iterable[str] = ()) -> str:
    """Return a handle for a founder: the first word of the name in ASCII letters that nobody has yet.

    A name in a script without ASCII letters is its own handle, without spaces.
    """
    words = slug(name).split("-")
    tries = [words[0], "-".join(words), "".join(name.split())]
    used = list(taken)
    for each in tries:
        if each and not any(same(each, other) for other in used):
            return each
    return f"{tries[-1]}{len(used) + 1}"


def founders_named(custdev: Iterable[str], proddev: Iterable[str]) -> Iterator[Founder]:
    """Make a founder of every name, NAME or HANDLE=NAME; who stands in both teams is both."""
    outward, inward = list(custdev), list(proddev)
    taken: list[str] = []
    for name in (*outward, *(each for each in inward if not any(same(each, other) for other in outward))):
        out = name in outward
        both = out and any(same(name, other) for other in inward)
        team = Team.BOTH if both else Team.CUSTDEV if out else Team.PRODDEV
        given, equals, whole = name.partition("=")
        handle = given if equals else handle_of(name, taken)
        taken.append(handle)
        yield Founder(handle=handle, name=whole if equals else name, team=team)
