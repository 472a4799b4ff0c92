"""Sharing through a git repository: fetch, take the other side's files as versions, commit with both parents, push.

The git directory is private and has no work tree: git never looks into the shared folder, so nothing
in there is configuration. What differs between the other side and the last common commit comes in as contents of files,
like any others; git itself merges nothing. Files that stand on the other side stay there unless they are named as
removed. A push that comes too late is tried again with what came meanwhile, five times.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from fieldgate.documents.disk import Stamp, fingerprint, too_long
from fieldgate.documents.folder import MAX_ALL, MAX_ATTACHMENT, MAX_FILE, Content
from fieldgate.documents.tree import ATTACHMENTS, Trouble, split_path
from fieldgate.errors import BusyError, FormatError
from fieldgate.sync.git_program import (
    CONFIGURATION,
    FAR_SIDE,
    Answer,
    Remote,
    credential_helpers,
    environment,
    run,
)
from fieldgate.sync.git_script import Entry, Signature, blob_id, commit_script
from fieldgate.values import dataclass
from fieldgate.words import t

TRIES = 5

_FILE_MODES = frozenset({"100644", "100755"})
_NEVER = Stamp(size=0, mtime_ns=0, inode=0)
_NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What the folder holds after a sync: contents by path. `removed`: paths that shall go, such as merged copies."""

    files: Mapping[str, bytes]
    removed: Collection[str] = field(default=())


