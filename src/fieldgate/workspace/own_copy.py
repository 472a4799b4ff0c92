"""A copy of a workspace that becomes a workspace of its own: a new id, and new ids throughout.

What both were is no longer merged: nothing that is changed in one ever reaches the other. The folder is made anew beside
the old one and takes its place; the old one stays as it was, under its name with `.before` behind it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldgate.documents.codec import from_document
from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import cleaned, parse
from fieldgate.documents.tree import ATTACHMENTS, PLAYBOOK
from fieldgate.domain.identity import ID_PATTERN, named_id, random_id
from fieldgate.errors import BusyError, NotFoundError
from fieldgate.store.store import Store
from fieldgate.store.taking import Arrival
from fieldgate.words import t
from fieldgate.workspace.founding import make_store
from fieldgate.workspace.glance import overrides_of
from fieldgate.workspace.seeing import first_look
from fieldgate.workspace.sharing import FolderJob
from fieldgate.workspace.text_form import text_files, write_folder
from fieldgate.workspace.wishes import NOTHING_SAID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldgate.documents.document import Document, Value
    from fieldgate.locations import Locations
    from fieldgate.workspace.clock import Clock
    from fieldgate.workspace.door import Target

_NATURAL: Mapping[str, tuple[str, ...]] = {"member": ("handle",), "touchpoint": ("code",), "gate": ("step", "round")}
"""The fields from which records that two founders would make alike have their id."""


def make_own_copy(target: Target, locations: Locations, clock: Clock, writer: str) -> Target:
    """Make the workspace in a folder one of its own, with a store of its own; returns what the folder is then.

    Raises:
        BusyError: The folder cannot be made anew, or a `.before` stands beside it already.
    """
    before = target.path.with_name(f"{target.path.name}.before")
    if before.exists():
        raise BusyError(t("Something stands there already: {path}", path=before), t("Move it away first."), str(before))
    workspace_id = random_id()
    documents = list(_documents(target, locations, clock, writer))
    ids = {each.id: _new_id(each, target.workspace_id, workspace_id) for each in documents}
    for each in documents:
        ids |= _piece_ids(each, ids, target.workspace_id, workspace_id)
    arrivals = [_arrival(_renamed(each, ids), workspace_id) for each in documents]
    own = target._replace(store=locations.store_path(workspace_id), workspace_id=workspace_id)
    make_store(own.store, arrivals, locations, clock, writer=writer, action="create", overrides=overrides_of(target))
    beside = target.path.with_name(f".{target.path.name}.own")
    with Store.open(own.store, trusted=True) as store:
        write_folder(beside, (*text_files(store), *_other_files(target.path)))
    try:
        target.path.rename(before)
        beside.rename(target.path)
    except OSError as error:
        message = t("{path} cannot be renamed: {why}", path=target.path, why=error.strerror)
        raise BusyError(message, t("The new folder is {path}; nothing is lost.", path=beside), str(beside)) from error
    return own


def _documents(target: Target, locations: Locations, clock: Clock, writer: str) -> Iterator[Document]:
    """Go through the records of a folder, copies merged: they pass through a store that nobody else sees."""
    look = first_look(target.path, target.workspace_id)
    job = FolderJob(look, target.workspace_id, writer, NOTHING_SAID, known_place=True)
    with tempfile.TemporaryDirectory(dir=locations.data, prefix=".own-") as folder:
        path = Path(folder) / "store.fieldgate"
        make_store(path, job, locations, clock, writer=writer, overrides=overrides_of(target))
        with Store.open(path) as store:
            for name, data in text_files(store):
                if name.endswith(".md"):
                    yield parse(data.decode("utf-8", "surrogatepass"), name).document


def _new_id(document: Document, old: str, new: str) -> str:
    if document.kind == "workspace":
        return new
    key = [str(document.head.get(name, "")) for name in _NATURAL.get(document.kind, ())]
    named = bool(key) and document.id == named_id(old, document.kind, *key)
    return named_id(new, document.kind, *key) if named else random_id()


def _piece_ids(document: Document, ids: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """Return the new ids of what stands in a document and has its id from there: evidence and checks."""
    found: dict[str, str] = {}
    for annex, kind in (("evidence", "evidence"), ("checks", "check")):
        entries = document.head.get(annex)
        for key in entries if isinstance(entries, Mapping) else ():
            row_id = named_id(old, kind, document.id, key)
            found[row_id] = named_id(new, kind, ids[document.id], ids.get(key, key))
    return found


def _renamed(document: Document, ids: Mapping[str, str]) -> Document:
    """Put new ids in the place of old ones, wherever they stand; also inside texts, such as the proof of a gate."""
    head = {name: _new_value(value, ids) for name, value in document.head.items()}
    return cleaned(replace(document, id=ids[document.id], head=head, body=_new_text(document.body, ids)))


def _new_text(text: str, ids: Mapping[str, str]) -> str:
    return re.sub(ID_PATTERN, lambda found: ids.get(found[0], found[0]), text)


def _new_value(value: Value, ids: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return _new_text(value, ids)
    if isinstance(value, Mapping):
        return {ids.get(name, name): _new_value(each, ids) for name, each in value.items()}
    return tuple(_new_value(each, ids) for each in value)


def _arrival(document: Document, workspace_id: str) -> Arrival:
    parsed = from_document(document, document.id, workspace_id=workspace_id)
    if parsed.record is None:
        raise ValueError(document.kind)
    return Arrival(record=parsed.record, evidence=parsed.evidence, checks=parsed.checks, unknown=parsed.unknown)


def _other_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The playbook and the attachments."""
    with Folder(path) as folder:
        names = [name for name in folder.attachments().stamps if name.startswith(ATTACHMENTS)]
        for name in [*sorted(names), PLAYBOOK]:
            try:
                yield name, folder.read(name).data
            except NotFoundError:
                continue  # most workspaces have no playbook of their own
