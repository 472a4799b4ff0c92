"""attach: keep a file with the workspace, and name it in the text of a record."""

from pathlib import Path

import click

from fieldgate.cli.acting import acting
from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say, say_json, tell
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.attachments import attach
from fieldgate.workspace.naming import find_record


@click.command(name="attach")
@command(words="CODE FILE", writes=True)
def attach_command(call: Call) -> None:
    """Keep a file of at most 20 MB with the workspace, and name it at the end of the text of a record."""
    if len(call.words) != len(("CODE", "FILE")):
        raise UsageError(t("Which record, and which file?"), t("Form: fieldgate attach [PATH] CODE FILE"))
    code, file = call.words
    with acting(call) as workspace:
        named = find_record(workspace.store, workspace.facts, code)
        path = attach(workspace, named.kind, named.id, Path(file))
    if call.as_json:
        say_json({"kind": named.kind, "id": named.id, "path": path})
    else:
        say(path)
        tell(t("Kept, and named in {code}.", code=code))
