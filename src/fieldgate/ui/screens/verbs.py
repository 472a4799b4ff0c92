"""Verbs: what each key of the desk means for each kind of record, as plain tables."""

from collections.abc import Mapping

from fieldgate.words import mark

WORK: tuple[str, ...] = (
    "record.new",
    "record.edit",
    "record.editor",
    "record.archive",
    "record.action",
    "record.snooze",
    "record.chase",
    "record.park",
    "record.to_sync",
    "record.escalate",
    "record.moves",
    "record.history",
    "record.capture",
    "record.questions",
    "board.left",
    "board.right",
    "board.lower",
    "board.higher",
    "board.by_rule",
    "board.catalogue",
    "list.filter",
    "list.copy",
    "app.undo",
    "app.redo",
    "app.next",
    "app.log",
    "app.commands",
    "app.goto",
    "app.switch",
    "app.themes",
    "app.sync",
    "app.news",
)
"""The ids of the keys by which one works on the desk."""

_ALL = ("hypothesis", "note", "touchpoint", "requirement", "action", "customer", "meeting")

MOVES: Mapping[str, Mapping[str, str]] = {
    "record.edit": {kind: f"{kind}.edit" for kind in (*_ALL, "gate", "check")},
    "record.archive": {kind: f"{kind}.archive" for kind in _ALL},
    "record.snooze": {kind: f"{kind}.snooze" for kind in _ALL},
    "record.action": {
        "note": "note.action",
        "touchpoint": "touchpoint.take",
        "requirement": "requirement.respond",
        "customer": "customer.schedule",
    },
    "record.park": {"requirement": "requirement.park"},
    "record.to_sync": {"requirement": "requirement.to_sync"},
    "record.escalate": {"touchpoint": "touchpoint.escalate"},
}
"""Verb to kind to the move that it makes."""

NEW: Mapping[str, str] = {
    "hypotheses": "hypothesis.create",
    "notes": "note.create",
    "journey": "touchpoint.create",
    "customers": "customer.create",
    "meetings": "meeting.create",
    "requirements": "requirement.create",
    "actions": "action.create",
}
"""View to the move that makes a record of it."""

NEW_UNDER: Mapping[str, tuple[str, str]] = {
    "hypothesis": ("action.create", "hypothesis_id"),
    "touchpoint": ("action.create", "touchpoint_id"),
    "requirement": ("action.create", "requirement_id"),
    "customer": ("meeting.create", "customer_id"),
    "meeting": ("note.create", "meeting_id"),
}
"""Kind of the record that is read to the move that makes something of it, and the field that names it."""

COLUMN_MOVES: Mapping[str, str] = {
    "unasked": "touchpoint.unasked",
    "gap": "touchpoint.gap",
    "fixing": "touchpoint.take",
    "ready": "touchpoint.ready",
}
"""Column of the board to the move that brings a card there."""

HOUSEKEEPING: tuple[tuple[str, str], ...] = (
    ("decide", mark("Decide the gate: advance, pivot, stop, re-date, does not apply")),
    ("sync", mark("Sync meeting: agenda, proposal, ballot")),
    ("assumption_map", mark("Assumption map: importance against confidence")),
    ("pivot_tree", mark("Pivot tree: which belief came out of which")),
    ("timeline", mark("Evidence over time: what was said of each belief, and when")),
    ("mirror", mark("The mirror: how many maybes each of us brings home")),
    ("time_machine", mark("Time machine: how things stood on a day")),
    ("snapshot", mark("Earlier gates, with what they rested on")),
    ("workspace.edit", mark("Edit name, vision and first segment of the workspace")),
    ("archived", mark("Archived records: find one and bring it back")),
    ("policy", mark("Policy: the numbers of the method, seen and changed")),
    ("workspace.rename_segment", mark("Rename a segment everywhere")),
    ("customer.merge", mark("Merge this customer into another")),
    ("hypothesis.merge", mark("Merge this hypothesis into another")),
    ("member.create", mark("New founder")),
    ("touchpoint.add_core", mark("Add the core set of the journey")),
    ("touchpoint.add_all", mark("Add the whole catalogue of the journey")),
    ("touchpoint.create", mark("Add a card of our own")),
    ("note.create", mark("New note")),
    ("hypothesis.create", mark("New hypothesis")),
    ("customer.create", mark("New customer")),
    ("meeting.create", mark("New meeting")),
    ("requirement.create", mark("New request")),
    ("action.create", mark("New action")),
    ("attach", mark("Attach a file to this note, meeting, request or card")),
    ("import", mark("Import: notes, tables, transcripts, another workspace")),
    ("share", mark("Share: write this workspace as text to a folder, and keep both in step")),
    ("backups", mark("Backups: make one now, restore one")),
    ("author", mark("Choose who writes on this machine")),
    ("new", mark("Start a new workspace")),
    ("tour", mark("Tour: ten steps on a copy of the sample")),
    ("template", mark("Start a new workspace from this one as template")),
)
"""What is done seldom and has no key: a move, or the name of a screen, with its words."""
