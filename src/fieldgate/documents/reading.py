"""All versions that a folder, or one file for e-mail, holds; what cannot be read is named beside them.

Reading changes nothing. Two files may hold the same record (the copies that programs make of a file that two people
changed): both versions come, and merging them is not decided here.
"""

from collections.abc import Collection, Iterable, Iterator

from fieldgate.documents.codec import Parsed, from_document
from fieldgate.documents.disk import Stamp
from fieldgate.documents.document import Version
from fieldgate.documents.folder import Content, Folder
from fieldgate.documents.frontmatter import decode, parse
from fieldgate.documents.scan import bounded
from fieldgate.documents.tree import Trouble, trouble_of
from fieldgate.errors import FormatError
from fieldgate.values import dataclass
from fieldgate.words import t


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A readable file: where it stands, the version in it, the record in that, its stamp and its fingerprint.

    `stands_for`: the version does not stand in the file itself, but git kept it for it when a merge stopped there.
    """

    path: str
    version: Version
    parsed: Parsed
    stamp: Stamp
    fingerprint: str
    stands_for: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read, in the order of paths; `unread` names folders that could not be listed."""

    versions: tuple[Found, ...]
    troubles: tuple[Trouble, ...]
    unread: tuple[str, ...] = ()


def read_all(folder: Folder, workspace_id: str) -> Reading:
    """Read every record in a folder; `manifest.read_manifest` has said that it is a workspace, and which."""
    scan = folder.scan()
    reading = read_some(folder, scan.stamps, workspace_id)
    return Reading(versions=reading.versions, troubles=bounded([*scan.troubles, *reading.troubles]), unread=scan.unread)


def read_some(folder: Folder, paths: Collection[str], workspace_id: str) -> Reading:
    """Read the records at these paths."""
    return read_contents(folder.read_each(sorted(paths)), workspace_id)


def read_contents(contents: Iterable[Content | Trouble], workspace_id: str) -> Reading:
    """Read the records in these contents."""
    versions: list[Found] = []
    troubles: list[Trouble] = []
    for each in _found(contents, workspace_id):
        if isinstance(each, Trouble):
            troubles.append(each)
        else:
            versions.append(each)
    return Reading(versions=tuple(versions), troubles=bounded(troubles))


def _found(contents: Iterable[Content | Trouble], workspace_id: str) -> Iterator[Found | Trouble]:
    for content in contents:
        if isinstance(content, Trouble):
            yield content
            continue
        try:
            yield read_content(content, workspace_id)
        except FormatError as error:
            yield trouble_of(content.path, error)


def read_content(content: Content, workspace_id: str) -> Found:
    """Read one file.

    Raises:
        FormatError: it is no record that we can read; path, line or field, and reason are named.
    """
    path = content.path
    version = parse(decode(content.data, path), path)
    if not version.mark:
        reason = t("its last line is not the one that fieldgate writes; it is cut off, or no file of this workspace")
        raise FormatError(f"{path}: {reason}", "", path)
    parsed = from_document(version.document, path, workspace_id=workspace_id)
    if version.document.kind == "workspace" and version.document.id != workspace_id:
        raise FormatError(t("{path}: it is the record of another workspace", path=path), "", path)
    return Found(path=path, version=version, parsed=parsed, stamp=content.stamp, fingerprint=content.fingerprint)
