"""show --contrary: the strongest piece against a belief. Whoever has read it has heard it, and the gate keeps that."""

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json, tell
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.hearing import Heard, hear
from fieldgate.workspace.naming import find_record


def say_contrary(call: Call, code: str) -> None:
    """Show what speaks most against a belief, and keep with the open gate that it was heard.

    Raises:
        UsageError: The code is of something else than a hypothesis.
    """
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, code)
        if named.kind != "hypothesis":
            raise UsageError(
                t("Only a hypothesis has a contrary piece, and {code} is none.", code=code),
                t("Form: fieldgate show --contrary H4"),
                code,
            )
        heard = hear(workspace, named.id)
    if call.as_json:
        say_json(_data(heard))
    else:
        _say(heard)


def _data(heard: Heard) -> dict[str, object]:
    piece = heard.piece
    found = None
    if piece is not None:
        found = {
            "evidence_id": piece.evidence.id,
            "note": piece.note.code,
            "stance": piece.evidence.stance,
            "strength": piece.evidence.strength,
            "said_on": piece.note.said_on,
            "text": heard.text,
        }
    return {"hypothesis": heard.belief.code, "contrary": found, "heard": heard.now or heard.before}


def _say(heard: Heard) -> None:
    piece, code = heard.piece, heard.belief.code
    if piece is None:
        say(t("Nothing speaks against {code} yet.", code=code))
        return
    customer = heard.customer
    source = f"{customer.name} ({customer.code})" if customer else t("no source named")
    say(f"{code}  {piece.evidence.stance.value} {piece.evidence.strength}  {piece.note.code}")
    say_wrapped(heard.text, "  ")
    say_wrapped(f"{source}, {piece.note.said_on}", "  ")
    if heard.now:
        tell(t("Heard: the gate does not wait for the piece against {code} any more.", code=code))
    elif heard.before:
        tell(t("Heard before."))
