"""The interview prompt: what is still open with a customer, riskiest first, and how to ask."""

from tests.cli.calls import SCRIPTS


def test_it_names_at_most_three_of_the_riskiest_that_the_customer_has_not_answered(told):
    answer = told("prompt", "C8", "--json")
    assert answer.status == 0
    learn = answer.data["learn"]
    assert 0 < len(learn) <= 3
    answered = {
        each["code"] for each in told("list", "hypotheses", "--json").data["records"] if each["state"] == "supported"
    }
    assert not {each["hypothesis"] for each in learn} & answered
    assert all(each["ask"] for each in learn)


def test_a_firm_answer_takes_a_belief_off_the_prompt_and_a_maybe_does_not(told):
    first = told("prompt", "C8", "--json").data["learn"][0]["hypothesis"]
    code = told("note", "--customer", "C8", SCRIPTS["thai"]).out.strip()
    assert told("link", code, first, "maybe").status == 0
    again = told("prompt", "C8", "--json").data["learn"][0]
    assert (again["hypothesis"], again["maybe_since"]) != (first, None)
    assert first in {each["hypothesis"] for each in told("prompt", "C8", "--json").data["learn"]}
    code = told("note", "--customer", "C8", "she paid").out.strip()
    assert told("link", code, first, "yes", "4").status == 0
    assert first not in {each["hypothesis"] for each in told("prompt", "C8", "--json").data["learn"]}


def test_it_is_half_a_page_that_says_how_to_ask_and_what_never_to_ask(told):
    lines = told("prompt", "C8").out.splitlines()
    assert lines[0].startswith("C8 Northfleet Shellfish")
    assert len(lines) <= 33
    assert any(line.startswith("- Never: Is it a good idea?") for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_what_is_no_customer_is_refused(told):
    assert told("prompt", "H4").status == 2
    assert told("prompt", "C99").status == 3
    assert told("prompt", "C\udcff").status == 3
    assert told("prompt").status == 2
