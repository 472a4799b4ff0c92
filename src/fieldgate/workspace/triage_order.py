"""What a triage session asks, and in which order, without going through all that waits.

The item whose verdict was taken back comes first, skipped ones last. What a limit leaves of a kind is kept until that
kind changes, so that the next item costs the same however many wait behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fieldgate.domain.triage.kind import Item, Queue
    from fieldgate.workspace.triage_memory import Memory
    from fieldgate.workspace.triage_values import Limits


class Order:
    """The items of a session in their order.

    Args:
        limits: What the session is limited to.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._wanted: dict[str, tuple[tuple[Item, ...], tuple[Item, ...]]] = {}
        self._by_id: dict[str, tuple[tuple[Item, ...], dict[str, Item]]] = {}

    def count(self, queue: Queue) -> int:
        """How many items wait within the limits of kind and record."""
        return sum(len(self._of_kind(queue, name)) for name in self._kinds(queue))

    def find(self, queue: Queue, item_id: str) -> Item | None:
        """An item that waits within the limits, by its id, which begins with its kind."""
        name = item_id.partition(":")[0]
        return self._index(queue, name).get(item_id) if name in self._kinds(queue) else None

    def items(self, queue: Queue, memory: Memory) -> Iterator[Item]:
        """The items in the order in which they are asked, as far as somebody looks."""
        front = self.find(queue, memory.front) if memory.front and memory.front not in memory.skipped else None
        if front is not None:
            yield front
        later = set(memory.skipped)
        for name in self._kinds(queue):
            for item in self._of_kind(queue, name):
                if item is not front and item.id not in later:
                    yield item
        yield from filter(None, (self.find(queue, item_id) for item_id in memory.skipped))

    def _kinds(self, queue: Queue) -> list[str]:
        return [kind.name for kind in queue.kinds if not self.limits.kinds or kind.name in self.limits.kinds]

    def _of_kind(self, queue: Queue, name: str) -> tuple[Item, ...]:
        found = queue.found[name]
        if not self.limits.records:
            return found
        known = self._wanted.get(name)
        if known is None or known[0] is not found:
            known = self._wanted[name] = (found, tuple(filter(self.limits.wants, found)))
        return known[1]

    def _index(self, queue: Queue, name: str) -> Mapping[str, Item]:
        found = self._of_kind(queue, name)
        known = self._by_id.get(name)
        if known is None or known[0] is not found:
            known = self._by_id[name] = (found, {item.id: item for item in found})
        return known[1]
