"""The sample from where it stands to an advanced discovery gate, by commands; every shortcut says what to do instead."""

from pathlib import Path


def words_of(answer):
    """What was said on standard error, on one line."""
    return " ".join(answer.err.split())


def test_the_sample_is_led_to_the_end_of_discovery_by_commands(told):
    def act(*words, status=0):
        answer = told(*words, "--as", "an")
        assert answer.status == status, (words, answer.err)
        return answer

    def shortcut(*words):
        """A shortcut is refused, with all that is missing and no word of being locked out."""
        answer = act(*words, status=1)
        assert "blocked" not in answer.err.lower()
        return words_of(answer)

    # The gate cannot be passed as it is: each missing thing is named with what would mend it.
    missing = shortcut("gate", "advance")
    for part in (
        "No key belief about solution is supported yet",
        "Not settled yet: H4, H5",
        "Maybes left untreated: 3",
        "Product Development said no in M19",
        "Open the strongest piece against H2 first",
    ):
        assert part in missing
    assert "reason" in shortcut("rule", "H5", "supported", "--learned", "искаме го")
    Path("pivot.json").write_text('[{"hypothesis": "H4", "statement": "x", "pivot_kind": "need", "reason": "y"}]')
    assert "proposal pivot" in shortcut("gate", "pivot", "pivot.json")
    assert "proposal stop" in shortcut("gate", "stop", "no_market", "--reason", "x")
    assert "proposal another date" in shortcut("gate", "redate", "2026-04-30", "--reason", "x")

    # What the numbers say is ruled; what they do not say yet is asked for.
    act("rule", "H4", "supported", "--learned", "Một trang là đủ.")
    for customer in ("C7", "C10"):
        note = act("note", "--customer", customer, "ще платим, ето поръчката").out.strip()
        assert "strength" in words_of(told("link", note, "H5", "maybe", "3", "--as", "an"))
        act("link", note, "H5", "yes", "3")
    act("rule", "H5", "supported", "--learned", "先付錢的人都願意再付。")
    missing = shortcut("gate", "advance")
    assert "Not settled" not in missing
    assert "M19" in missing

    # The piece against each belief is read; both teams agree, each in its own name.
    for belief in [each["hypothesis"] for each in told("gate", "--json").data["unheard"]]:
        act("show", "--contrary", belief)
    assert told("gate", "--json").data["unheard"] == []
    assert "answered in M19" in shortcut("move", "M19", "vote", "team=proddev", "agree=yes")
    sync = act("add", "meeting", "kind=sync", "topic=Leave discovery", "date=2026-03-16", "members=an mei").out.strip()
    assert "proposal" in shortcut("move", sync, "vote", "team=custdev", "agree=yes")
    act("move", sync, "propose", "proposal=advance")
    act("move", sync, "vote", "team=custdev", "agree=yes")
    assert "reason" in shortcut("move", sync, "vote", "team=proddev", "agree=no")
    assert "has not answered" in shortcut("gate", "advance")
    act("move", sync, "vote", "team=proddev", "agree=yes")

    gate = told("gate", "--json").data
    assert (gate["may_advance"], gate["readiness"]) == (True, 100)
    act("gate", "advance", "--stop-if", "fewer than three orders by July")
    status = told("status", "--json").data
    assert (status["step"], status["gate"]["round"]) == ("validation", 1)
    assert status["gate"]["stop_if"] == "fewer than three orders by July"
    closed = told("show", "discovery.2", "--json").data["record"]
    assert closed["outcome"] == "advance"
    assert '"readiness": 100' in closed["snapshot"]
