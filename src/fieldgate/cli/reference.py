"""The reference, as one Markdown text made from the code: keys, commands, policy, criteria, and the text form."""

from collections.abc import Iterator

from fieldgate.cli.spec import spec_data
from fieldgate.documents.frontmatter import CHECK_OWNERS, EVIDENCE_OWNERS
from fieldgate.domain.kinds import FieldSpec, Kind, kinds
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.policy import POLICY_KEYS, Policy
from fieldgate.ui.keymap import Keymap
from fieldgate.ui.keys import Context
from fieldgate.words import t

_TYPES = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
    "date": "day, 2026-11-22",
    "time": "time, 10:30",
    "datetime": "moment, 2026-11-22T10:00:00Z",
    "frozenset": "list",
    "dict": "map",
    "tuple": "list of conflicts",
}
_PLACES = {
    "workspace": "workspace.md",
    "evidence": "below `evidence` of its note",
    "check": "below `checks` of its owner",
}


def reference_text(playbook: Playbook) -> str:
    """Return the whole reference."""
    parts = (
        ["# Reference of fieldgate", "", "Made from the code by `fieldgate spec --reference`.", ""],
        _keys(),
        _commands(),
        _policy(),
        _criteria(playbook),
        _text_form(),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _keys() -> Iterator[str]:
    yield from ("## Keys", "", "Names are for `keys:` in settings.yaml.", "")
    keymap = Keymap()
    for context in Context:
        yield from (f"### {context}", "", "| Key | Name | Does |", "| --- | --- | --- |")
        for key, labels in keymap.card(context):
            yield f"| {_cell(f'`{labels}`')} | `{key.id}` | {_cell(t(key.help))} |"
        yield ""


def _commands() -> Iterator[str]:
    data = spec_data()
    yield from ("## Commands", "")
    for name, each in data["commands"].items():
        yield from (_heading(name, each["form"]), "")
        yield from (" ".join(each["help"].split()), "")
        if each["options"]:
            yield from ("| Option | |", "| --- | --- |")
        for option in each["options"]:
            value = f" {option['value']}" if option["value"] else ""
            yield f"| {_cell('`' + ', '.join(option['names']) + value + '`')} | {_cell(option['help'])} |"
        yield ""
        if each["examples"]:
            yield from ("```sh", *each["examples"], "```", "")
        if each["json"]:
            yield from ("With `--json`:", "")
            yield from (f"- `{key}`: {words}" for key, words in each["json"].items())
            yield ""
    yield from ("### Exit status", "", "| Status | |", "| --- | --- |")
    yield from (f"| {status} | {_cell(words)} |" for status, words in data["exit_statuses"].items())
    yield from ("", f"An error with `--json`: {data['error']}", "")


def _heading(name: str, form: str) -> str:
    return f"### `{f'fieldgate {name} {form}'.rstrip()}`"


def _policy() -> Iterator[str]:
    yield from ("## Policy", "", "The numbers of the method; a workspace holds those that it changed.", "")
    yield from ("| Key | Default | Bounds | Means |", "| --- | --- | --- | --- |")
    usual = Policy()
    for name, key in POLICY_KEYS.items():
        value = getattr(usual, name)
        shown = ", ".join(f"{step} {days}" for step, days in value.items()) if hasattr(value, "items") else value
        yield f"| `{name}` | {shown} | {key.low} to {key.high} | {_cell(t(key.meaning))} |"
    yield ""


def _criteria(playbook: Playbook) -> Iterator[str]:
    yield from ("## Criteria of the gates", "")
    for step in playbook.steps:
        yield from (f"### {step.title}", "", step.question, "", "| Criterion | Kind | |", "| --- | --- | --- |")
        for each in playbook.criteria_of(step.id):
            yield f"| `{each.id}` | {each.kind} | {_cell(each.title)} |"
        yield ""


def _text_form() -> Iterator[str]:
    yield from ("## Text form", "", "One Markdown file for each record: a head in YAML, then the long text.", "")
    for kind in kinds().values():
        yield from (f"### {kind.name}", "", f"Stands {_place(kind)}.", "")
        yield from ("| Field | Holds | Merged as |", "| --- | --- | --- |")
        for spec in kind.fields.values():
            group = f", with {spec.group}" if spec.group else ""
            yield f"| `{spec.key}`{'' if spec.optional or not spec.required else ' *'} | {_cell(_holds(spec))} | {spec.merge}{group} |"
        annexes = [
            name for name, owners in (("evidence", EVIDENCE_OWNERS), ("checks", CHECK_OWNERS)) if kind.name in owners
        ]
        yield from (f"| `{name}` | map of what belongs to it | map |" for name in annexes)
        yield ""
    yield "A * marks what must be there."


def _place(kind: Kind) -> str:
    return _PLACES.get(kind.name) or f"in `{kind.folder}/`"


def _holds(spec: FieldSpec) -> str:
    if spec.body:
        return "long text"
    if spec.enum is not None:
        return " / ".join(each.value for each in spec.enum)
    return _TYPES.get(spec.holds.__name__, spec.holds.__name__)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
