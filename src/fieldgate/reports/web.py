"""The report for people outside: one HTML file that needs nothing else and asks nobody for anything.

A policy in its head forbids scripts, requests, frames and forms, so that even a mistake here could run nothing. Every
claim links to the words it rests on. It prints, and follows the reader's light or dark colours.
"""

from collections.abc import Iterator

from fieldgate.domain.assumption_map import points_of
from fieldgate.domain.evidence import tally
from fieldgate.domain.records.learning import Hypothesis
from fieldgate.reports import web_drawings, web_standing
from fieldgate.reports.material import Material
from fieldgate.reports.web_journey import journey
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
svg circle.yes,svg rect.yes{fill:var(--yes)}ul{padding-left:1.2rem}ol.steps{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem}ol.steps .now{font-weight:bold}ol.steps .ahead{color:var(--dim)}
svg circle.no,svg rect.no{fill:var(--no)}svg circle.maybe,svg rect.maybe,svg path.maybe{fill:var(--maybe)}svg circle.point{fill:var(--ink)}
@media print{:root{--ink:#000;--dim:#444;--line:#999;--page:#fff;--yes:#17693a;--no:#a12622;--maybe:#7a5a00}body{max-width:none;margin:0;font-size:10pt}h2,h3{break-after:avoid}svg{break-inside:avoid}blockquote,tr{break-inside:avoid}h2+p.dim,h3+p.dim{break-after:avoid}}
"""

_STRENGTHS = ("praise", "an opinion", "a past fact", "gave time, access or a name", "gave money")
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
    yield web_standing.vision(material)
    yield from web_standing.in_short(material)
    yield web_standing.how_to_read(material)
    yield from web_standing.steps(material)
    yield from _gate(material)
    yield '<h2>Assumption map</h2>\n<p class="dim">How much hangs on each belief (upwards), against what is known of it. '
    yield "The riskiest stand on top in the middle: much hangs on them and little is known; ! marks the first.</p>\n"
    yield web_drawings.assumption_map(material)
    yield from _legend(material)
    yield '<h2>Evidence over time</h2>\n<p class="dim">● yes, ■ no, ◆ maybe; the larger, the stronger. Every mark leads to '
    yield "the words it stands for.</p>\n"
    yield web_drawings.timeline(material)
    yield '<h2>How beliefs changed</h2>\n<p class="dim">Each below the one that it came out of (pivot tree).</p>\n'
    yield web_drawings.tree(material)
    yield from journey(material)
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
    title = inline(material.playbook.step(gate.step.value).title)
    yield f"<h2>The gate of {title}, round {gate.round}</h2>\n"
    late = " (overdue)" if report.overdue else ""
    yield f"<p>{report.met} of {report.total} criteria met ({report.readiness} %); to be decided by {gate.decide_by}{late}</p>\n"
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


def _legend(material: Material) -> Iterator[str]:
    """What the codes on the map stand for."""
    yield "<ul>\n"
    for point in points_of(material.facts, material.policy):
        text = f"{point.belief.code} {point.belief.statement}"
        yield f'<li dir="auto">{link(text, {point.belief.code: point.belief.id})} '
        yield f'<span class="dim">{point.belief.state.value}, confidence {point.confidence:+.2f}</span></li>\n'
    yield "</ul>\n"


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
        yield f'<span class="{piece.stance.value}">{piece.stance.value} {piece.strength}, {_STRENGTHS[piece.strength]}</span> · <bdi>{who}</bdi> · '
        yield f"{note.said_on} · {inline(note.code)}</footer></blockquote>\n"
    yield "</section>\n"
