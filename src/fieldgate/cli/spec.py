"""What the commands are, made from the commands themselves: for scripts, and for the guide."""

import textwrap
from typing import Any

import click

from fieldgate import __version__
from fieldgate.cli.examples import EXAMPLES, EXIT_STATUSES
from fieldgate.cli.shapes import ERROR, SHAPES
from fieldgate.words import t


def spec_data() -> dict[str, Any]:
    """Return every command with its options, examples and JSON shape, and the exit statuses."""
    return {
        "version": __version__,
        "commands": {name: _command_data(name, found) for name, found in _commands()},
        "exit_statuses": {status: t(words) for status, words in EXIT_STATUSES.items()},
        "error": ERROR,
    }


def commands_text() -> str:
    """Return the commands as Markdown, as README has them."""
    lines = ["| Command | |", "| --- | --- |"]
    for name, found in _commands():
        form = f"fieldgate {name} {_form(found)}".rstrip().replace("|", "\\|")
        lines.append(f"| `{form}` | {t(found.short_help or '').replace('|', chr(92) + '|')} |")
    lines += [
        "",
        t(
            "Every command takes PATH first or leaves it out: then it is `FIELDGATE_WORKSPACE`, or the workspace used last."
        ),
        t("`--json` answers as JSON (`fieldgate spec --json` has the shapes), `--today DATE` pretends another day."),
        t(
            "`--as HANDLE`, or `FIELDGATE_AUTHOR`, says who acts. Data goes to standard output, words to standard error."
        ),
        "",
        "| Exit status | |",
        "| --- | --- |",
        *(f"| {status} | {t(words)} |" for status, words in EXIT_STATUSES.items()),
    ]
    return "\n".join(lines) + "\n"


def man_page() -> str:
    """Return the manual page, in roff, of the same commands, options, examples and exit statuses."""
    lines = [f'.TH FIELDGATE 1 "" "fieldgate {__version__}" "{_roff(t("User Commands"))}"']
    lines += [".SH NAME", _roff(f"fieldgate - {t('a workspace in the terminal for customer development')}")]
    lines += [
        ".SH SYNOPSIS",
        ".B fieldgate",
        "[PATH]",
        ".br",
        ".B fieldgate",
        _roff(t("COMMAND [PATH] [WORDS] [OPTIONS]")),
    ]
    lines += [".SH COMMANDS"]
    for name, found in _commands():
        data = _command_data(name, found)
        lines += [".SS", _roff(f"fieldgate {name} {data['form']}".rstrip()), _roff(" ".join(data["help"].split()))]
        for option in data["options"]:
            value = f" {option['value']}" if option["value"] else ""
            lines += [".TP", _roff(", ".join(option["names"]) + value), _roff(option["help"])]
        if data["examples"]:
            lines += [".PP", _roff(t("Examples:")), ".nf", *(_roff(each) for each in data["examples"]), ".fi"]
    lines.append(_roff_heading(t("Exit status")))
    for status, words in EXIT_STATUSES.items():
        lines += [".TP", _roff(status), _roff(t(words))]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    """A line of text that roff takes for nothing else."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _roff_heading(text: str) -> str:
    return f".SH {_roff(text.upper())}"


def _commands() -> list[tuple[str, click.Command]]:
    from fieldgate.cli.program import program  # it loads this module

    context = click.Context(program)
    found = ((name, program.get_command(context, name)) for name in program.list_commands(context))
    return [(name, command) for name, command in found if command is not None]


def _command_data(name: str, found: click.Command) -> dict[str, Any]:
    return {
        "help": textwrap.dedent(found.help or "").replace("\b\n", "").strip(),
        "form": _form(found),
        "options": [_option_data(each) for each in found.params if isinstance(each, click.Option)],
        "examples": list(EXAMPLES.get(name, ())),
        "json": dict(SHAPES[name]) if name in SHAPES else None,
    }


def _form(found: click.Command) -> str:
    arguments = (each for each in found.params if isinstance(each, click.Argument))
    return " ".join(each.metavar or (each.name or "").upper() for each in arguments)


def _option_data(option: click.Option) -> dict[str, Any]:
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return {
        "names": list(option.opts),
        "value": None if option.is_flag else (option.metavar or "|".join(choices) or option.type.name.upper()),
        "help": option.help or "",
        "required": option.required,
        "multiple": option.multiple,
    }
