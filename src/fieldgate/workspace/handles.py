"""Handles: the short name under which a founder writes, made from the name where none was given."""

from collections.abc import Iterable

from fieldgate.documents.tree import slug
from fieldgate.domain.folding import same


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
