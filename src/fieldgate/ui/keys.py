"""Every key of the app: what it is called, what it does, where it holds. Plain tables, no Textual.

The rule that keeps triage safe: a letter that writes at once in triage means the same on the desk or nothing there.
Whoever has learned `n` as "new" would otherwise record a "no"; hence `o` for new and `Y` for copy. Everything is one
letter; Ctrl keys are only second names, since terminals and multiplexers take them.
"""

from enum import StrEnum
from typing import NamedTuple

from fieldgate.words import mark


class Context(StrEnum):
    """Where keys hold together: within one context a key has one meaning."""

    DESK = "desk"
    """The desk, its lists and the detail, the gate, the sync screen."""
    TRIAGE = "triage"
    STRENGTH = "strength"
    """After `y` or `n` on a note: a digit says how strong it is."""
    CONFLICT = "conflict"
    """A triage item with numbered values."""
    FORM = "form"
    """Letters are letters here."""
    CAPTURE = "capture"
    """The one line in which an interview is written down."""
    MENU = "menu"
    """Start cards, pickers, the go-to menu."""


DESK, TRIAGE, FORM, MENU = Context.DESK, Context.TRIAGE, Context.FORM, Context.MENU
_WORK = (DESK, TRIAGE)
_ALL = (DESK, TRIAGE, MENU)


class Key(NamedTuple):
    """One thing a key does."""

    id: str
    """`area.action`; the name in the user's `keys:` map."""
    keys: tuple[str, ...]
    """Default keys, the first is the one that is shown. A character stands for itself."""
    words: str
    """One or two words for the hint line."""
    help: str
    """One sentence for the help and the key card."""
    contexts: tuple[Context, ...]
    writes: bool = False
    """Changes a record at the press, without asking first."""
    sense: str = ""
    """What the hand learns; keys of one sense may share a letter between triage and desk. The id when empty."""


def _key(name: str, keys: str, words: str, text: str, *contexts: Context, writes: bool = False, sense: str = "") -> Key:
    return Key(
        id=name,
        keys=tuple(keys.split()),
        words=words,
        help=text,
        contexts=contexts,
        writes=writes,
        sense=sense or name,
    )


_APP = (
    _key("app.quit", "ctrl+q", mark("quit"), mark("Quit; asks only while a draft is open."), DESK, TRIAGE, MENU, FORM),
    _key("app.interrupt", "ctrl+c", mark("copy"), mark("Copy the selection, or say how to quit."), *_ALL, FORM),
    _key("app.help", "? f1", mark("all keys"), mark("Explain what has the focus and list its keys."), *_ALL),
    _key("app.commands", ": ctrl+p", mark("commands"), mark("Search everything and run any action."), DESK, MENU),
    _key("app.goto", "' ctrl+g", mark("go to"), mark("Menu of places to go to."), DESK),
    _key("app.jump", "F ctrl+o", mark("jump"), mark("Label every row and pane in sight; its letter goes there."), DESK),
    _key("app.undo", "u ctrl+z", mark("undo"), mark("Undo the last change, as often as wanted."), *_WORK, sense="undo"),
    _key("app.redo", "U ctrl+y", mark("redo"), mark("Redo what was undone."), DESK),
    _key(
        "app.next", ">", mark("what next"), mark("All that would move the gate, in its order; Enter goes there."), DESK
    ),
    _key("app.log", "I", mark("log"), mark("The log, in triage of this session, with undo back to here."), *_WORK),
    _key("app.sync", "S", mark("sync"), mark("Take in and give out what changed in the shared folder."), DESK),
    _key("app.news", "V", mark("what is new"), mark("What others changed since you last looked."), DESK),
    _key("app.switch", "W", mark("workspaces"), mark("Open another workspace."), DESK),
    _key("app.themes", "ctrl+t", mark("themes"), mark("Choose a theme; moving previews it."), DESK),
)

_VIEWS = (
    _key("view.hypotheses", "1", mark("hypotheses"), mark("Go to the hypotheses."), DESK),
    _key("view.notes", "2", mark("notes"), mark("Go to the interview notes."), DESK),
    _key("view.journey", "3", mark("journey"), mark("Go to the journey board."), DESK),
    _key("view.gate", "4", mark("gate"), mark("Go to the gate."), DESK),
    _key("view.customers", "5", mark("customers"), mark("Go to the customers."), DESK),
    _key("view.meetings", "6", mark("meetings"), mark("Go to the meetings."), DESK),
    _key("view.requirements", "7", mark("requirements"), mark("Go to the requirements."), DESK),
    _key("view.actions", "8", mark("actions"), mark("Go to the actions."), DESK),
    _key("gate.why", "G", mark("why not"), mark("Why the gate is not open yet; again comes back."), *_WORK),
)

