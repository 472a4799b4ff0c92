"""What the pages of records say, read as text."""

from dataclasses import replace

import pytest
from tests.ui.desks import DAY, app_on, sample_store

from fieldgate.domain.gates import evaluate
from fieldgate.ui.panes.detail.minutes import HEADINGS
from fieldgate.ui.panes.detail.others import PAGES, page_of
from fieldgate.ui.panes.detail.page import Source
from fieldgate.ui.panes.detail.pane import READ
from fieldgate.workspace.state import State


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    path = sample_store(tmp_path_factory.mktemp("sample"))
    app = app_on(path)
    first = app._first_state(app._target)
    app.finish()
    facts = first.reader.facts()
    yield State(
        number=1,
        today=DAY.today(),
        playbook=first.playbook,
        reader=first.reader,
        summary=first.summary,
        facts=facts,
        report=evaluate(first.playbook, facts, DAY.today()),
        settled=True,
    )
    first.reader.close()


def page(state: State, code: str) -> tuple[str, str]:
    """Title and text of the page of a record, with links in brackets."""
    kind, record_id, _ = state.reader.find(code)
    made = page_of(Source(state.reader.detail(kind, record_id), state))
    lines = ["".join(f"[{span.text}]" if span.link else span.text for span in line.spans) for line in made.lines]
    return made.title, "\n".join(lines)


def test_every_kind_that_has_a_page_can_be_read(state):
    assert set(PAGES) == READ


def test_a_hypothesis_shows_its_bet_its_answers_and_what_they_suggest(state):
    title, text = page(state, "H4")
    assert title == "H4 ? testing · key"
    assert "Pass line   3 yes of 5 firm answers, 60 %" in text
    assert "3 yes · 0 no · 1 maybe · confidence +0.60 · risk 2.0 of 5 · maybe rate 25 %" in text
    assert "2 of 5 before the bet" in text
    assert "rule it supported" in text
    assert "✓ yes 3  [C8 Northfleet Shellfish]  “First time Lyon thanked me for paperwork.”" in text


def test_a_hypothesis_without_settled_rules_still_shows_its_evidence(state):
    kind, record_id, _ = state.reader.find("H4")
    early = State(number=0, today=state.today, playbook=state.playbook, reader=state.reader)
    made = page_of(Source(state.reader.detail(kind, record_id), early))
    text = "\n".join("".join(span.text for span in line.spans) for line in made.lines)
    assert "Evidence" in text
    assert "First time Lyon thanked me" in text


def test_a_refuted_belief_shows_what_was_learned_and_its_children(state):
    titles = [page(state, f"H{number}") for number in range(1, 11)]
    assert any("Learned" in text and "Therefore" in text for _, text in titles)
    assert any("Lineage" in text and "from [H" in text for _, text in titles)


def test_a_belief_tells_its_line_of_descent_and_whom_to_ask(state):
    _, text = page(state, "H2")
    assert "from [H1 Restaurant owners" in text
    assert "this" in text
    _, text = page(state, "H1")
    assert "became [H2 Exporters" in text
    assert "[the discovery gate, round 1] · 12 Jan · 6 yes, 1 no, 1 maybe" in text
    assert "Ask next    [C7 Черноморски улов]" in page(state, "H5")[1]


def test_the_reason_of_a_no_is_kept_back_until_both_teams_have_answered(state):
    kind, record_id, _ = state.reader.find("M19")
    detail = state.reader.detail(kind, record_id)
    assert "I do not want to build billing on a nod" in page(state, "M19")[1]
    half = detail._replace(record=replace(detail.record, agree_custdev=None))
    text = "\n".join("".join(span.text for span in each.spans) for each in page_of(Source(half, state)).lines)
    assert "billing on a nod" not in text
    assert "shown when both teams have answered" in text


def test_a_meeting_reads_as_its_minutes_with_exactly_these_headings(state):
    for number in range(1, 22):
        _, text = page(state, f"M{number}")
        lines = [line.split("  ")[0] for line in text.splitlines()]
        found = [line for line in lines if line in HEADINGS]
        assert found == list(HEADINGS)


def test_a_touchpoint_shows_questions_risk_and_reward_and_its_trail(state):
    title, text = page(state, "BY-PM-04")
    assert title == "BY-PM-04 Price model · ▲ Fixing"
    assert "Ask         ✗ How was the price model tested on real buyers?" in text
    assert "leave yes · faster yes · safer yes" in text
    assert "Fixing since" in text
    assert "owner an" in text
    assert "[A11 Offer the price to three more exporters by name]" in text


def test_a_customer_shows_the_six_traits_in_their_order(state):
    _, text = page(state, "C4")
    levels = [text.index(f"Acceptance: the {name}") for name in ("build", "benefit")]
    assert levels[0] < text.index("Within budget") < levels[1] < text.index("The named pain is solved")
    assert text.index("Delivered within the agreed scope") < text.index("Within budget")
    names = [name.title for name in state.playbook.traits]
    places = [text.index(f"✓ {name}") for name in names]
    assert places == sorted(places)


def test_a_request_and_an_action_link_to_what_they_belong_to(state):
    assert "Customer    [C4 Hải Long Seafood]" in page(state, "R4")[1]
    assert "About       [C4 Hải Long Seafood]" in page(state, "A9")[1]


def test_a_note_says_what_it_speaks_to(state):
    title, text = page(state, "N76")
    assert title == "N76 13 Mar"
    assert "✓ yes 3  [H4 One printed page per load" in text


def test_a_gate_and_a_founder_can_be_read(state):
    for kind in ("gate", "member"):
        for record in state.reader.records(kind):
            made = page_of(Source(state.reader.detail(kind, record.id), state))
            assert made.title
            assert made.lines
