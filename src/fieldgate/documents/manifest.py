"""workspace.md: the record of the workspace, and the sign that a folder is one.

Without it nothing is read, written or deleted. It says the number of the text form; a higher number
than ours is read only, and never raised by opening.
"""

from typing import NoReturn

from fieldgate.documents.codec import FORMAT
from fieldgate.documents.document import Version
from fieldgate.documents.folder import Folder
from fieldgate.documents.frontmatter import decode, parse
from fieldgate.documents.tree import MANIFEST, PLAYBOOK
from fieldgate.errors import FormatError, NewerFormatError, NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

GIT_ATTRIBUTES = b"*.md merge=fieldgate -text\n*.yaml -text\n"
"""The content of .gitattributes: records are merged by fieldgate's driver, and nobody changes line ends."""

MAX_FORMAT_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What workspace.md says: the workspace's id, the number of the text form, its name, and the version it holds."""

    id: str
    format: int
    name: str
    version: Version

    @property
    def newer(self) -> bool:
        """Whether a newer version of the program wrote the folder."""
        return self.format > FORMAT


def read_manifest(folder: Folder, *, newer_too: bool = False) -> Manifest:
    """Return what the manifest of a folder says.

    Args:
        folder: An open folder.
        newer_too: Return a higher format as well; for who reads and does not write.

    Raises:
        FormatError: there is no manifest, or it is damaged: the folder is no workspace.
        NewerFormatError: a newer version of the program wrote it.
    """
    try:
        data = folder.read(MANIFEST).data
    except NotFoundError as error:
        message = t("{path} is not a workspace: it has no workspace.md", path=folder.path)
        hint = t("If it should be one, see whether the drive is connected or the folder is still being copied.")
        raise FormatError(message, hint, str(folder.path)) from error
    return manifest_of(parse(decode(data, MANIFEST), MANIFEST), newer_too=newer_too)


def manifest_of(version: Version, *, newer_too: bool = False) -> Manifest:
    """Return what a version of workspace.md says.

    Raises:
        FormatError: it is cut off, of another kind, or says no format.
        NewerFormatError: its format is higher than ours and `newer_too` is not set.
    """
    document = version.document
    if document.kind != "workspace":
        _refuse(t("workspace.md holds a record of kind {kind}", kind=document.kind))
    if not version.mark:
        _refuse(t("workspace.md is cut off: its last line is not the one that fieldgate writes"))
    number, name = document.head.get("format", ""), document.head.get("name", "")
    if not isinstance(number, str) or not (number.isascii() and number.isdigit() and len(number) <= MAX_FORMAT_DIGITS):
        _refuse(t("workspace.md says no format that is a number"))
    manifest = Manifest(id=document.id, format=int(number), name=name if isinstance(name, str) else "", version=version)
    if manifest.newer and not newer_too:
        raise NewerFormatError(
            t("This workspace has format {n}, this fieldgate knows {ours}", n=manifest.format, ours=FORMAT),
            t("Install a newer fieldgate. Nothing was changed."),
            MANIFEST,
        )
    return manifest


def read_playbook(folder: Folder) -> str | None:
    """Return the text of the workspace's own playbook, or None where there is none.

    Raises:
        FormatError: it is there and cannot be read.
    """
    try:
        return decode(folder.read(PLAYBOOK).data, PLAYBOOK)
    except NotFoundError:
        return None


def _refuse(reason: str) -> NoReturn:
    raise FormatError(reason, t("Put back an earlier version of workspace.md."), MANIFEST)
