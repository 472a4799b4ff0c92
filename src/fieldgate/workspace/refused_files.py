"""Attachments that were forgotten: they are not taken in again from where others still have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldgate.store.store import Store

REFUSED = "forgotten_files"
"""The name under which a store keeps theirs."""


def refused_files(store: Store) -> frozenset[str]:
    """Return the names of the attachments that a store does not take in again."""
    return frozenset(json.loads(store.meta(REFUSED) or "[]"))
