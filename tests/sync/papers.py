"""Documents for the tests of merging, and random edits of them."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from fieldgate.documents.document import Document
from fieldgate.documents.frontmatter import cleaned

HYPOTHESIS_ID, OTHER_ID = "4wd0m2t9cq8s1zxy", "4wd0m2t9cq8s1zx0"


def paper(kind="customer", body="", record_id="7k3m9q2xw4tb1n8c", **head):
    """A document made at one moment by anna."""
    head = {"created_at": "2026-11-01T10:00:00Z", "created_by": "anna", "updated_at": "2026-11-01T10:00:00Z"} | head
    return cleaned(Document(id=record_id, kind=kind, head=head, body=body))


def edit(document, by="anna", at=2, body=None, **changes):
    """The document with fields changed (None: not set) by somebody on a day of November."""
    head = {**document.head, "updated_by": by, "updated_at": f"2026-11-{at:02}T10:00:00Z", **changes}
    head = {key: value for key, value in head.items() if value is not None}
    return cleaned(replace(document, head=head, body=document.body if body is None else body))


def conflicts(document):
    """The conflicts of a document as (path, value or flag)."""
    return [
        (".".join(e.get("field", "-")), e.get("value", e.get("flag", "")))
        for e in document.head.get("conflicts", ())
        if e != "text"
    ]


SEEDS = (
    paper(
        "hypothesis",
        "# Statement\n\nHotels lose bookings\nat night\n\n# Learned\n\nnothing yet",
        code="H5",
        area="problem",
        step="discovery",
        importance="3",
        state="draft",
        prediction="5 of 8 say so",
        target_n="5",
        carried=("a", "b"),
    ),
    paper(
        "meeting",
        "- one\n- two\n- three",
        code="M2",
        meeting_kind="sync",
        gate_id=HYPOTHESIS_ID,
        topic="Gate",
        date="2026-11-03",
        members=("m1", "m2"),
        others="Mai\nLan",
    ),
    paper(
        "touchpoint",
        "Khách hàng hỏi giá\nลูกค้าบอกว่าราคาแพงมาก",
        code="BY-SAL-10",
        title="Price list",
        state="unasked",
        goal="see the price",
        checks={"q1": {"answer": "open", "text": "How?"}, "q2": {"answer": "yes", "note": "by mail"}},
    ),
    paper(
        "note",
        "Pays 40 EUR each month",
        code="N9",
        said_on="2026-11-02",
        evidence={HYPOTHESIS_ID: {"answer": "yes 3", "at": "2026-11-02T10:00:00Z", "by": "anna"}},
    ),
    paper("gate", step="discovery", round="1", opened_on="2026-11-01", decide_by="2027-02-01", na={"d.price": "later"}),
    paper("holiday", "from a newer version", code="X1", colours=("blue", "red"), plan={"a": {"b": "c"}}),
)

FIELDS: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "hypothesis": {
        "state": ("draft", "testing", "supported", "refuted", "retired"),
        "importance": ("3", "4", "5", None),
        "prediction": ("6 of 9", None),
        "segment": ("hotels", "Клиники", None),
        "carried": (("a",), ("a", "b", "c"), None),
        "code": ("H5", "H6", "H11"),
        "snoozes": ("1", "2"),
        "snoozed_until": ("2026-12-01", "2026-12-02", None),
    },
    "meeting": {
        "meeting_kind": ("sync", "interview"),
        "proposal": ("advance", "pivot", None),
        "agree_custdev": ("yes", "no", None),
        "agree_proddev": ("yes", "no", None),
        "agree_reason": ("too early", "太早", None),
        "members": (("m1",), ("m2", "m3"), None),
        "others": ("Mai\nLan\nChi", "Lan", None),
        "topic": ("Gate", "Gate 2", "Cổng"),
        "code": ("M2", "M3"),
    },
    "touchpoint": {
        "state": ("unasked", "gap", "fixing", "ready", "na"),
        "gap": ("nobody asked", None),
        "found_by": ("us", "customer", None),
        "checks": (
            {"q1": {"answer": "yes", "answered_by": "ann"}, "q2": {"answer": "no"}},
            {"q1": {"answer": "no", "answered_by": "ben", "note": "x"}},
            {"q3": {"answer": "na"}, "q2": {"answer": "yes", "note": "by post"}},
            None,
        ),
        "goal": ("see the price at once", "see our price", None),
        "rank": ("a", "b", None),
    },
    "note": {
        "evidence": (
            {HYPOTHESIS_ID: {"answer": "no 2", "at": "2026-11-04T10:00:00Z", "by": "ben"}},
            {HYPOTHESIS_ID: {"answer": "none"}, OTHER_ID: {"answer": "maybe 0", "snoozes": "1"}},
            {HYPOTHESIS_ID: "yes 1", OTHER_ID: {"answer": "maybe 0", "snoozes": "2"}},
            None,
        ),
        "triaged_at": ("2026-11-05T10:00:00Z", "2026-11-05T10:00:00.125Z"),
        "mark": ("p", "g", None),
    },
    "gate": {
        "outcome": ("advance", "pivot", "stop", None),
        "reason": ("enough", None),
        "decide_by": ("2027-03-01", "2027-04-01"),
        "opened_on": ("2026-11-01", "2026-11-02"),
        "stop_if": ("no buyer", "no money", None),
        "na": ({"d.price": "never"}, {"d.team": "two of us"}, None),
        "heard": (("e1",), ("e2",)),
    },
    "holiday": {
        "colours": (("blue",), ("green", "red"), "blue", None),
        "plan": ({"a": {"b": "d"}}, {"a": {"x": "y"}}, {"a": "flat"}, ("list", "of", "these"), None),
        "code": ("X1", "X2"),
    },
}

_LINES = (
    "Pays 40 EUR each month",
    "Pays 45 EUR each month",
    "- ลูกค้า",
    "客戶太貴",
    "",
    "- цена",
    "giá cao",
    "# Learned",
)


def edited(random, document, by):
    """An edit as a person or a newer version of the program may make it."""
    known = FIELDS[document.kind]
    names = random.sample(sorted(known), random.randrange(min(4, len(known))))
    changes = {name: random.choice(known[name]) for name in names}
    if not random.randrange(6):
        changes["deleted_at"] = random.choice(["2026-11-07T10:00:00Z", "2026-11-08T10:00:00Z", None])
    if document.head.get("conflicts") and random.randrange(2):
        changes["conflicts"] = document.head["conflicts"][1:]
    lines = document.body.split("\n")
    for _ in range(random.randrange(3)):
        at = random.randrange(len(lines) + 1)
        lines[at : at + random.randrange(2)] = random.choices(_LINES, k=random.randrange(3))
    return edit(document, by, random.randrange(2, 5), "\n".join(lines), **changes)


def fork(seed):
    """A document, two edits of it that know nothing of each other; the first may have conflicts already."""
    random = Random(seed)  # noqa: S311  # a fork that can be made again, no secret
    ancestor = random.choice(SEEDS)
    if random.randrange(2):
        names = [name for name, values in FIELDS[ancestor.kind].items() if isinstance(values[0], str)]
        listed = [{"field": (name,), "value": f"{name}?", "by": "chi", "at": "2026-10-01"} for name in names]
        ancestor = edit(ancestor, conflicts=tuple(listed[:2]))
    return ancestor, edited(random, ancestor, "anna"), edited(random, ancestor, "ben")


def forks():
    """Forks by the number they are made from: drawing each choice of one takes longer than merging it."""
    return st.integers(0, 2**64).map(fork)
