from datetime import date, timedelta

import pytest
from tests.ui.screentext import CONTROLS, FORBIDDEN, MARKUP, SCRIPTS, screen_lines, screen_text
from textual.app import App, ComposeResult
from textual.events import Paste

from fieldgate.errors import FieldgateError
from fieldgate.ui.plain import ControlFilter
from fieldgate.ui.widgets.field_form import FieldForm
from fieldgate.ui.widgets.fields import FieldKind, FieldSpec, judge
from fieldgate.ui.widgets.long_text import LongText, folded

HOSTILE = {**MARKUP, **CONTROLS, **SCRIPTS}
PEOPLE = [("c1", "C1 Ana Souza"), ("c2", "C2 ลูกค้า สมชาย"), ("c3", "C3 客戶 王"), ("c4", "C4 Nguyễn Anh")]


def read_date(text: str) -> str:
    if text.startswith("+"):
        return (date(2026, 11, 21) + timedelta(days=int(text[1:]))).isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FieldgateError(f"{text} is no date") from error


def find(text: str):
    return [(record_id, label) for record_id, label in PEOPLE if text.casefold() in label.casefold()]


def specs(**changes) -> list[FieldSpec]:
    fields = {
        "statement": FieldSpec(name="statement", label="Statement", required=True, help="What do you believe?"),
        "area": FieldSpec(
            name="area",
            label="Area",
            kind=FieldKind.CHOICE,
            choices=(("problem", "problem"), ("price", "price"), ("product", "product")),
            required=True,
        ),
        "importance": FieldSpec(name="importance", label="Importance", kind=FieldKind.NUMBER, value="3"),
        "due": FieldSpec(name="due", label="Due", kind=FieldKind.DATE, parse=read_date),
        "customer": FieldSpec(name="customer", label="Customer", kind=FieldKind.LINK, find=find),
        "key": FieldSpec(name="key", label="Key", kind=FieldKind.YESNO, value="no"),
        "tags": FieldSpec(name="tags", label="Tags", kind=FieldKind.TAGS),
        "text": FieldSpec(name="text", label="Text", kind=FieldKind.TEXT),
    }
    return [changes.get(name, spec) for name, spec in fields.items() if changes.get(name, spec)]


class Editor(App[None]):
    """One form."""

    def __init__(self, fields) -> None:
        super().__init__()
        self.fields = fields
        self.heard: list[tuple[str, object]] = []
        self.animation_level = "none"
        self.door = ControlFilter()

    def get_line_filters(self):
        return [*super().get_line_filters(), self.door]

    def compose(self) -> ComposeResult:
        self.form = FieldForm(self.fields)
        yield self.form

    def on_mount(self) -> None:
        self.form.focus()

    def on_field_form_submitted(self, message: FieldForm.Submitted) -> None:
        self.heard.append(("submitted", message.values))

    def on_field_form_abandoned(self, message: FieldForm.Abandoned) -> None:
        self.heard.append(("abandoned", (message.values, message.changed)))

    def on_field_form_editor_asked(self, message: FieldForm.EditorAsked) -> None:
        self.heard.append(("editor", (message.name, message.text)))

    def on_long_text_too_long(self, message: LongText.TooLong) -> None:
        self.heard.append(("too long", message.text))


async def type_in(pilot, text: str) -> None:
    for character in text:
        await pilot.press("space" if character == " " else character)


async def test_a_form_is_filled_in_by_keys_and_saved_on_the_last_field():
    app = Editor(specs(text=None))
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "They lose 3 h")
        await pilot.press("enter", "right", "enter")
        await pilot.press("backspace", "5", "enter")
        await type_in(pilot, "+7")
        await pilot.press("enter")
        await type_in(pilot, "ana")
        await pilot.press("enter", "y", "enter")
        await type_in(pilot, "a, b ,a")
        await pilot.press("enter")
        await pilot.pause()
    assert app.heard == [
        (
            "submitted",
            {
                "statement": "They lose 3 h",
                "area": "price",
                "importance": "5",
                "due": "2026-11-28",
                "customer": "c1",
                "key": "yes",
                "tags": "a, b",
            },
        )
    ]


