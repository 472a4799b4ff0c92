"""The ballot of a sync meeting: its proposal, and whether both teams agree."""

from collections.abc import Mapping

from fieldgate.documents.document import Value


def is_sound(meeting: Mapping[str, Value]) -> bool:
    """Whether a meeting keeps the rules of ballots.

    A sync meeting has a gate; only a sync meeting has a proposal; agreement needs a proposal, and a no its reason.
    """
    votes = [meeting.get("agree_custdev"), meeting.get("agree_proddev")]
    sync = meeting.get("meeting_kind") == "sync"
    if sync and not meeting.get("gate_id"):
        return False
    if meeting.get("proposal") and not sync:
        return False
    if any(votes) and not meeting.get("proposal"):
        return False
    return "no" not in votes or bool(meeting.get("agree_reason"))
