"""The JSON shapes that commands answer with: a contract, kept by a test that runs every command.

Within a format keys may be added; none changes its meaning. `null` is written, days are ISO, enums English.
"""

from collections.abc import Mapping

ERROR = "object {kind, message, hint, where, missing: list, where a rule refuses}"

_WORKSPACE = "object {id, name, path}"
_GATE = "object {id, round, opened_on, decide_by, overdue, stop_if}, or null"
_CRITERIA = (
    "list of {id, title, kind: auto|attested, result: met|unmet|na, text, reason, fix: list of {kind, id, code, text}}"
)
_RECORDS = "list of records: every stored field by its name, kind_of_record, and derived: object"
_DONE: Mapping[str, str] = {
    "format": "1",
    "done": "text: what was done",
    "records": "list of {kind, id, code}: what was made",
    "turned": "list of {id, result}: criteria that are met or missing now",
    "step": "discovery|validation|creation|building, or null",
    "met": "number",
    "total": "number",
    "readiness": "number, per cent",
}

SHAPES: Mapping[str, Mapping[str, str]] = {
    "status": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "at": "day, or null; with --at also as_now: list of records of which fields are shown as now",
        "phase": "open|stopped|done",
        "step": "discovery|validation|creation|building, or null",
        "gate": _GATE,
        "criteria": _CRITERIA,
        "met": "number",
        "total": "number",
        "readiness": "number, per cent",
        "next": "list of {rule: 1-8, text, kind, id, code, command}",
        "waiting": "object: kind of triage to number",
    },
    "pivot-tree": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "count": "number",
        "beliefs": "list, each below its parent, of {id, code, statement, state, segment, depth, parent, pivot_kind, "
        "gate: {id, step, round} or null, since, settled_on, reason, changed: list, yes, no, maybe, confidence}",
    },
    "assumption-map": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "count": "number",
        "points": "list, riskiest first, of {id, code, statement, area, step, state, importance, confidence, risk, "
        "firm, key, riskiest}",
    },
    "journey-map": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "count": "number",
        "phases": "list of FO, BY, US, LF",
        "functions": "list of PM, MKT, ...",
        "cells": "list of {phase, function, gaps, unasked, ready, codes: list}; cells without cards are left out",
    },
    "timeline": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "count": "number",
        "beliefs": "list of {id, code, statement, pieces: list of {day, note, stance, strength, counts: yes|no|maybe}}",
    },
    "mirror": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "count": "number",
        "members": "list, most maybes first, of {id, handle, firm, maybe, rate: 0 to 1, notes: list of codes}",
    },
    "gate": {
        "format": "1",
        "workspace": _WORKSPACE,
        "today": "day",
        "gate": _GATE,
        "criteria": _CRITERIA,
        "met": "number",
        "total": "number",
        "readiness": "number, per cent",
        "may_advance": "true|false",
        "unheard": "list of {hypothesis, evidence_id, name}",
        "gates": "list of {id, step, round, opened_on, outcome, closed_on, reason}",
    },
    "list": {"format": "1", "today": "day", "kind": "kind", "count": "number", "records": _RECORDS},
    "search": {"format": "1", "today": "day", "kind": "null", "count": "number", "records": f"{_RECORDS}, found_in"},
    "show": {
        "format": "1",
        "record": "record: as in list; with --contrary the answer is {hypothesis, heard, contrary: {evidence_id, note, "
        "stance, strength, said_on, text} or null}",
        "links": "list of {kind, id, code, title, role, facts}",
        "history_count": "number",
        "by_former_code": "true|false",
    },
    **dict.fromkeys(
        ("note", "link", "add", "set", "lock", "rule", "archive", "restore", "decide", "undo", "redo"), _DONE
    ),
    "move": {
        "moves": "without MOVE: list of {move, label, missing: list, asks: list of {name, text, holds, required, default, choices}}",
        **_DONE,
    },
    "log": {
        "format": "1",
        "today": "day",
        "count": "number",
        "acts": "list of {act, at, by, action, text, undoes, undone, may_be_undone}",
    },
    "attach": {
        "format": "1",
        "kind": "kind of the record",
        "id": "id of the record",
        "path": "path of the file in a shared folder",
    },
    "versions": {
        "format": "1",
        "kind": "kind of the record",
        "id": "id of the record",
        "count": "number",
        "versions": "list, newest first, of {number, kept_at, by, at, current, text: what stood in its file}",
    },
    "prompt": {
        "format": "1",
        "customer": "{code, name}",
        "learn": "list of {hypothesis, statement, key, area, maybe_since, ask}, at most three",
        "sale_path": "list of text",
        "advice": "list of text",
        "never_ask": "list of text",
        "habits": "list of text",
    },
    "triage": {
        "format": "1",
        "today": "day",
        "count": "number",
        "items": "list of what waits, each with its verdicts: list of {verdict, letter, words, legal, missing, asks}",
        "readiness": "number, per cent",
    },
    "new": {"format": "1", "workspace": _WORKSPACE},
    "import": {
        "format": "1",
        "done": "true|false: with --dry-run nothing was changed",
        "new": "object: kind of record to number",
        "files": "object: name of a file that was read to an object as new",
        "records": "number; only where the import made a workspace, with path",
        "known": "number: records that are here already",
        "back": "number: records brought back from the archive",
        "problems": "list of {where, why}",
    },
    "export": {"format": "1", "what": "name", "to": "path", "files": "number"},
    "check": {
        "format": "1",
        "path": "path",
        "store": "path, or null",
        "sound": "true|false",
        "troubles": "list of {path, why}",
        "counts": "object: kind of record to number",
        "odd": "object {control_characters, over_long}: numbers of fields",
    },
    "backup": {"format": "1", "path": "path"},
    "backups": {
        "format": "1",
        "folder": "path",
        "count": "number",
        "backups": "list of {name, at, reason, path, bytes}",
    },
    "forget": {
        "format": "1",
        "code": "code",
        "blanked": "object: kind of record to number",
        "backups": "number rewritten",
        "files": "number of attached files removed",
        "drafts": "number of half-written texts removed",
        "left": "list of paths to be seen to",
        "mentions": "list of codes whose text still names the customer",
    },
    "where": {
        "format": "1",
        "workspace": "path, or null",
        "store": "path, or null",
        "folder": "path, or null",
        "backups": "path, or null",
        "data": "path",
        "config": "path",
        "cache": "path",
    },
    "doctor": {"format": "1", "facts": "object: name to text", "wrong": "list of {what, hint}"},
    "keys": {"format": "1", "contexts": "object: context to list of {id, keys, text}"},
    "spec": {
        "format": "1",
        "version": "text",
        "commands": "object: command to {help, form, options, examples, json}",
        "exit_statuses": "object: status to text",
        "error": "the key of every answer that failed",
    },
}
"""Command to its keys, each with what it holds."""
