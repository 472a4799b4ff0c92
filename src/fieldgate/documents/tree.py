"""Where a record stands: relative paths, the names of files, the ids in them.

A name is `[date-]ascii-slug-id.md`, lower case, at most 80 bytes, given once and never changed: who a record is says
the id in its head. ASCII only, since one system stores a Vietnamese or Thai name in another Unicode form than the
next, and two fold case. Touches no disk.
"""

import hashlib
import re
import unicodedata
from functools import cache

from fieldgate.documents.bodies import split
from fieldgate.documents.document import Document
from fieldgate.domain.identity import is_id
from fieldgate.domain.kinds import kinds
from fieldgate.errors import FieldgateError, FormatError
from fieldgate.values import dataclass
from fieldgate.words import t

MANIFEST = "workspace.md"
PLAYBOOK = "playbook.yaml"
ATTRIBUTES = ".gitattributes"
ATTACHMENTS = "attachments"
OTHERS = "others"
"""The folder of records whose kind only a newer version of the program knows, when we are first to write them."""

MAX_NAME = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_ATTACHMENT = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,10})?")
_DAYS = ("date", "said_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A file or folder that was left alone: its path as it can be shown, and why, in one sentence."""

    path: str
    why: str


@cache
def record_folders() -> tuple[str, ...]:
    """Return the folders that hold records; nothing beside them is looked into."""
    return (*sorted({kind.folder for kind in kinds().values()} - {""}), OTHERS)


def slug(text: str, limit: int = MAX_NAME) -> str:
    """Return what ASCII letters and digits a text has, in lower case, with single hyphens between words.

    Accents fall away (`Đặng Thị` gives `dang-thi`); letters of other scripts are left out, so a title in Chinese
    alone gives an empty slug.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_IN_SLUG.sub("-", letters).strip("-")[:limit].rstrip("-")


def file_name(record_id: str, title: str, day: str = "") -> str:
    """Return the name that a record's file is born with.

    Args:
        record_id: The id; checked by its pattern.
        title: What a person calls the record, in any script.
        day: `2025-03-14` for records that have a day of their own, else empty.
    """
    if not is_id(record_id):
        raise FormatError(t("This is not the id of a record: {id}", id=repr(record_id)[:60]))
    date = day.replace("-", "") + "-" if _DAY.fullmatch(day) else ""
    end = f"{record_id}.md"
    words = slug(title, MAX_NAME - len(date) - len(end) - 1)
    return f"{date}{words}-{end}" if words else date + end


def birth_path(document: Document) -> str:
    """Return the path of a record that has no file yet."""
    kind = kinds().get(document.kind)
    if kind is None:
        return f"{OTHERS}/{file_name(document.id, _text(document, 'title') or _text(document, 'name'))}"
    if not kind.folder:
        return MANIFEST
    text = next(iter(split(kind.name, kind.body_fields, document.body).values()), "")
    first_line = text.strip().partition("\n")[0]
    titles = (_text(document, kind.title_field), first_line, _text(document, "step"), _text(document, "code"))
    title = next((each for each in titles if slug(each)), "")
    day = next((each for name in _DAYS if (each := _text(document, name))), "")
    return f"{kind.folder}/{file_name(document.id, title, day)}"


def attachment_path(data: bytes, ending: str) -> str:
    """Return where an attachment stands: named by its content, so that nothing in its own name counts but the ending."""
    letters = re.sub(r"[^a-z0-9]", "", ending.lower())[:10]
    return f"{ATTACHMENTS}/{hashlib.sha256(data).hexdigest()}" + (f".{letters}" if letters else "")


def split_path(path: str) -> tuple[str, str]:
    """Split a relative path into one of our folders ("" is the root) and a name in it.

    Raises:
        FormatError: the path leaves the root, or no file of ours can stand there.
    """
    folder, slash, name = path.rpartition("/")
    if slash and folder == ATTACHMENTS and is_attachment_name(name):
        return folder, name
    if slash and folder in record_folders() and is_record_name(name):
        return folder, name
    if not slash and name in (MANIFEST, PLAYBOOK, ATTRIBUTES):
        return "", name
    raise FormatError(t("No file of a workspace can stand there: {path}", path=repr(path)[:120]), where=path[:120])


def is_record_name(name: str) -> bool:
    """Whether a file of this name may hold a record: any visible name with our ending, as copies bring their own."""
    if name.startswith(".") or not name.lower().endswith(".md") or "/" in name or "\0" in name:
        return False
    return name.isascii() or not any("\ud800" <= c <= "\udfff" for c in name)


def is_attachment_name(name: str) -> bool:
    """Whether a file of this name is an attachment: 64 hex digits of its content, and an ending."""
    return _ATTACHMENT.fullmatch(name) is not None


def attachment_of(path: str) -> str:
    """Return the name of the attachment that a path of a shared folder leads to; empty where it leads to none."""
    folder, _, name = path.partition("/")
    return name if folder == ATTACHMENTS and is_attachment_name(name) else ""


def trouble_of(path: str, error: FieldgateError) -> Trouble:
    """Return a failure that is about one file as the trouble of that file."""
    return Trouble(path=path, why=error.message.removeprefix(path).lstrip(":, "))


def _text(document: Document, name: str) -> str:
    value = document.head.get(name)
    return value if isinstance(value, str) else ""
