"""A simulated week of founders who share one workspace over git and over plain folders at once, and are killed now and then.

Each has a store, one folder that is shared by git and one that a program keeps in step (it leaves the loser of a clash
as a conflict copy); one founder has the plain folder alone. A kill ends a sync at a random call of ours.
"""

import shutil
import sys
from collections import Counter
from pathlib import Path
from random import Random

from tests.workspace.founders import Founder, by_hand, carry, tree
from tests.workspace.test_sharing_by_git import git

import fieldgate
from fieldgate.documents.frontmatter import parse
from fieldgate.domain.invariants import violations
from fieldgate.domain.moves.conflict import entries_at, paths_of
from fieldgate.errors import RefusedError
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.syncing import share
from fieldgate.workspace.wishes import Wishes

OURS = str(Path(fieldgate.__file__).parent)
SAYINGS = (
    "khách nói giá quá cao",
    "ลูกค้าบอกว่าแพง",
    "клиентът плаща всеки петък",
    "客戶每週花三個小時",
    "she prints the page twice",
)


class Killed(BaseException):
    """The program ended in the middle of what it did."""


class Member(Founder):
    """A founder whose store is kept in step at more than one place."""

    def __init__(self, home, handle, folder, plain):
        super().__init__(home, handle, folder)
        self.plain = plain
        self.store = None

    @property
    def at(self):
        if self.store is None:
            return super().at
        if self._open is None:
            target = inspect(self.store, self.locations)
            self._open = open_workspace(target, self.locations, self.clock, self.handle)
        return self._open

    def settle_in(self):
        """From now on open the store, with every place it is shared at, instead of one folder."""
        store = self.at.store.path
        share(self.at, self.plain)
        self.leave()
        self.store = store

    def killed_sync(self, calls):
        """Sync, and be killed at a call of ours; returns whether it came to that."""
        opened, left = self.at, [calls]

        def count(frame, event, _):
            if event == "call" and frame.f_code.co_filename.startswith(OURS):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed

        sys.setprofile(count)
        try:
            opened.sharing.sync(Wishes())
        except Killed:
            return True
        finally:
            sys.setprofile(None)
            opened.close(give_out=False)
            self._open = None
        return False