_LISTS = (
    _key("list.down", "j down", mark("down"), mark("The next row, or the next belief."), *_ALL),
    _key("list.up", "k up", mark("up"), mark("The row before."), *_ALL),
    _key("list.left", "h left", mark("left"), mark("The column or pane to the left."), DESK),
    _key("list.right", "l right", mark("right"), mark("The column or pane to the right."), DESK),
    _key("list.page_down", "pagedown", mark("page"), mark("One page down."), *_ALL),
    _key("list.page_up", "pageup", mark("page up"), mark("One page up."), *_ALL),
    _key("list.home", "home", mark("first"), mark("The first row."), DESK, MENU),
    _key("list.end", "end", mark("last"), mark("The last row."), DESK, MENU),
    _key("list.open", "enter", mark("open"), mark("Open what is under the cursor."), *_ALL),
    _key("list.back", "escape q", mark("back"), mark("One level out; never quits, never loses text."), DESK, MENU),
    _key("list.mark", "space", mark("mark"), mark("Mark the row; a verb then acts on all marked."), DESK, MENU),
    _key("list.filter", "/", mark("filter"), mark("Filter while typing; !word leaves out."), *_WORK),
    _key("list.zoom", "z", mark("zoom"), mark("Give the pane the whole screen, and back."), *_WORK),
    _key("list.copy", "Y", mark("copy"), mark("Copy the row to the clipboard."), *_WORK),
    _key("pane.next", "tab", mark("next pane"), mark("The next pane."), DESK),
    _key("pane.previous", "shift+tab", mark("pane before"), mark("The pane before."), DESK),
)

_RECORDS = (
    _key("record.new", "o", mark("new"), mark("New record here, prefilled from the cursor."), DESK),
    _key("record.edit", "e", mark("edit"), mark("Edit the record."), DESK),
    _key("record.editor", "E", mark("$EDITOR"), mark("Edit the long text in your own editor."), DESK),
    _key("record.archive", "x", mark("archive"), mark("Archive; undo brings it back."), DESK, sense="put away"),
    _key("record.action", "a", mark("action"), mark("Make an action out of it, or take it on."), *_WORK),
    _key("record.snooze", "s", mark("snooze"), mark("Put it off to a date."), *_WORK),
    _key("record.chase", "c", mark("chase"), mark("Ask the customer again."), *_WORK, writes=True),
    _key("record.park", "p", mark("park"), mark("Park the requirement."), *_WORK, writes=True),
    _key("record.to_sync", "v", mark("to sync"), mark("Put it on the list of the next sync."), *_WORK, writes=True),
    _key("record.escalate", "!", mark("escalate"), mark("Escalate the touchpoint."), DESK),
    _key("record.capture", "C", mark("capture"), mark("Write down an interview, one line after the other."), DESK),
    _key("record.questions", "P", mark("questions"), mark("Three questions for the customer, to take along."), DESK),
    _key("record.moves", ".", mark("what now"), mark("What this record can do now, and what the rest lacks."), DESK),
    _key("record.history", "i", mark("history"), mark("What happened to this record."), *_WORK),
)

_BOARD = (
    _key("board.left", "H shift+left", mark("move left"), mark("Move the card one column left."), DESK),
    _key("board.right", "L shift+right", mark("move"), mark("Move the card one column right."), DESK),
    _key("board.lower", "J shift+down", mark("lower"), mark("Move the card down in its column."), DESK),
    _key("board.higher", "K shift+up", mark("higher"), mark("Move the card up in its column."), DESK),
    _key("board.by_rule", "=", mark("order by rule"), mark("Forget the order given by hand in this column."), DESK),
    _key("board.phase_before", "[", mark("phase before"), mark("Show the phase before."), DESK),
    _key("board.phase_after", "]", mark("phase"), mark("Show the next phase."), DESK),
    _key("board.map", "M", mark("map"), mark("The journey as a map, and back."), DESK),
    _key("board.catalogue", "+", mark("catalogue"), mark("Add a touchpoint from the catalogue."), DESK),
)

