"""Where the startup stands, for a reader who knows nothing of the method: in short, the words used, the gates so far."""

from collections.abc import Iterator

from fieldgate.domain.assumption_map import points_of
from fieldgate.domain.gates import live_gates, phase
from fieldgate.domain.records.learning import MeetingKind
from fieldgate.reports.material import Material
from fieldgate.reports.web_text import anchor, block, inline, link

_SIGNS = {"done": "✓", "now": "▶", "ahead": "·"}


def in_short(material: Material) -> Iterator[str]:
    """Yield what one has to know when one reads nothing else."""
    held = [each for each in material.held() if each.kind is MeetingKind.INTERVIEW]
    people = {each.customer_id for each in held if each.customer_id}
    pieces = sum(len(material.pieces_of(each)) for each in material.hypotheses())
    yield "<h2>In short</h2>\n<ul>\n"
    yield f"<li>{len(held)} interviews with {len(people)} customers"
    if held:
        yield f", from {held[0].date} to {held[-1].date}"
    yield f"; {pieces} answers bear on {len(material.hypotheses())} beliefs.</li>\n"
    report = material.gate
    if report is not None:
        step = material.playbook.step(report.gate.step.value)
        yield f"<li>The step is {inline(step.title)}. Its question: {inline(step.question)}</li>\n"
        yield f"<li>{report.met} of {report.total} criteria of its gate are met. "
        missing = [inline(each.criterion.title) for each in report.unmet()]
        yield f"Missing: {'; '.join(missing)}.</li>\n" if missing else "Nothing is missing.</li>\n"
    risky = next((each for each in points_of(material.facts, material.policy) if each.riskiest), None)
    if risky is not None:
        codes = {risky.belief.code: risky.belief.id}
        yield f'<li dir="auto">The riskiest open belief: {link(f"{risky.belief.code} {risky.belief.statement}", codes)}</li>\n'
    yield "</ul>\n"


def how_to_read(material: Material) -> str:
    """Return the words of the method that the report uses."""
    firm = material.policy.firm_strength
    return (
        "<h2>How to read this</h2>\n<p>A <b>belief</b> is a bet about customers, with a prediction that is locked before "
        "anybody is asked. What customers said is an <b>answer</b> for it (yes) or against it (no), with a strength: "
        "0 praise, 1 an opinion, 2 a past fact, 3 gave time, access or a name, 4 gave money. "
        f"Below {firm} an answer counts as a <b>maybe</b> and for nothing. <b>Confidence</b> runs from -1 (they say no) "
        "to +1 (they say yes), 0 is unknown. A <b>gate</b> ends a step: go on, change course (pivot), or stop; every "
        "criterion rests on records, which are linked.</p>\n"
    )


def steps(material: Material) -> Iterator[str]:
    """Yield the four steps with the one that is under way, and the gates that were decided."""
    gates = live_gates(material.facts)
    now = material.gate.gate.step.value if material.gate is not None else ""
    order = [each.id for each in material.playbook.steps]
    yield '<h2>The way so far</h2>\n<ol class="steps">\n'
    for each in material.playbook.steps:
        state = "now" if each.id == now else "ahead"
        if (now and order.index(each.id) < order.index(now)) or phase(material.facts) == "done":
            state = "done"
        yield f'<li class="{state}">{_SIGNS[state]} {inline(each.title)}</li>\n'
    yield "</ol>\n"
    closed = [each for each in gates if each.outcome is not None]
    if not closed:
        return
    yield "<h3>Gates so far</h3>\n<table>\n<thead><tr><th>Gate</th><th>Closed</th><th>Outcome</th><th>Why</th></tr></thead>\n<tbody>\n"
    codes = {each.code: each.id for each in material.hypotheses()}
    for gate in closed:
        title = inline(material.playbook.step(gate.step.value).title)
        yield f'<tr id="{anchor(gate.id)}"><td>{title}, round {gate.round}</td><td class="dim">{gate.closed_on}</td>'
        yield f'<td>{inline(str(gate.outcome))}</td><td dir="auto">{link(gate.reason or "", codes)}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def vision(material: Material) -> str:
    """Return what the beliefs come from."""
    return f"<h2>Vision</h2>\n{block(material.facts.workspace.vision)}\n"