class Week:
    """Three founders, their notes and customers, and what each of them said."""

    def __init__(self, home, seed, beside=()):
        self.random = Random(seed)  # noqa: S311  a week to be had again
        self.figures, self.said, self.decided = Counter(), set(), Counter()
        self.home = home
        git(home, "init", "--bare", "-b", "main", "shared.git")
        anna = Member(home / "anna", "anna", home / "anna git", home / "anna plain").start()
        anna.at.sharing.set_remote(str(home / "shared.git"), "main")
        self.notes = [anna.note("first\nsecond\nthird") for _ in range(3)]
        self.customers = [anna.customer(f"Мая {number}") for number in range(2)]
        anna.sync()
        carry(anna.folder, home / "ben git")
        ben = Member(home / "ben", "ben", home / "ben git", home / "ben plain")
        ben.at.sharing.set_remote(str(home / "shared.git"), "main")
        anna.settle_in()
        ben.settle_in()
        carry(anna.plain, home / "chi plain")
        chi = Member(home / "chi", "ben", home / "chi plain", home / "chi plain")
        self.founders = [anna, ben, chi]
        self.settle()

    def run(self, steps):
        """Live through so many steps."""
        acts = (self.say, self.say, self.say, self.by_hand, self.hold, self.hold, self.make, self.archive, self.decide)
        ways = (self.sync, self.sync, self.carry, self.carry, self.kill, self.restart)
        for _ in range(steps):
            self.random.choice(acts if self.random.random() < 0.55 else ways)(self.random.choice(self.founders))
        return self

    def sentence(self):
        """Return a sentence that nobody said before."""
        sentence = f"{self.random.choice(SAYINGS)} x{len(self.said):03}"
        self.said.add(sentence)
        return sentence

    def say(self, founder):
        note = self.random.choice(self.notes)
        record = founder.record("note", note)
        if record is not None and record.live:
            lines = record.text.split("\n")
            lines.insert(self.random.randrange(len(lines) + 1), self.sentence())
            founder.edit("note", note, text="\n".join(lines))

    def by_hand(self, founder):
        note = self.random.choice(self.notes)
        for path in founder.plain.rglob(f"*{note}.md"):
            line = parse(path.read_text(encoding="utf-8")).document.body.split("\n")[-1]
            by_hand(path, f"\n{line}\n<!--", f"\n{line}\n{self.sentence()}\n<!--")
            self.figures["edits by hand"] += 1

    def hold(self, founder):
        """Say of a customer what somebody else may say otherwise."""
        founder.edit("customer", self.random.choice(self.customers), segment=f"s{self.random.randrange(10**6)}")

    def make(self, founder):
        """Make a note; another founder may give the same code meanwhile."""
        self.notes.append(founder.note(self.sentence()))

    def archive(self, founder):
        note = self.random.choice(self.notes)
        record = founder.record("note", note)
        if record is not None and record.live:
            founder.at.perform("note.archive", note, {})
            self.figures["archived"] += 1

    def sync(self, founder):
        founder.sync()
        self.figures["syncs"] += 1

    def restart(self, founder):
        founder.leave(give_out=self.random.random() < 0.5)

    def kill(self, founder):
        self.figures["kills"] += founder.killed_sync(int(10 ** self.random.uniform(1, 4.3)))

    def carry(self, founder):
        """Bring one plain folder to another machine, as a program does that keeps folders in step."""
        other = self.random.choice([each for each in self.founders if each is not founder])
        for path in sorted(founder.plain.rglob("*.md")):
            target = other.plain / path.relative_to(founder.plain)
            if target.exists() and target.read_bytes() != path.read_bytes():
                number = self.random.randrange(10**6)
                target.rename(target.with_name(f"{target.stem}.sync-conflict-20261120-{number:06}-ABCDEFG.md"))
                self.figures["conflict copies"] += 1
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(path, target)

    def settle(self):
        """Sync until nothing changes; return after how many rounds."""
        for rounds in range(1, 10):
            before = self._all()
            for founder in self.founders:
                report = founder.sync()
                assert report.unwritten == ""
            for one in self.founders:
                for other in self.founders:
                    if other is not one:
                        carry(one.plain, other.plain)
                        other.sync()
            if self._all() == before:
                return rounds
        return 99

    def decide(self, _=None):
        """Let one founder decide every conflict that is open there; what was offered must never be offered again."""
        founder = self.founders[0]
        for kind in ("note", "customer"):
            for record in list(founder.at.store.records(kind)):
                for path in paths_of(record):
                    # Archived against one edit and against another one later are two questions.
                    shown = str(getattr(record, "text" if path == "deleted_at" else path, ""))
                    offered = frozenset((shown, *(each.value or each.flag for each in entries_at(record, path))))
                    self.decided[record.id, path, offered] += 1
                    self._decide(founder, kind, record.id, path)

    def _decide(self, founder, kind, record_id, path):
        try:
            founder.at.perform(f"{kind}.settle", record_id, {"field": path, "number": self.random.choice((1, 2))})
        except RefusedError:  # a text holds both sides already
            founder.at.perform(f"{kind}.settle", record_id, {"field": path, "number": 1})

    def open_conflicts(self):
        """Return the conflicts that are open at each founder."""
        return [
            {(each.id, path) for kind in ("note", "customer") for each in found.at.store.records(kind) for path in paths_of(each)}
            for found in self.founders
        ]  # fmt: skip

    def contents(self):
        """Return what each founder has: the text of every record's file by id."""
        return [
            {row_id: found.at.store.file_text(head) for row_id, head in found.at.store.heads().items()}
            for found in self.founders
        ]

    def missing(self):
        """Return the sentences that somebody does not have."""
        texts = ["\n".join(str(each.text) for each in found.at.store.records("note")) for found in self.founders]
        return {sentence for sentence in self.said if not all(sentence in text for text in texts)}

    def doubled(self):
        """Return the sentences that stand more than once in one note."""
        notes = [each.text for each in self.founders[0].at.store.records("note")]
        return {sentence for sentence in self.said for text in notes if text.count(sentence) > 1}

    def broken(self):
        """Return what must not be, at any founder."""
        return [each for found in self.founders for each in violations(found.at.facts)]

    def end(self):
        """Everybody quits."""
        for founder in self.founders:
            founder.leave(give_out=False)

    def _all(self):
        places = [each for found in self.founders for each in {found.folder, found.plain}]
        return [tree(each) for each in places] + self.contents()
