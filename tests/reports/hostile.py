"""Strings that would do harm if a report took them for more than text, and material full of them."""

from tests.builders import (
    DAY,
    a_customer,
    a_gate,
    a_hypothesis,
    a_meeting,
    a_member,
    a_note,
    a_piece,
    a_requirement,
    a_touchpoint,
    a_workspace,
    an_action,
    day,
)

from fieldgate.domain.records.learning import HypothesisState, NoteKind
from fieldgate.reports.material import Material, material_of

STRINGS = (
    "<script>document.title='PWNED'</script>",
    "</style></title></svg><img src=http://127.0.0.1:{port}/img onerror=\"document.title='PWNED'\">",
    "\"><a href='javascript:alert(1)' onclick=alert(1)>x</a>",
    "![x](http://127.0.0.1:{port}/md) [y](javascript:alert(1))",
    "<svg onload=alert(1)><animate href=http://127.0.0.1:{port}/svg /></svg>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/refresh'>",
    "<iframe srcdoc='<script>1</script>'></iframe> &lt;b&gt; &#60;",
    "]]><!-- --><link rel=stylesheet href=//127.0.0.1:{port}/css>",
    '=HYPERLINK("http://127.0.0.1:{port}/csv","x")\n+1+1\n@SUM(A1)',
    "\u202eevil\x1b]0;PWNED\x07",
)

SCRIPTS = ("ลูกค้าต้องการค้นหา", "Tìm hiểu", "Ti\u0300m hie\u0302\u0309u", "驗收標準", "Рекламация")


def hostile_material(playbook, port: int = 9) -> Material:
    """Every field that a report shows, full of harm and of every script."""
    texts = [each.replace("{port}", str(port)) for each in (*STRINGS, *SCRIPTS)]
    everything = "\n\n".join(texts)
    ana = a_member(name=texts[0])
    customer = a_customer(name=everything, segment=texts[1], code="C1")
    parent = a_hypothesis(code="H1", statement=everything, segment=texts[1], state=HypothesisState.REFUTED, learned=everything,
                          therefore=texts[2], prediction=texts[3], importance=5)  # fmt: skip
    child = a_hypothesis(code="H2", statement=texts[1], parent_id=parent, importance=5)
    meeting = a_meeting(code="M1", topic=everything, customer_id=customer, members=frozenset({ana.id}), body=everything,
                        place=texts[0], others=everything)  # fmt: skip
    made = [a_workspace(name=everything, vision=everything), ana, customer, parent, child, meeting,
            a_gate(stop_if=everything, decide_by=day(3)), an_action(text=everything, meeting_id=meeting),
            a_requirement(description=everything, remarks=everything, reported_by=texts[0]),
            a_touchpoint(title=everything, goal=texts[0], goes_in=texts[1], comes_out=texts[2])]  # fmt: skip
    for number, (text, kind) in enumerate(
        zip(texts, ("decision", "question", "view", *["observation"] * 99), strict=False)
    ):
        note = a_note(text, customer_id=customer, meeting_id=meeting, kind=NoteKind(kind), said_on=day(-number))
        made += [note, a_piece(note, parent, ("yes", "no", "maybe")[number % 3])]
    return material_of(made, playbook, DAY)