async def test_what_is_wrong_is_said_beside_the_field_and_the_first_is_gone_to():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab")
        await type_in(pilot, "x")
        await pilot.press("tab")
        await type_in(pilot, "someday")
        await pilot.press("tab")
        await type_in(pilot, "nobody")
        await pilot.press("ctrl+s")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        place = {
            name: next(n for n, line in enumerate(lines) if line.startswith(name))
            for name in ("Statement", "Importance", "Due", "Customer")
        }
        assert "! Statement is missing" in lines[place["Statement"] + 1]
        assert "! '3x' is not a whole number" in lines[place["Importance"] + 1]
        assert "! someday is no date" in lines[place["Due"] + 1]
        assert "! no record is called nobody" in lines[place["Customer"] + 1]
        assert app.heard == []
        await type_in(pilot, "now said")
        assert app.form.typed["statement"] == "now said"
        await pilot.press("tab")
        assert "Statement is missing" not in screen_text(app)


async def test_leaving_keeps_what_was_typed_and_a_draft_brings_it_back():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await type_in(pilot, "half")
        await pilot.press("escape")
        await pilot.pause()
        kind, (values, changed) = app.heard[1]
        assert (kind, values["statement"], changed) == ("abandoned", "half", True)
        assert app.heard[0][1][1] is False
        app.form.fill({**values, "area": "product", "text": "long\ntext", "customer": "nobody", "gone": "x"})
        await pilot.pause()
        assert app.form.typed["area"] == "product"
        assert app.form.typed["text"] == "long\ntext"
        assert app.form.typed["customer"] == "nobody"


async def test_help_is_shown_while_the_field_has_the_focus():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "What do you believe?" in screen_text(app).splitlines()[-1]
        await pilot.press("tab")
        await pilot.pause()
        assert "What do you believe?" not in screen_text(app)


async def test_letters_and_arrows_choose():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "p")
        assert app.form.typed["area"] == "price"
        await pilot.press("p", "p", "p", "left", "space", "z", "minus")
        assert app.form.typed["area"] == "price"
        assert "‹ price ›" in screen_text(app)
        await pilot.click("ChoiceControl")
        assert app.form.typed["area"] == "product"


async def test_a_choice_that_is_not_required_may_be_none():
    spec = FieldSpec(name="area", label="Area", kind=FieldKind.CHOICE, choices=(("a", "a"),))
    app = Editor([spec, FieldSpec(name="none", label="None", kind=FieldKind.CHOICE, required=True)])
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.form.typed == {"area": "", "none": ""}
        await pilot.press("left")
        assert app.form.typed["area"] == "a"
        await pilot.press("tab", "left", "a")


@pytest.mark.parametrize(("typed", "expected"), [("王", "c3"), ("สม", "c2"), ("nguyễn", "c4"), ("C1", "c1")])
async def test_records_are_found_in_any_script(typed, expected):
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "tab")
        await type_in(pilot, typed)
        await pilot.pause()
        assert dict(PEOPLE)[expected] in screen_text(app)
        await pilot.press("tab")
        assert app.form.typed["customer"] == expected


async def test_arrows_and_double_click_choose_among_candidates():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "tab")
        await type_in(pilot, "C")
        await pilot.press("down", "down", "up", "enter")
        assert app.form.typed["customer"] == "c2"
        await pilot.press("shift+tab", *["backspace"] * 20)
        await type_in(pilot, "C")
        await pilot.pause()
        await pilot.click("LinkControl RecordList", offset=(3, 3), times=2)
        assert app.form.typed["customer"] == "c4"


