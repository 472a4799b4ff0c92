"""Hypotheses, what was said for and against each, and where the gate stands, as Markdown."""

from collections.abc import Iterator

from fieldgate.domain.evidence import tally
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.reports.markdown import one, paragraphs, quote
from fieldgate.reports.material import Material

SIGNS = {"met": "[x]", "unmet": "[ ]", "na": "[-]"}


def beliefs_report(material: Material) -> Iterator[str]:
    """Yield the pieces of the report: vision, gate, then every hypothesis with its quotes."""
    workspace = material.facts.workspace
    yield f"# {one(workspace.name)}\n\nAs of {material.today}\n\n## Vision\n\n"
    yield "\n".join(paragraphs(workspace.vision.strip())) + "\n"
    yield from _gate(material)
    yield "\n## Hypotheses\n"
    for each in material.hypotheses():
        yield from _hypothesis(material, each)


def _gate(material: Material) -> Iterator[str]:
    report = material.gate
    if report is None:
        yield "\n## Gate\n\nNo gate is open.\n"
        return
    gate = report.gate
    yield f"\n## Gate: {gate.step.value}, round {gate.round}\n\n"
    yield f"{report.met} of {report.total} criteria met ({report.readiness} %), to be decided by {gate.decide_by}\n"
    if gate.stop_if:
        yield f"\nWe stop if: {one(gate.stop_if)}\n"
    yield "\n"
    for each in report.criteria:
        yield f"- {SIGNS[each.result].replace('[', chr(92) + '[')} {one(each.criterion.title)}: {one(each.text)}\n"


def _hypothesis(material: Material, belief: Hypothesis) -> Iterator[str]:
    count = tally(material.facts, belief, material.policy)
    yield f"\n### {belief.code}: {one(belief.statement)}\n\n"
    facts = [belief.state.value, belief.area.value, belief.step.value, f"importance {belief.importance}"]
    facts.append(one(belief.segment or "everyone"))
    yield " · ".join(facts) + "\n\n"
    yield f"{count.yes} yes, {count.no} no, {count.maybe} maybe; confidence {count.confidence:+.2f}, risk {count.risk:.2f}\n"
    for name, text in (
        ("Prediction", belief.prediction),
        ("Measured by", belief.metric),
        ("Reason", belief.verdict_reason),
        ("Learned", belief.learned),
        ("Therefore", belief.therefore),
    ):
        if text:
            yield f"\n{name}: {one(text)}\n"
    if belief.locked_on is not None:
        due = f", due {belief.due}" if belief.due else ""
        yield f"\nPass line: {belief.pass_pct} % of {belief.target_n}, locked {belief.locked_on}{due}\n"
    for piece, note in material.pieces_of(belief):
        customer = material.customer(note.customer_id)
        who = one(customer.name) if customer is not None else "nobody named"
        early = ", before the bet" if belief.locked_on is not None and note.said_on < belief.locked_on else ""
        yield "\n" + "\n".join(quote(note.text)) + "\n>\n"
        yield f"> — {who}, {note.said_on} ({note.code}): {piece.stance.value} {piece.strength}{early}\n"
