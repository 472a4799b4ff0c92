"""Commands about fieldgate itself: keys, spec, completion."""

from typing import Any

import click

from fieldgate.cli.entry import COMPLETING
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say, say_json
from fieldgate.cli.reference import reference_text
from fieldgate.cli.spec import commands_text, man_page, spec_data
from fieldgate.domain.display import pad
from fieldgate.errors import UsageError
from fieldgate.locations import Locations
from fieldgate.settings import load_settings
from fieldgate.ui.keymap import Keymap, check_overrides, overrides_of
from fieldgate.ui.keys import Context
from fieldgate.words import t
from fieldgate.workspace.playbook_files import effective_playbook

_KEY, _NAME = 11, 20

SHELLS = ("bash", "zsh", "fish")


@click.command(name="keys")
@click.option("--json", "as_json", is_flag=True, help=t("Answer as JSON."))
def keys_command(*, as_json: bool) -> None:
    """The card of keys of the screen, with the names that settings.yaml gives other keys to."""
    settings = load_settings(Locations.find())
    keymap = check_overrides(overrides_of(settings.keys, settings.lines))
    if as_json:
        say_json({"contexts": {str(context): _key_rows(keymap, context) for context in Context}})
        return
    for number, context in enumerate(Context):
        if number:
            say()
        say(str(context))
        for row in _key_rows(keymap, context):
            say_wrapped(row["text"], f"  {pad(row['keys'], _KEY)} {pad(row['id'], _NAME)} ")


@click.command(name="spec")
@click.option("--json", "as_json", is_flag=True, help=t("Answer as JSON."))
@click.option("--markdown", is_flag=True, help=t("Answer as the section of the guide."))
@click.option("--man", is_flag=True, help=t("Answer as a manual page."))
@click.option(
    "--reference", is_flag=True, help=t("Answer as the whole reference: keys, commands, policy, criteria, text.")
)
def spec_command(*, as_json: bool, markdown: bool, man: bool, reference: bool) -> None:
    """All commands, options, exit statuses and JSON shapes, made from the code; for scripts and assistants."""
    if as_json:
        say_json(spec_data())
    elif man:
        say(man_page().removesuffix("\n"))
    elif reference:
        playbook = effective_playbook(Locations.find().playbooks(), None, {}).playbook
        say(reference_text(playbook).removesuffix("\n"))
    elif markdown:
        say(commands_text().removesuffix("\n"))
    else:
        for name, each in spec_data()["commands"].items():
            say(f"fieldgate {name} {each['form']}".rstrip())


@click.command(name="completion")
@click.argument("shell", metavar="|".join(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script by which a shell completes commands, options and codes."""
    from click.shell_completion import get_completion_class  # starts bash to ask its version, which only this wants

    from fieldgate.cli.program import program  # it loads this module

    if shell not in SHELLS:
        raise UsageError(t("There is no completion for {shell}.", shell=shell), t("Shells: bash, zsh, fish."), shell)
    found = get_completion_class(shell)
    if found is None:
        raise UsageError(t("There is no completion for {shell}.", shell=shell))
    say(found(program, {}, "fieldgate", COMPLETING).source().rstrip())


def _key_rows(keymap: Keymap, context: Context) -> list[dict[str, Any]]:
    return [{"id": key.id, "keys": labels, "text": t(key.help)} for key, labels in keymap.card(context)]