async def test_a_linked_record_shows_its_label_and_can_be_taken_out():
    app = Editor(
        [FieldSpec(name="c", label="Customer", kind=FieldKind.LINK, find=find, value="c1", shown="C1 Ana Souza")]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        assert "C1 Ana Souza" in screen_text(app)
        assert app.form.typed["c"] == "c1"
        assert not app.form.changed
        await pilot.press(*["backspace"] * 20, "ctrl+s")
        await pilot.pause()
    assert app.heard == [("submitted", {"c": ""})]


async def test_pasted_lines_are_joined_in_a_line_and_kept_in_a_text():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Paste("one\r\ntwo\nthree"))
        await pilot.pause()
        assert app.form.typed["statement"] == "one two three"
        await pilot.press(*["tab"] * 7)
        app.post_message(Paste("one\ntwo"))
        await pilot.pause()
        assert app.form.typed["text"] == "one\ntwo"
        app.post_message(Paste("word " * 4000))
        await pilot.pause()
        assert max(map(len, app.form.typed["text"].split("\n"))) <= 8_003
        app.post_message(Paste("x" * 1_000_001))
        await pilot.pause()
    assert app.heard[-1] == ("too long", "x" * 1_000_001)


async def test_the_cursor_goes_to_the_end_and_typing_does_not_replace_all():
    app = Editor([FieldSpec(name="a", label="A", value="abc", limit=5)])
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "defg")
        assert app.form.typed["a"] == "abcde"


async def test_a_long_text_can_be_edited_outside():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await pilot.press(*["tab"] * 7)
        await type_in(pilot, "hm")
        await pilot.press("f4")
        await pilot.pause()
        assert app.heard == [("editor", ("text", "hm"))]
        app.form.fill({"text": "from outside"})
        assert app.form.typed["text"] == "from outside"


async def test_what_the_rules_find_is_said_beside_its_field():
    app = Editor(specs())
    async with app.run_test(size=(80, 24)) as pilot:
        app.form.say({"due": "[b]too late[/b]"})
        await pilot.pause()
        assert "! [b]too late[/b]" in screen_text(app)
        await type_in(pilot, "+1")
        assert app.form.typed["due"] == "+1"


async def test_every_field_comes_into_sight():
    app = Editor([FieldSpec(name=f"f{n}", label=f"Field {n}", help="help") for n in range(12)])
    async with app.run_test(size=(40, 8)) as pilot:
        for number in range(12):
            assert f"Field {number}" in screen_text(app)
            await pilot.press("tab")
            await pilot.pause()


async def test_hostile_words_are_shown_and_not_obeyed():
    fields = []
    for name, text in HOSTILE.items():
        fields += [
            FieldSpec(name=f"a{name}", label=text, value=text, help=text, check=lambda value: value),
            FieldSpec(
                name=f"b{name}", label="B", kind=FieldKind.CHOICE, choices=((text, text),), value=text, required=True
            ),
        ]
    everything = "\n".join(HOSTILE.values())
    fields.append(FieldSpec(name="d", label="D", kind=FieldKind.TEXT, value=everything))
    app = Editor(fields)
    async with app.run_test(size=(80, len(fields) * 2 + 12)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        shown = "\n".join(screen_lines(app))
    assert not set(FORBIDDEN) & set(shown)
    assert shown.count("oops [/nope] end") == 5
    assert app.heard == []


async def test_hostile_candidates_are_shown_and_not_obeyed():
    found = list({**MARKUP, **CONTROLS}.items())
    for start in range(0, len(found), 5):
        offered = found[start : start + 5]
        field = FieldSpec(name="c", label="C", kind=FieldKind.LINK, find=lambda _, offered=offered: offered)
        app = Editor([field])
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("e")
            await pilot.pause()
            shown = "\n".join(screen_lines(app))
        assert not set(FORBIDDEN) & set(shown)
        assert shown.count("end") == len(offered)


def test_text_beyond_its_limit_is_refused_in_words_and_kept():
    spec = FieldSpec(name="a", label="A", kind=FieldKind.TEXT, limit=16_000)
    judged = judge(spec, "ลูก" * 2_000)
    assert judged.value == "ลูก" * 2_000
    assert "18 kB" in judged.error
    assert "16 kB" in judged.error


def test_lines_are_folded_at_spaces_where_there_are_any():
    assert folded("aaa bbb ccc", 8) == "aaa bbb\nccc"
    assert folded("a" * 20, 8) == "a" * 8 + "\n" + "a" * 8 + "\n" + "a" * 4
    assert folded("short", 8) == "short"
