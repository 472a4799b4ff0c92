"""What a change reaches: from a record that changed to the judged records that look at it, along the indexed links."""

from collections.abc import Iterable, Iterator, Mapping

from fieldgate.domain.changes import resting_on
from fieldgate.domain.snapshot import Snapshot
from fieldgate.domain.triage.kind import Reach


def named_by(kind: str, *links: str) -> Reach:
    """From a record of a kind to the records that it names in these fields."""

    def reach(facts: Snapshot, row_id: str) -> Iterator[str]:
        record = facts.get(kind, row_id)
        targets = (getattr(record, link, None) for link in links)
        yield from (each for each in targets if each is not None)

    return reach


def naming(kind: str, *links: str) -> Reach:
    """From a record to the records of a kind that name it in one of these fields."""

    def reach(facts: Snapshot, row_id: str) -> Iterator[str]:
        for link in links:
            yield from facts.links[f"{kind}.{link}"].get(row_id, ())

    return reach


def beliefs(kind: str) -> Reach:
    """From a record of a kind to the beliefs whose answers rest on it."""

    def reach(facts: Snapshot, row_id: str) -> Iterable[str]:
        record = facts.get(kind, row_id)
        return resting_on(facts.tables, facts.links, kind, record) if record is not None else ()

    return reach


def with_children(reach: Reach) -> Reach:
    """From what a reach finds to that and to what was narrowed or born from it."""
    children = naming("hypothesis", "parent_id")

    def further(facts: Snapshot, row_id: str) -> Iterator[str]:
        for each in reach(facts, row_id):
            yield each
            yield from children(facts, each)

    return further


ANSWERS: Mapping[str, Reach] = {kind: beliefs(kind) for kind in ("evidence", "note", "customer")}
"""For kinds that judge beliefs by their answers."""
