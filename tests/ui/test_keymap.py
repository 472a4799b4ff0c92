import subprocess
import sys
from itertools import pairwise

import pytest
from textual.app import App
from textual.keys import _character_to_key, key_to_character

from fieldgate.errors import FormatError
from fieldgate.ui.bindings import binding
from fieldgate.ui.keymap import (
    CHARACTERS,
    Keymap,
    Override,
    check_overrides,
    clashes,
    is_key,
    key_label,
    key_name,
    overrides_of,
)
from fieldgate.ui.keys import BY_ID, KEYS, Context


def test_every_id_is_given_once():
    assert len(BY_ID) == len(KEYS)


def test_every_key_has_words_help_a_context_and_a_key():
    for key in KEYS:
        assert key.words
        assert key.keys
        assert key.contexts
        assert key.help.endswith(".")


def test_a_key_means_one_thing_in_each_context():
    assert list(clashes(Keymap())) == []


def test_every_default_key_can_be_sent():
    for key in KEYS:
        assert all(is_key(key_name(each)) for each in key.keys), key.id


def test_a_letter_that_writes_at_once_in_triage_means_the_same_on_the_desk_or_nothing():
    desk = {each: key for key in KEYS if Context.DESK in key.contexts for each in key.keys}
    for key in KEYS:
        if key.writes and Context.TRIAGE in key.contexts:
            for each in key.keys:
                assert each not in desk or desk[each].sense == key.sense, (each, key.id)


def test_the_letters_of_a_verdict_do_nothing_on_the_desk():
    desk = {each for key in KEYS if Context.DESK in key.contexts for each in key.keys}
    assert not desk & set("ynmbdfwrg")


def test_no_letter_is_bound_where_letters_are_typed():
    for key in KEYS:
        if {Context.FORM, Context.CAPTURE} & set(key.contexts):
            assert all(len(each) > 1 for each in key.keys), key.id


def test_ctrl_is_never_the_only_way_except_to_leave_copy_save_and_look():
    only = {key.id for key in KEYS if all(each.startswith("ctrl+") for each in key.keys)}
    assert only == {"app.quit", "app.interrupt", "app.themes", "form.save"}


@pytest.mark.parametrize(("character", "name"), CHARACTERS.items())
def test_a_character_has_the_name_textual_gives_it(character, name):
    assert _character_to_key(character) == name
    assert key_to_character(name) == character or character in "/\\@-+_"


def test_labels_are_what_is_on_the_keyboard():
    assert [key_label(key_name(key)) for key in ("?", "down", "ctrl+o", "escape", "j")] == [
        "?",
        "↓",
        "ctrl+o",
        "esc",
        "j",
    ]


def test_an_override_replaces_the_default():
    keymap = check_overrides({"record.new": Override("f5, ctrl+n", 3)})
    assert keymap.keys("record.new") == ("f5", "ctrl+n")
    assert keymap.label("record.new") == "f5"
    assert keymap.changed == {"record.new": "f5,ctrl+n"}
    assert keymap.hint("record.new").words == "new"


def test_two_bindings_may_swap_their_keys():
    keymap = check_overrides({"record.new": Override("e", 1), "record.edit": Override("o", 2)})
    assert keymap.keys("record.edit") == ("o",)


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"record.bogus": Override("f5", 7)}, ["record.bogus", "line 7"]),
        ({"record.new": Override("hyper+q", 8)}, ["record.new", "hyper+q", "line 8"]),
        ({"record.new": Override("", 9)}, ["record.new", "line 9"]),
        ({"record.new": Override("ctrl+i", 10)}, ["ctrl+i", "tab", "line 10"]),
        ({"record.new": Override("j", 11)}, ["j", "list.down", "record.new", "line 11"]),
        ({"list.down": Override("o", 12)}, ["o", "list.down", "record.new", "line 12"]),
        ({"form.save": Override("s", 13)}, ["form.save", "line 13"]),
        ({"record.new": Override("[red]", 14)}, ["[red]", "line 14"]),
    ],
)
def test_a_bad_override_is_named_with_its_line(overrides, words):
    with pytest.raises(FormatError) as failure:
        check_overrides(overrides, where="keys.yaml")
    said = f"{failure.value.message} {failure.value.where}"
    assert all(word in said for word in [*words, "keys.yaml"])
    assert failure.value.hint


def test_overrides_come_from_the_settings_with_their_lines():
    assert overrides_of({"record.new": "f5"}, {("keys", "record.new"): 4}) == {"record.new": Override("f5", 4)}


def test_two_keys_may_be_one_hint():
    assert Keymap().pair("board.left", "board.right", "move").label == "H/L"


def test_the_card_of_a_context_lists_its_keys_in_order():
    ids = [key.id for key, _ in Keymap().card(Context.FORM)]
    assert ids[:6] == ["app.quit", "app.interrupt", "form.save", "form.next", "form.previous", "form.keep"]
    order = [KEYS.index(key) for key, _ in Keymap().card(Context.DESK)]
    assert all(a < b for a, b in pairwise(order))


class Counter(App[None]):
    BINDINGS = [binding("record.new", "count('new')"), binding("record.edit", "count('edit')")]  # noqa: RUF012  a test of ours

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def action_count(self, what: str) -> None:
        self.seen.append(what)


async def test_textual_follows_the_checked_keymap():
    app = Counter()
    async with app.run_test() as pilot:
        await pilot.press("o", "e")
        app.set_keymap(check_overrides({"record.new": Override("e", 1), "record.edit": Override("%", 2)}).changed)
        await pilot.press("e", "o", "%")
    assert app.seen == ["new", "edit", "new", "edit"]


def test_the_tables_need_no_textual():
    code = "import fieldgate.ui.keymap, sys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
