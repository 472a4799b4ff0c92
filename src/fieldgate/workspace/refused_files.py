"""Attachments that were forgotten: they are not taken in again from where others still have them.

Out of what is shared by git they are taken once, with the next sync. Where another founder's program, which still has
one, puts it there again, it stays until that founder forgets too: two programs never undo each other for ever.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from fieldgate.store.folders import Folder
    from fieldgate.store.store import Store

REFUSED = "forgotten_files"
"""The name under which a store keeps theirs."""


def refused_files(store: Store) -> frozenset[str]:
    """Return the names of the attachments that a store does not take in again."""
    return frozenset(json.loads(store.meta(REFUSED) or "[]"))


def refuse_files(store: Store, names: Collection[str]) -> None:
    """Remember attachments that are not to be taken in again, and to be taken out of every folder shared by git."""
    if not names:
        return
    store.keep_meta(REFUSED, json.dumps(sorted(refused_files(store) | set(names))))
    for place in store.folders.all():
        store.keep_meta(_leaving(place), json.dumps(sorted(leaving_files(store, place) | set(names))))


def leaving_files(store: Store, place: Folder) -> frozenset[str]:
    """Return the names of the attachments that the next sync of a folder takes out of what is shared by git."""
    return frozenset(json.loads(store.meta(_leaving(place)) or "[]"))


def have_left(store: Store, place: Folder) -> None:
    """Remember that they were taken out."""
    if leaving_files(store, place):
        store.keep_meta(_leaving(place), "[]")


def _leaving(place: Folder) -> str:
    return f"{REFUSED} leaving {place.id}"