_TRIAGE = (
    _key("triage.start", "t", mark("triage"), mark("Decide what waits, one key each."), DESK, MENU),
    _key("triage.pane", "T", mark("triage these"), mark("Decide what this pane shows, or what is marked."), DESK),
    _key(
        "triage.yes", "y", mark("yes"), mark("Yes, supported, still speaks; on a note then 0-4."), TRIAGE, writes=True
    ),
    _key("triage.no", "n", mark("no"), mark("No, refuted; on a note then 0-4."), TRIAGE, writes=True),
    _key("triage.maybe", "m", mark("maybe"), mark("Maybe; written at once."), TRIAGE, writes=True),
    _key("triage.hypothesis", "h", mark("hypothesis"), mark("A new hypothesis from this note."), TRIAGE),
    _key("triage.request", "r", mark("request"), mark("A customer asks for something."), TRIAGE),
    _key("triage.gap", "g", mark("gap"), mark("A touchpoint falls short."), TRIAGE),
    _key("triage.background", "b", mark("background"), mark("Keep it, nothing to decide."), TRIAGE, writes=True),
    _key(
        "triage.discard", "x", mark("discard"), mark("Discard, drop, decline."), TRIAGE, writes=True, sense="put away"
    ),
    _key("triage.duplicate", "d", mark("duplicate"), mark("The same as another one."), TRIAGE),
    _key("triage.field", "f", mark("field check"), mark("Check it in the field first."), TRIAGE, writes=True),
    _key("triage.narrow", "w", mark("narrow"), mark("Narrow the hypothesis."), TRIAGE),
    _key("triage.extend", "e", mark("extend"), mark("Extend or set another date."), TRIAGE),
    _key("triage.done", "D", mark("done"), mark("Done, shared, ready."), TRIAGE, writes=True),
    _key("triage.accept", "A", mark("accept"), mark("Accept the requirement."), TRIAGE, writes=True),
    _key(
        "triage.not",
        "N",
        mark("not"),
        mark("Not applicable, not needed, not critical; no answer."),
        TRIAGE,
        writes=True,
    ),
    _key("triage.retire", "R", mark("retire"), mark("Retire the hypothesis."), TRIAGE, writes=True),
    _key("triage.reopen", "O", mark("reopen"), mark("Open the shaken hypothesis again."), TRIAGE, writes=True),
    _key("triage.export", "X", mark("export"), mark("Export the minutes now."), TRIAGE, writes=True),
    _key("triage.both", "B", mark("both"), mark("Keep both texts."), TRIAGE, writes=True),
    _key(
        "triage.more",
        "l",
        mark("several"),
        mark("The note speaks to more beliefs: it stays after the next one."),
        TRIAGE,
    ),
    _key("triage.items", "n", mark("items"), mark("End after so many verdicts."), MENU),
    _key("triage.minutes", "m", mark("time limit"), mark("End after so many minutes."), MENU),
    _key("triage.skip", "space", mark("skip"), mark("To the end of this session."), TRIAGE),
    _key("triage.quick_note", "o", mark("note"), mark("Write a note; the item stays."), TRIAGE),
    _key("triage.end", "q escape", mark("end"), mark("End the session; all decided is saved."), TRIAGE),
)

_STRENGTHS = tuple(
    _key(f"strength.{digit}", digit, words, text, Context.STRENGTH, writes=True)
    for digit, words, text in (
        ("0", mark("polite"), mark("Praises, imagines, promises nothing.")),
        ("1", mark("says"), mark("States an opinion or a habit in general.")),
        ("2", mark("did"), mark("Tells a specific past event, shows a workaround, names its cost.")),
        ("3", mark("gave"), mark("Gives time, access, a name or data that costs them.")),
        ("4", mark("paid"), mark("Gives money.")),
    )
)

_VALUES = tuple(
    _key(f"conflict.{digit}", digit, digit, mark("Take the value with this number."), Context.CONFLICT, writes=True)
    for digit in "123456789"
)

_FORMS = (
    _key("form.save", "ctrl+s", mark("save"), mark("Save; Enter on the last field does the same."), FORM),
    _key("form.next", "tab", mark("next field"), mark("The next field."), FORM),
    _key("form.previous", "shift+tab", mark("field before"), mark("The field before."), FORM),
    _key("form.keep", "escape", mark("keep as draft"), mark("Leave; what was typed is kept as a draft."), FORM),
    _key("form.before", "left", mark("before"), mark("The choice before."), FORM),
    _key(
        "form.after",
        "right space",
        mark("next"),
        mark("The next choice; a letter goes to the next with that letter."),
        FORM,
    ),
    _key("form.help", "f1", mark("help"), mark("Explain what is asked and list the keys."), FORM, Context.CAPTURE),
    _key("form.editor", "f4", mark("$EDITOR"), mark("Edit the long text in your own editor."), FORM),
    _key("capture.write", "enter", mark("write"), mark("Write the line down."), Context.CAPTURE),
    _key("capture.mark", "tab", mark("mark"), mark("The next mark letter for this line."), Context.CAPTURE),
    _key("capture.end", "escape", mark("end"), mark("End capturing; the line is kept as a draft."), Context.CAPTURE),
)

_TOUR = (
    _key("tour.skip", "f7", mark("skip"), mark("In the tour: go on without taking the step."), *_ALL, FORM),
    _key("tour.leave", "f8", mark("leave"), mark("Leave the tour; all stays as it is."), *_ALL, FORM),
)

KEYS: tuple[Key, ...] = (
    *_APP, *_VIEWS, *_LISTS, *_RECORDS, *_BOARD, *_TRIAGE, *_STRENGTHS, *_VALUES, *_FORMS, *_TOUR
)  # fmt: skip

BY_ID: dict[str, Key] = {key.id: key for key in KEYS}
