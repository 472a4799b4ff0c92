import json
from pathlib import Path

import pytest

from fieldgate.cli.examples import EXAMPLES, EXIT_STATUSES
from fieldgate.cli.program import COMMANDS, HIDDEN
from fieldgate.cli.shapes import SHAPES
from fieldgate.cli.spec import commands_text
from fieldgate.domain.kinds import KIND_NAMES, kinds
from fieldgate.domain.policy import POLICY_KEYS
from fieldgate.locations import Locations
from fieldgate.ui.keys import KEYS
from fieldgate.workspace.playbook_files import shipped_playbook

NAMES = [name for name in COMMANDS if name not in HIDDEN]
ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SHARED = {
    "fieldgate.1": ("spec", "--man"),
    "fieldgate.bash": ("completion", "bash"),
    "_fieldgate": ("completion", "zsh"),
    "fieldgate.fish": ("completion", "fish"),
}
"""What the wheel installs beside the package, and the command that prints it."""


def test_the_card_has_every_key(call):
    text = call("keys").out
    assert [key.id for key in KEYS if key.id not in text] == []
    data = call("keys", "--json").data
    assert set(data) == set(SHAPES["keys"])
    assert {row["id"] for rows in data["contexts"].values() for row in rows} == {key.id for key in KEYS}


def test_the_card_shows_the_keys_that_the_user_gave(call, own_folders):
    (own_folders / "config").mkdir()
    (own_folders / "config" / "settings.yaml").write_text("keys:\n  app.help: f9\n")
    rows = call("keys", "--json").data["contexts"]["desk"]
    assert next(row["keys"] for row in rows if row["id"] == "app.help") == "f9"
    (own_folders / "config" / "settings.yaml").write_text("keys:\n  app.helpp: f9\n")
    answer = call("keys")
    assert answer.status == 4
    assert "app.helpp" in answer.err


def test_the_spec_describes_every_command(call):
    data = call("spec", "--json").data
    assert set(data) == set(SHAPES["spec"])
    assert list(data["commands"]) == NAMES
    assert set(data["exit_statuses"]) == set(EXIT_STATUSES)
    for name, each in data["commands"].items():
        assert each["help"], name
        assert each["examples"], name
        assert [option["names"] for option in each["options"] if not option["help"]] == [], name
        assert each["json"] is None or each["json"]["format"] == "1" or "format" in each["json"], name
    assert {"--mark", "--meeting", "--customer", "--as", "--json", "--today"} <= {
        name for option in data["commands"]["note"]["options"] for name in option["names"]
    }
    assert call("spec").out.splitlines()[0].startswith("fieldgate status")


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_has_its_form_and_its_examples(call, name):
    answer = call(name, "--help", day=None)
    assert answer.status == 0
    assert f"Usage: fieldgate {name}" in answer.out
    assert EXAMPLES[name][0][:60] in answer.out


def test_the_help_names_every_command_and_exit_status(call):
    text = call("--help").out
    assert [name for name in NAMES if f"  {name} " not in text] == []
    assert [status for status in EXIT_STATUSES if f"  {status} " not in text] == []


def test_an_example_is_a_call_of_the_command_that_it_stands_under():
    for name, lines in EXAMPLES.items():
        assert all(line.startswith(f"fieldgate {name}") for line in lines), name


def test_the_guide_has_the_commands_as_they_are():
    text = README.read_text("utf-8")
    section = text.partition("<!-- commands -->\n")[2].partition("<!-- /commands -->")[0]
    assert section.strip() == commands_text().strip()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(call, shell):
    answer = call("completion", shell)
    assert answer.status == 0
    assert "_FIELDGATE_COMPLETE" in answer.out


def test_a_shell_that_is_none_is_refused(call):
    assert call("completion", "tcsh").status == 2
    assert call("completion").status == 2


def test_the_version_is_told(call):
    from fieldgate import __version__

    assert call("--version").out == f"fieldgate, version {__version__}\n"


def test_json_is_indented_for_people_and_read_by_programs(call):
    text = call("spec", "--json").out
    assert json.loads(text)["format"] == 1
    assert text.startswith('{\n  "format": 1')


def test_the_manual_page_has_every_command_option_and_status(call):
    text = call("spec", "--man").out
    assert text.startswith(".TH FIELDGATE 1 ")
    plain = text.replace("\\-", "-")
    assert [name for name in NAMES if f"fieldgate {name}" not in plain] == []
    assert "--anonymous" in plain
    assert [status for status in EXIT_STATUSES if f".TP\n{status}\n" not in plain] == []
    odd = [line for line in text.splitlines() if line[:1] in ".'" and line.split()[0] not in MACROS]
    assert odd == []


MACROS = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br", ".nf", ".fi"}


def test_the_reference_is_made_from_the_code_and_leaves_nothing_out(call):
    text = call("spec", "--reference").out
    book = shipped_playbook(Locations.find().playbooks())
    wanted = [
        *(f"`{key.id}`" for key in KEYS),
        *(f"### `fieldgate {name}" for name in NAMES),
        *(f"| `{name}` |" for name in POLICY_KEYS),
        *(f"| `{each.id}` |" for each in book.criteria),
        *(f"### {name}" for name in KIND_NAMES),
        *(f"`{spec.key}`" for kind in kinds().values() for spec in kind.fields.values()),
        *EXIT_STATUSES,
    ]
    assert [each for each in wanted if each not in text] == []


def test_what_is_installed_for_man_and_for_shells_is_as_the_code_is(call):
    for name, words in SHARED.items():
        assert (ROOT / ".shared" / name).read_text("utf-8") == call(*words).out, "run scripts/documents"
