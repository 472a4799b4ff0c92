"""The tables beside the kinds: the log, the kept versions, the shared folders, and what is derived for the screen."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from fieldgate.store.columns import index


class ActRow(SQLModel, table=True):
    """One act: one transaction, one undo. Never changed or deleted.

    `undoes`: the act that this one takes back. `depth`: 0 an act, odd an undo, even a redo. `lasting`: cannot be taken
    back, as the first import.
    """

    __tablename__ = "act"
    __table_args__ = (index("act_undoes", "undoes"),)

    txn: int = Field(primary_key=True)
    at: str
    by: str
    session: str | None = None
    action: str
    words: str = ""
    undoes: int | None = None
    depth: int = 0
    lasting: int = 0


class EventRow(SQLModel, table=True):
    """One row changed by one act, with its changed fields before and after, as JSON. Never changed or deleted."""

    __tablename__ = "event"
    __table_args__ = (index("event_txn", "txn"), index("event_row", "row_id"), {"sqlite_autoincrement": True})

    seq: int | None = Field(default=None, primary_key=True)
    txn: int
    at: str
    by: str
    session: str | None = None
    action: str
    table: str
    row_id: str
    before: str | None = None
    after: str | None = None


class VersionRow(SQLModel, table=True):
    """A version of a record's file that was read or written: its text, compressed.

    `mark`: what its trailer claimed, where that is not its digest: it was edited by hand, or merged by git's driver.
    """

    __tablename__ = "versions"
    __table_args__ = (index("versions_digest", "id", "digest"),)

    id: str = Field(primary_key=True)
    vector: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    kept_at: str
    mark: str = ""
    zlib: bytes = Field(sa_type=LargeBinary)


class HeadRow(SQLModel, table=True):
    """The version that the rows now hold, for each record with a file of its own, and what in it we do not know."""

    __tablename__ = "heads"

    id: str = Field(primary_key=True)
    kind: str
    vector: str
    digest: str
    unknown: str = "{}"
    loose: str = "{}"


class FolderRow(SQLModel, table=True):
    """A shared folder that this store is kept in step with."""

    __tablename__ = "folders"

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(unique=True)
    device: int | None = None
    inode: int | None = None
    remote: str | None = None
    branch: str | None = None
    last_sync: str | None = None


class FileRow(SQLModel, table=True):
    """A file of a shared folder as it was last read or written."""

    __tablename__ = "files"
    __table_args__ = (index("files_record", "folder", "id"),)

    folder: int = Field(primary_key=True)
    path: str = Field(primary_key=True)
    id: str
    size: int
    mtime_ns: int
    inode: int
    digest: str
    vector: str = ""


class TroubleRow(SQLModel, table=True):
    """A file that cannot be used, and why."""

    __tablename__ = "trouble"

    folder: int = Field(primary_key=True)
    path: str = Field(primary_key=True)
    why: str


class SearchRow(SQLModel, table=True):
    """What a record is found by: its code and title as they are shown, its title and all its text folded."""

    __tablename__ = "search"

    id: str = Field(primary_key=True)
    kind: str
    code: str = ""
    title: str = ""
    folded_title: str = ""
    folded: str = ""


class TallyRow(SQLModel, table=True):
    """Counts of a hypothesis, derived from its evidence and written with every change."""

    __tablename__ = "tally"

    hypothesis_id: str = Field(primary_key=True)
    yes: int = 0
    no: int = 0
    maybe: int = 0
    confidence: float = 0.0
    risk: float = 0.0
    verdict: str = ""
    shaken: int = 0


class MetaRow(SQLModel, table=True):
    """Small things by name: the id of the workspace, the playbook in force, the summary for the first frame."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str