class Repository:
    """A private git directory and the place it shares with."""

    def __init__(self, directory: Path, remote: Remote, more: Mapping[str, str] = _NOTHING_MORE) -> None:
        """Use a directory; it is made, and its configuration written anew, by `prepare`.

        `more` is what git is told beside `environment()` where it speaks to nobody.
        """
        self._directory, self._remote = directory, remote
        self._more = more
        self._ours = f"refs/heads/{remote.branch}"
        self._theirs = f"refs/remotes/other/{remote.branch}"
        self._helpers: list[str] | None = None

    def prepare(self) -> None:
        """Make the directory, if it is not there, and write the only configuration that holds in it."""
        if not (self._directory / "objects").is_dir():
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = run(
                [
                    "init",
                    "--quiet",
                    "--bare",
                    "--template=",
                    f"--initial-branch={self._remote.branch}",
                    str(self._directory),
                ]
            )
            _expect(made, t("The private git directory could not be made"))
        (self._directory / "config").write_text(CONFIGURATION)

    def fetch(self) -> None:
        """Bring over what the other side has.

        Raises:
            BusyError: it cannot be reached, or refuses.
        """
        listed = self._reach("ls-remote", "--", self._remote.url, self._ours)
        _expect(listed, t("{url} could not be reached", url=self._remote.shown))
        theirs = listed.out.decode().partition("\t")[0]
        if not theirs:
            self._git("update-ref", "-d", self._theirs)
        elif theirs != self._commit_at(self._theirs):
            refs = f"+{self._ours}:{self._theirs}"
            fetched = self._reach(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", self._remote.url, refs
            )
            _expect(fetched, t("Nothing could be fetched from {url}", url=self._remote.shown))

    def incoming(self) -> Iterator[Content | Trouble]:
        """Go through the files of the other side that differ from the last common commit."""
        theirs, ours = self._commit_at(self._theirs), self._commit_at(self._ours)
        if not theirs or theirs == ours:
            return
        base = self._tree(self._common(ours, theirs))
        changed = {path: entry for path, entry in self._tree(theirs).items() if base.get(path) != entry}
        yield from self.contents({path: entry for path, entry in changed.items() if _is_ours(path)})

    def commit(self, outgoing: Outgoing, signature: Signature) -> bool:
        """Commit what the folder holds, on top of both sides; say whether anything had to be committed."""
        theirs, ours = self._commit_at(self._theirs), self._commit_at(self._ours)
        common = self._common(ours, theirs)
        parents = [each for each, other in ((ours, theirs), (theirs, ours)) if each and (each != common or not other)]
        parents = parents or [ours] * bool(ours)
        wanted, blobs = self._wanted(ours, theirs, common, outgoing)
        if len(parents) == 1 and self._tree(parents[0]) == wanted:
            self._git("update-ref", self._ours, parents[0])
            return False
        script = b"".join(commit_script(self._ours, parents, wanted, blobs, signature))
        _expect(
            self._git("fast-import", "--quiet", "--done", "--date-format=raw", data=script), t("git could not commit")
        )
        return True

    def push(self) -> bool:
        """Give our commits to the other side; False if somebody else was faster.

        Raises:
            BusyError: it cannot be reached, or refuses.
        """
        ours = self._commit_at(self._ours)
        if not ours or ours == self._commit_at(self._theirs):
            return True
        pushed = self._reach("push", "--porcelain", "--no-verify", "--", self._remote.url, f"{ours}:{self._ours}")
        if pushed.status == 0:
            self._git("update-ref", self._theirs, ours)
            return True
        if any(line.startswith(b"!\t") and b"[rejected]" in line for line in pushed.out.splitlines()):
            return False
        raise _failure(pushed, t("Nothing could be pushed to {url}", url=self._remote.shown))

    def _wanted(
        self, ours: str, theirs: str, common: str, outgoing: Outgoing
    ) -> tuple[dict[str, Entry], dict[str, bytes]]:
        """Return the files of the next commit, and the contents that git does not have yet."""
        base, mine, other = (self._tree(each) for each in (common, ours, theirs))
        wanted = {path: entry for path, entry in mine.items() if not theirs or path not in base}
        wanted |= other
        known = {entry.blob for tree in (mine, other) for entry in tree.values()}
        blobs: dict[str, bytes] = {}
        for path, data in outgoing.files.items():
            blob = blob_id(data)
            wanted[path] = Entry(mode="100644", blob=blob)
            if blob not in known:
                blobs[blob] = data
        return {path: entry for path, entry in wanted.items() if path not in outgoing.removed}, blobs

    def unmerged(self) -> Iterator[tuple[str, int, Entry]]:
        """Go through the entries of an index that a merge left open: path, 1 for the base, 2 ours, 3 theirs."""
        listed = self._git("ls-files", "--unmerged", "-z")
        for line in listed.out.decode(errors="surrogateescape").split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, blob, stage = about.split(" ")
            yield path, int(stage), Entry(mode=mode, blob=blob)

    def contents(self, entries: Mapping[str, Entry]) -> Iterator[Content | Trouble]:
        """Go through files by path; what is no plain file or too long comes as a trouble."""
        sizes = self._sizes([entry.blob for entry in entries.values()])
        fitting: list[tuple[str, str]] = []
        left = MAX_ALL
        for path, entry in sorted(entries.items()):
            limit = MAX_ATTACHMENT if path.startswith(ATTACHMENTS) else MAX_FILE
            size = sizes.get(entry.blob, 0)
            if entry.mode not in _FILE_MODES:
                yield Trouble(path=path, why=t("it is no plain file"))
            elif size > min(limit, left):
                yield Trouble(path=path, why=too_long(limit))
            else:
                fitting.append((path, entry.blob))
                left -= size
        for path, data in self._read(fitting):
            yield Content(path=path, data=data, stamp=_NEVER, fingerprint=fingerprint(data))

    def _sizes(self, blobs: Sequence[str]) -> dict[str, int]:
        told = self._git("cat-file", "--batch-check=%(objectname) %(objectsize)", data=_lines(blobs)).out.decode()
        found = (line.split(" ") for line in told.splitlines())
        return {blob: int(size) for blob, size in found if size.isdecimal()}

    def _read(self, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
        told = self._git("cat-file", "--batch", data=_lines([blob for _, blob in files])).out
        at = 0
        for path, _ in files:
            line_end = told.index(b"\n", at)
            size = int(told[at:line_end].rpartition(b" ")[2])
            yield path, told[line_end + 1 : line_end + 1 + size]
            at = line_end + size + 2

    def _tree(self, commit: str) -> dict[str, Entry]:
        if not commit:
            return {}
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", commit)
        _expect(listed, t("The private git directory could not be read"))
        tree: dict[str, Entry] = {}
        for line in listed.out.decode(errors="surrogateescape").split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, _, blob = about.split(" ")
            tree[path] = Entry(mode=mode, blob=blob)
        return tree

    def _common(self, ours: str, theirs: str) -> str:
        if not ours or not theirs:
            return ""
        return self._git("merge-base", ours, theirs).out.decode().strip()

    def _commit_at(self, ref: str) -> str:
        return self._git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").out.decode().strip()

    def _git(self, *arguments: str, data: bytes = b"") -> Answer:
        return run([f"--git-dir={self._directory}", *arguments], {**environment(), **self._more}, data)

    def _reach(self, command: str, *arguments: str) -> Answer:
        """Run a command that speaks to the other side."""
        if self._helpers is None:
            self._helpers = [] if self._remote.local else credential_helpers()
        far = []
        if self._remote.local:
            far = [
                f"--receive-pack={FAR_SIDE} receive-pack"
                if command == "push"
                else f"--upload-pack={FAR_SIDE} upload-pack"
            ]
        return run([f"--git-dir={self._directory}", *self._helpers, command, *far, *arguments], environment())


def exchange(
    repository: Repository, absorb: Callable[[Iterable[Content | Trouble]], Outgoing], signature: Signature
) -> None:
    """Fetch, take in, commit and push, again if somebody else was faster.

    Args:
        repository: The private directory and the place it shares with.
        absorb: Takes the contents in, syncs the folder, and says what stands there then.
        signature: Who commits.

    Raises:
        BusyError: the other side cannot be reached, refuses, or somebody was faster five times.
    """
    repository.prepare()
    for _ in range(TRIES):
        repository.fetch()
        repository.commit(absorb(repository.incoming()), signature)
        if repository.push():
            return
    raise BusyError(t("Others were faster {n} times", n=TRIES), t("Your work is committed here; sync again later."))


def _expect(answer: Answer, words: str) -> None:
    if answer.status:
        raise _failure(answer, words)


def _failure(answer: Answer, words: str) -> BusyError:
    return BusyError(
        f"{words}: {answer.reason}", t("Nothing of yours is lost; sync again when it can be reached."), "git"
    )


def _is_ours(path: str) -> bool:
    try:
        split_path(path)
    except FormatError:
        return False
    return True


def _lines(blobs: Iterable[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in blobs).encode()
