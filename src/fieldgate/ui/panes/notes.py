"""The interview notes, newest first: who said what, for which belief it speaks, and whether it waits for triage."""

from typing import cast

from fieldgate.domain.listing import ListRow, NoteRow, View
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import NOTE_KINDS, day_text, quoted
from fieldgate.words import mark, t
from fieldgate.workspace.state import State


class NotesPane(ListPane):
    """Notes of interviews and of all other meetings."""

    VIEW = View.NOTES
    NAME = mark("Notes")
    EMPTY = mark("No notes yet. Write what was said, word for word.")
    FILLS = (
        ("record.capture", mark("writes a talk down, line by line")),
        ("record.new", mark("writes one note")),
        ("app.commands", mark("and `import` bring in notes that you have")),
    )

    HELP = mark(
        "What people said, one line each, in their words. ● waits for triage. H2+ speaks for hypothesis 2, H2- "
        "against it, H2? is a maybe."
    )

    def row_of(self, row: ListRow, state: State) -> Row:
        """Day and who, then the words, then what they are evidence of."""
        note = cast("NoteRow", row)
        who = note.customer or note.meeting or t("no source named")
        head = f"{day_text(note.said_on, state.today)} · {who}"
        facts = [note.evidence] if note.evidence else []
        if note.kind != "observation":
            facts.append(t(NOTE_KINDS.get(note.kind, note.kind)))
        if note.mark:
            facts.append(_mark(state, note.mark))
        if note.waiting:
            facts.append(t("untriaged"))
        elif note.discarded:
            facts.append(t("discarded"))
        elif note.kind == "observation" and not note.evidence:
            facts.append(t("background"))
        if note.conflict:
            facts.append(t("! conflict"))
        return Row(
            note.id,
            (head, quoted(note.text), " · ".join(facts)),
            glyph="●" if note.waiting else " ",
            strong=note.waiting,
            dim=note.discarded,
        )

    def heading(self, state: State) -> str:
        """Say how many there are, and how many wait for triage."""
        waiting = state.reader.notes_waiting()
        text = super().heading(state)
        return f"{text} · {t('{n} untriaged', n=waiting)}" if waiting else text


def _mark(state: State, letter: str) -> str:
    # The kept summary says it too, before the playbook is read.
    titles = state.summary.marks if state.summary else {each.id: each.title for each in state.playbook.marks}
    return t(titles[letter]) if letter in titles else letter
