"""The report for people outside: one HTML file that needs nothing else and asks nobody for anything.

A policy in its head forbids scripts, requests, frames and forms, so that even a mistake here could run nothing. Every
claim links to the words it rests on. It prints, and follows the reader's light or dark colours.
"""

from collections.abc import Iterator

from fieldgate.domain.evidence import tally
from fieldgate.domain.records.journey import Phase, Touchpoint, TouchpointState
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.reports import web_drawings
from fieldgate.reports.material import Material
from fieldgate.reports.web_text import anchor, block, inline, link

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

STYLE = """
:root{color-scheme:light dark;--ink:#1c1f24;--dim:#5b6370;--line:#c9ced6;--page:#fff;--yes:#17693a;--no:#a12622;--maybe:#7a5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--dim:#a3abb8;--line:#444c58;--page:#15181d;--yes:#6fce94;--no:#f09a93;--maybe:#e3bd57}}
body{margin:2rem auto;padding:0 1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}
td.yes,td.no,td.dim{white-space:nowrap}a{color:inherit}.dim{color:var(--dim)}.yes{color:var(--yes)}.no{color:var(--no)}.maybe{color:var(--maybe)}
blockquote{margin:.6rem 0;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--line)}blockquote:target,section:target{outline:2px solid var(--maybe)}
p,li,td,blockquote{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
svg{width:100%;height:auto;font:12px system-ui,sans-serif}svg text{fill:var(--ink)}svg .axis{stroke:var(--line);fill:none}svg .dimmed{fill:var(--dim)}
svg circle.yes,svg rect.yes{fill:var(--yes)}svg circle.no,svg rect.no{fill:var(--no)}svg circle.maybe,svg rect.maybe{fill:var(--maybe)}svg circle.point{fill:var(--ink)}
@media print{body{max-width:none;margin:0;font-size:10pt}section,blockquote,tr{break-inside:avoid}}
"""

_RESULTS = {"met": ("yes", "met"), "unmet": ("no", "missing"), "na": ("dim", "does not apply")}


def web_report(material: Material) -> Iterator[str]:
    """Yield the pieces of the file."""
    workspace = material.facts.workspace
    name = inline(workspace.name)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f'<h1 dir="auto">{name}</h1>\n<p class="dim">As of {material.today}</p>\n'
    yield f"<h2>Vision</h2>\n{block(workspace.vision)}\n"
    yield from _gate(material)
    yield '<h2>Assumption map</h2>\n<p class="dim">How much hangs on each belief, against what is known of it.</p>\n'
    yield web_drawings.assumption_map(material)
    yield from _journey(material)
    yield '<h2>Evidence over time</h2>\n<p class="dim">Every mark leads to the words it stands for.</p>\n'
    yield web_drawings.timeline(material)
    yield '<h2>How beliefs changed</h2>\n<p class="dim">Each below the one that it came out of.</p>\n'
    yield web_drawings.tree(material)
    yield "<h2>Beliefs and the words behind them</h2>\n"
    for each in material.hypotheses():
        yield from _belief(material, each)
    yield "</body>\n</html>\n"


def _gate(material: Material) -> Iterator[str]:
    report = material.gate
    if report is None:
        yield "<h2>Gate</h2>\n<p>No gate is open.</p>\n"
        return
    gate = report.gate
    yield f"<h2>Gate: {inline(gate.step.value)}, round {gate.round}</h2>\n"
    yield f"<p>{report.met} of {report.total} criteria met ({report.readiness} %); to be decided by {gate.decide_by}</p>\n"
    if gate.stop_if:
        yield f'<p dir="auto">We stop if: {inline(gate.stop_if)}</p>\n'
    yield "<table>\n<thead><tr><th>Criterion</th><th>Result</th><th>What it rests on</th></tr></thead>\n<tbody>\n"
    codes = {each.code: each.id for each in material.hypotheses()}
    for each in report.criteria:
        style, word = _RESULTS[each.result]
        yield (
            f'<tr><td>{inline(each.criterion.title)}</td><td class="{style}">{word}</td>'
            f'<td dir="auto">{link(each.text, codes)}</td></tr>\n'
        )
    yield "</tbody>\n</table>\n"


def _journey(material: Material) -> Iterator[str]:
    """One table for each phase; cards that do not apply are left out."""
    yield "<h2>Customer journey</h2>\n"
    titles = {each.id: each.title for each in material.playbook.phases}
    cards = [each for each in material.facts.live("touchpoint") if isinstance(each, Touchpoint)]
    shown = [each for each in cards if each.state is not TouchpointState.NA]
    for phase in Phase:
        found = sorted((each for each in shown if each.phase is phase), key=_place)
        if not found:
            continue
        yield f"<h3>{inline(titles.get(phase.value, phase.value))}</h3>\n<table>\n<thead><tr><th>Moment</th>"
        yield "<th>The customer wants</th><th>Brings</th><th>Takes away</th><th>State</th></tr></thead>\n<tbody>\n"
        for each in found:
            cells = (each.title, each.goal or "", each.goes_in or "", each.comes_out or "", each.state.value)
            yield "<tr>" + "".join(f'<td dir="auto">{inline(text)}</td>' for text in cells) + "</tr>\n"
        yield "</tbody>\n</table>\n"


def _place(card: Touchpoint) -> tuple[bool, int, str]:
    return card.position is None, card.position or 0, card.code


def _belief(material: Material, belief: Hypothesis) -> Iterator[str]:
    count = tally(material.facts, belief, material.policy)
    yield f'<section id="{anchor(belief.id)}">\n<h3 dir="auto">{inline(belief.code)} {inline(belief.statement)}</h3>\n'
    facts = (belief.state.value, belief.area.value, belief.step.value, f"importance {belief.importance}")
    yield f'<p class="dim">{" · ".join(facts)} · <bdi>{inline(belief.segment or "everyone")}</bdi></p>\n'
    yield f'<p><span class="yes">{count.yes} yes</span>, <span class="no">{count.no} no</span>, '
    yield f'<span class="maybe">{count.maybe} maybe</span>; confidence {count.confidence:+.2f}</p>\n'
    for name, text in (
        ("Prediction", belief.prediction),
        ("Reason", belief.verdict_reason),
        ("Learned", belief.learned),
        ("Therefore", belief.therefore),
    ):
        if text:
            yield f'<p dir="auto"><b>{name}:</b> {inline(text)}</p>\n'
    for piece, note in material.pieces_of(belief):
        customer = material.customer(note.customer_id)
        who = inline(customer.name) if customer is not None else "nobody named"
        yield f'<blockquote id="{anchor(piece.id)}">{block(note.text)}<footer class="dim">'
        yield f'<span class="{piece.stance.value}">{piece.stance.value} {piece.strength}</span> · <bdi>{who}</bdi> · '
        yield f"{note.said_on} · {inline(note.code)}</footer></blockquote>\n"
    yield "</section>\n"
