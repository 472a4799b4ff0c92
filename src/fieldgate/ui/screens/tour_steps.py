"""The ten steps of the tour: what to do, why, and by what one sees that it was done."""

from collections.abc import Callable
from typing import NamedTuple

from fieldgate.words import mark


class Sight(NamedTuple):
    """What the tour sees of the app.

    `screen` is the one on top: desk, triage, capture, palette, help, or empty for any other; `view` is where one is on
    the desk. `undecided` counts the notes that wait for a decision, `followed` how often one went from a criterion
    to what would fix it.
    """

    screen: str = ""
    view: str = ""
    reading: bool = False
    undecided: int = 0
    followed: int = 0


class Step(NamedTuple):
    """One step. `keys` are the ids of the keys that `what` names, in its order, as {0}, {1}."""

    what: str
    why: str
    keys: tuple[str, ...]
    is_done: Callable[[Sight, Sight], bool]
    """Compares what was seen when the step began with what is seen now."""


def _on(screen: str) -> Callable[[Sight, Sight], bool]:
    return lambda _, now: now.screen == screen


STEPS: tuple[Step, ...] = (
    Step(
        what=mark("This is a startup on its desk. {0} shows why its gate is not open yet."),
        why=mark("A gate ends a step: go on, turn, or stop."),
        keys=("gate.why",),
        is_done=lambda _, now: now.screen == "desk" and now.view == "gate",
    ),
    Step(
        what=mark("{0} to a criterion that is missing; {1} goes to what would prove it."),
        why=mark("Nobody ticks a box here; notes decide."),
        keys=("list.down", "list.open"),
        is_done=lambda before, now: now.screen == "desk" and now.followed > before.followed,
    ),
    Step(
        what=mark("{0} shows what they believe. Go to one with {1}, read it with {2}."),
        why=mark("Each locks its prediction before asking."),
        keys=("view.hypotheses", "list.down", "list.open"),
        is_done=lambda _, now: now.view == "hypotheses" and now.reading,
    ),
    Step(
        what=mark("{0} shows what customers said; {1} asks about what is still undecided."),
        why=mark("A note counts once it speaks for a belief."),
        keys=("view.notes", "triage.pane"),
        is_done=_on("triage"),
    ),
    Step(
        what=mark("Does it speak for the belief? {0} yes, {1} no, then 0-4; {2} only keeps it."),
        why=mark("4 paid, 2 did it; praise counts as maybe."),
        keys=("triage.yes", "triage.no", "triage.background"),
        is_done=lambda before, now: now.undecided < before.undecided,
    ),
    Step(
        what=mark("Not sure? {0} takes it back, as often as you like, also tomorrow."),
        why=mark("Nothing is ever lost, so decide fast."),
        keys=("app.undo",),
        is_done=lambda before, now: now.undecided > before.undecided,
    ),
    Step(
        what=mark("{0} ends triage, and once more its summary."),
        why=mark("All that you decided is saved already."),
        keys=("triage.end",),
        is_done=_on("desk"),
    ),
    Step(
        what=mark("A customer talks: {0}, choose whom with {1}, type a sentence, {1} writes it."),
        why=mark("One line, one thing that was said."),
        keys=("record.capture", "list.open"),
        is_done=lambda before, now: now.undecided > before.undecided,
    ),
    Step(
        what=mark("{0} goes back to the desk. There {1} finds any record and any command."),
        why=mark("Type part of a name, or of what was said."),
        keys=("capture.end", "app.commands"),
        is_done=_on("palette"),
    ),
    Step(
        what=mark("{0} leaves it. {1} explains where you are and lists its keys, everywhere."),
        why=mark("That is all one has to remember."),
        keys=("list.back", "app.help"),
        is_done=_on("help"),
    ),
)

END = mark("That was the tour. Look around: this copy is yours until you quit.")
AFTERWARDS = mark("{0} quits; `new` in {1} starts your own.")
