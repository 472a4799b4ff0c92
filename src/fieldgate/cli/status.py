"""The state of the gate: as JSON, and laid out for a reader."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fieldgate.cli.layout import columns, one_line, say_wrapped
from fieldgate.cli.output import say, tell
from fieldgate.domain.display import cell_width, pad
from fieldgate.domain.findings import Fix
from fieldgate.domain.gates import CriterionReport, GateReport, Unheard, live_gates, phase
from fieldgate.domain.records.history import Gate
from fieldgate.words import mark, t
from fieldgate.workspace.reading import Reading

RESULTS: Mapping[str, tuple[str, str]] = {
    "met": ("✓", mark("met")),
    "unmet": ("✗", mark("missing")),
    "na": ("–", mark("does not apply")),
}
"""Each result of a criterion: its sign, and the word beside it."""

_PHASES: Mapping[str, str] = {"stopped": mark("stopped"), "done": mark("done with the last step")}
_BAR = 20
_SHOWN = 6
"""How many entries of what is next are told; --json has more."""


def status_data(reading: Reading, today: date | None = None) -> dict[str, Any]:
    """Return what `status --json` says; of a look back, `today` is the day from which it is looked."""
    summary = reading.summary
    return {
        "workspace": workspace_data(reading),
        "today": today or reading.today,
        "at": reading.today if today else None,
        "phase": phase(reading.facts),
        "step": reading.report.gate.step if reading.report else None,
        **_judged(reading),
        "next": [
            {
                "rule": each.rule,
                "text": each.text,
                "kind": each.kind,
                "id": each.id,
                "code": each.code,
                "command": each.command,
            }
            for each in summary.next
        ],
        "waiting": dict(summary.waiting),
    }


def gate_report_data(reading: Reading) -> dict[str, Any]:
    """Return what `gate --json` says: the criteria, what was not heard yet, and every gate so far."""
    report = reading.report
    return {
        "workspace": workspace_data(reading),
        "today": reading.today,
        **_judged(reading),
        "may_advance": bool(report and report.may_advance),
        "unheard": [_unheard_data(reading, each) for each in report.unheard] if report else [],
        "gates": [_gate_row(each) for each in live_gates(reading.facts)],
    }


def workspace_data(reading: Reading) -> dict[str, str]:
    """Return which workspace an answer is about."""
    workspace = reading.facts.workspace
    return {"id": workspace.id, "name": workspace.name, "path": str(reading.path)}


def say_status(reading: Reading) -> None:
    """Tell a founder how far the gate is, what is next, and what is missing."""
    _say_head(reading)
    if reading.report is None:
        return
    _say_next(reading)
    say()
    for result in ("unmet", "na", "met"):
        for each in reading.report.criteria:
            if each.result == result:
                _say_criterion(each)
    _say_waiting(reading)


def say_gate(reading: Reading) -> None:
    """Tell the proof of every criterion, in the order of the playbook, and what has still to be heard."""
    _say_head(reading)
    report = reading.report
    if report is None:
        return
    for each in report.criteria:
        _say_criterion(each, proof=True)
    for piece in report.unheard:
        say_wrapped(t("The strongest piece against {code} was not opened yet:", code=piece.code), "→ ")
        say(f"  $ fieldgate show --contrary {piece.code}")
    if report.may_advance:
        say(t("The step may end: fieldgate gate advance"))


def tell_troubles(reading: Reading) -> None:
    """Say what came in from the shared folder just now, and name the files that were left out."""
    if reading.news:
        tell(reading.news)
    for each in reading.troubles:
        tell(t("Left out: {path}: {why}", path=each.path, why=each.why))
    for error in reading.unused:
        tell(t("Not used: {why} {hint}", why=error.message, hint=error.hint).rstrip())


def _judged(reading: Reading) -> dict[str, Any]:
    report, summary = reading.report, reading.summary
    return {
        "gate": _gate_data(report) if report else None,
        "criteria": [criterion_data(each) for each in report.criteria] if report else [],
        "met": summary.met,
        "total": summary.total,
        "readiness": summary.readiness,
    }


def _gate_data(report: GateReport) -> dict[str, Any]:
    gate = report.gate
    return {
        "id": gate.id,
        "round": gate.round,
        "opened_on": gate.opened_on,
        "decide_by": gate.decide_by,
        "overdue": report.overdue,
        "stop_if": gate.stop_if,
    }


def _gate_row(gate: Gate) -> dict[str, Any]:
    return {
        "id": gate.id,
        "step": gate.step,
        "round": gate.round,
        "opened_on": gate.opened_on,
        "outcome": gate.outcome,
        "closed_on": gate.closed_on,
        "reason": gate.reason,
    }


def _unheard_data(reading: Reading, unheard: Unheard) -> dict[str, Any]:
    return {
        "hypothesis": unheard.code,
        "evidence_id": unheard.evidence_id,
        "name": _piece_name(reading, unheard.note_id, unheard.code),
    }


def _piece_name(reading: Reading, note_id: str, belief: str) -> str:
    note = reading.facts.notes.get(note_id)
    return f"{note.code if note else note_id}:{belief}"


def criterion_data(report: CriterionReport) -> dict[str, Any]:
    """Return one criterion as JSON has it."""
    return {
        "id": report.criterion.id,
        "title": t(report.criterion.title),
        "kind": report.criterion.kind,
        "result": report.result,
        "text": report.text,
        "reason": report.reason or None,
        "fix": [{"kind": each.kind, "id": each.id, "code": each.code, "text": each.text} for each in report.fix],
    }


def _say_head(reading: Reading) -> None:
    summary, report = reading.summary, reading.report
    name = reading.facts.workspace.name
    if report is None:
        say_wrapped(f"{name} · {t(_PHASES.get(summary.phase, summary.phase))}")
        return
    gate = report.gate
    step = t("{step}, round {round}", step=t(reading.playbook.step(gate.step).title), round=gate.round)
    filled = _BAR * summary.met // max(1, summary.total)
    bar = "█" * filled + "░" * (_BAR - filled)
    count = t("{met} of {total} met", met=summary.met, total=summary.total)
    say(one_line(f"{name} · {step}", columns()))
    say(f"{bar} {count}, {summary.readiness} %  {_due(reading, gate)}")
    say_wrapped(gate.stop_if or t("not written yet"), t("Stop if: "), "  ")
    say()


def _due(reading: Reading, gate: Gate) -> str:
    days = (gate.decide_by - reading.today).days
    if days > 0:
        return t("decide by {day}, in {n} days", day=gate.decide_by, n=days)
    if days == 0:
        return t("decide today")
    return t("decide by {day}: {n} days overdue", day=gate.decide_by, n=-days)


def _say_next(reading: Reading) -> None:
    entries = reading.summary.next
    label = t("NEXT")
    for number, entry in enumerate(entries[:_SHOWN]):
        first = label if number == 0 else f"{number + 1}"
        say_wrapped(entry.text, pad(first, max(4, cell_width(label))) + "  ")
        if number == 0 and entry.command:
            say(f"{' ' * max(4, cell_width(label))}  $ {entry.command}")
    if len(entries) > _SHOWN:
        say(f"{' ' * max(4, cell_width(label))}  " + t("and {n} more", n=len(entries) - _SHOWN))


def _say_criterion(report: CriterionReport, *, proof: bool = False) -> None:
    glyph, word = RESULTS[report.result]
    title = t(report.criterion.title)
    if report.result == "met" and not proof:
        say(one_line(f"{glyph} {title}", columns()))
        return
    say_wrapped(f"{title} ({t(word)})" if report.result != "met" else title, f"{glyph} ")
    say_wrapped(report.reason or report.text, "    ")
    for fix in report.fix if report.result == "unmet" else ():
        say_wrapped(_fix_line(fix), "  → ")
    if proof:
        say(f"    {report.criterion.id}")


def _fix_line(fix: Fix) -> str:
    return f"{fix.text} ({fix.code})" if fix.code and fix.code not in fix.text else fix.text


def _say_waiting(reading: Reading) -> None:
    summary = reading.summary
    if summary.waiting_in_all:
        kinds = ", ".join(f"{kind} {count}" for kind, count in summary.waiting.items() if count)
        say()
        say_wrapped(t("Triage: {count} waiting: {kinds}", count=summary.waiting_in_all, kinds=kinds))
