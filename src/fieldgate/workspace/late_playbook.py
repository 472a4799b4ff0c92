"""The playbook of the first look: read when somebody first asks it something, which the first frame does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldgate.domain.playbook import Playbook


class LatePlaybook:
    """Stands for a playbook until one of its fields is wanted; reading and building it costs more than the rows.

    Args:
        read: Reads and builds it; called once at most.
    """

    def __init__(self, read: Callable[[], Playbook]) -> None:
        self._read = read
        self._playbook: Playbook | None = None

    def __getattr__(self, name: str) -> Any:
        """Answer as the playbook does."""
        if self._playbook is None:
            self._playbook = self._read()
        return getattr(self._playbook, name)


def late(read: Callable[[], Playbook]) -> Playbook:
    """Return what answers every question about a playbook as the playbook itself does."""
    return cast("Playbook", LatePlaybook(read))
