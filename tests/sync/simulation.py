"""Founders who edit and share in a random week: their stores, their folders, and six ways to move files about."""

from dataclasses import replace
from itertools import count

from tests.sync.papers import edit, paper
from tests.sync.shelves import ListShelf

from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import digest
from fieldgate.sync.driver import merge_versions
from fieldgate.sync.fields import merge
from fieldgate.sync.take import stamped, take

SEEDS = (
    paper("note", "She pays each month\n\nand says so", record_id="n" * 16, code="N1", said_on="2026-11-01"),
    paper("customer", record_id="c" * 16, code="C1", name="Mai", contact="Mai"),
    paper("meeting", "- first\n- second\n", record_id="m" * 16, code="M1", meeting_kind="visit", members=("a", "b")),
    paper("touchpoint", "why", record_id="t" * 16, code="BY-SAL-10", state="gap", checks={"q": {"answer": "open"}}),
)
TRANSPORTS = ("copies", "last writer", "stick", "git", "driver", "mixed")


def words(document):
    """Every word that stands in a record, conflicts included."""
    return set(_flat(document.head).split()) | set(document.body.split())


def _flat(value):
    if isinstance(value, str):
        return value.replace('"', " ")
    return " ".join(map(_flat, value.values() if hasattr(value, "values") else value))


class Founder:
    """A store and the folder beside it. A folder maps a file's name to the version in it and when it was written."""

    def __init__(self, world, number):
        self.world, self.number = world, number
        self.current, self.shelves, self.changed = {}, {}, set()
        self.folder, self.base, self.synced = {}, {}, {}
        self.backup = ({}, {}, {})
        self.start()

    def start(self):
        """Start the program: a new writer."""
        self.writer = f"w{next(self.world.ids):04}"

    def edit(self, record_id):
        """Change a record by key."""
        version = self.current[record_id]
        self.current[record_id] = replace(version, document=self.world.edited(version.document, self.number))
        self.changed.add(record_id)

    def edit_by_hand(self, name):
        """Change a file in an editor."""
        version, _ = self.folder[name]
        self.folder[name] = (
            replace(version, document=self.world.edited(version.document, self.number)),
            self.world.now(),
        )

    def keep(self, version):
        self.shelves.setdefault(version.document.id, ListShelf()).keep(version)

    def sync(self):
        """One sync, start to end."""
        self.take_in()
        self.write()

    def take_in(self):
        """The first half of a sync: stamp what was edited, take every file."""
        for record_id in self.changed:
            self.current[record_id] = stamped(self.current[record_id], self.writer, self.world.now())
            self.keep(self.current[record_id])
        self.changed.clear()
        for version, _ in list(self.folder.values()):
            self.take(version)

    def crash(self):
        """A sync that is killed after its commit, with some of the files written; then a new start."""
        self.take_in()
        for name in self.world.random.sample(sorted(self.current), 2):
            self.folder[name] = (self.current[name], self.world.now())
        self.start()

    def back_up(self):
        """Keep store and folder as they are after a sync."""
        self.sync()
        shelves = {name: shelf.copy() for name, shelf in self.shelves.items()}
        self.backup = (dict(self.current), shelves, dict(self.folder))

    def restore(self, *, folder):
        """Put an older store back, or an older folder; what was not shared yet is in the other one."""
        self.sync()
        self.start()
        current, shelves, files = self.backup
        if folder:
            self.folder = dict(files)
        else:
            self.current = dict(current)
            self.shelves = {name: shelf.copy() for name, shelf in shelves.items()}

    def take(self, version):
        record_id = version.document.id
        shelf = self.shelves.setdefault(record_id, ListShelf())
        taken = take(self.current.get(record_id), shelf, version, writer=self.writer, counter=self.world.now())
        self.current[record_id] = taken.current
        for each in taken.keep:
            self.keep(each)

    def write(self):
        copies = [name for name in self.folder if "copy" in name]
        for name in copies:
            del self.folder[name]
        stale = [name for name, ours in self.current.items() if self.folder.get(name, (None,))[0] != ours]
        for name in stale:
            self.folder[name] = (self.current[name], self.world.now())


class NaiveFounder(Founder):
    """The mutant: no vectors; the base of a merge is what was last seen in the folder."""

    def __init__(self, world, number):
        super().__init__(world, number)
        self.seen = {}

    def take(self, version):
        record_id, base = version.document.id, self.seen.get(version.document.id)
        ours = self.current.get(record_id)
        if ours is None or ours.document == base:
            self.current[record_id] = version
        else:
            document = merge(base, ours.document, version.document)
            self.current[record_id] = Version(document=document, mark=digest(document))
        self.seen[record_id] = version.document

    def write(self):
        super().write()
        self.seen = {record_id: version.document for record_id, version in self.current.items()}


class World:
    """One simulated week."""

    def __init__(self, random, founders, transport, kind=Founder):
        self.random, self.transport = random, transport
        self.ids, self._clock = count(), count(1_741_960_800)
        self.added, self.removed = set(), set()
        self.cloud, self.remote = {}, {}
        self.founders = [kind(self, number) for number in range(founders)]
        first = self.founders[0]
        for document in SEEDS:
            version = stamped(Version(document=document), first.writer, self.now())
            first.current[document.id] = version
            first.keep(version)
        first.write()
        for founder in self.founders:
            founder.folder = dict(first.folder)
            founder.base, founder.synced = dict(first.folder), dict(first.folder)
            founder.sync()
        self.cloud, self.remote = dict(first.folder), dict(first.folder)

    def now(self):
        return next(self._clock)

    def run(self, steps):
        """Edit, share, restart, in a random order; return after how many rounds nothing moved any more, 9 for never."""
        for _ in range(steps):
            founder = self.random.choice(self.founders)
            what = self.random.random()
            if what < 0.6:
                founder.edit(self.random.choice(sorted(founder.current)))
            elif what < 0.63:
                founder.edit_by_hand(self.random.choice(sorted(founder.folder)))
            elif what < 0.65:
                founder.start()
            elif what < 0.67:
                founder.crash()
            elif what < 0.69:
                founder.back_up()
            elif what < 0.71 and founder.backup[0]:
                founder.restore(folder=what < 0.7)
            else:
                self.share(founder)
        for rounds in range(9):
            before = self._everything()
            for founder in self.founders:
                self.share(founder, settling=True)
            if self._everything() == before:
                return rounds
        return 9

    def _everything(self):
        """All that is anywhere, but for the times at which files were written."""
        places = [self.cloud, self.remote, *(founder.folder for founder in self.founders)]
        seen = [{name: version for name, (version, _) in place.items()} for place in places]
        return seen + [dict(founder.current) for founder in self.founders]

    def lost(self):
        """The words that somebody added, nobody took out, and somebody does not have at the end."""
        present = [set().union(*(words(version.document) for version in f.current.values())) for f in self.founders]
        return self.added - self.removed - set.intersection(*present)

    def agreed(self):
        """Whether all founders have the same versions, and the same in their folders."""
        ours = self.founders[0].current
        return all(founder.current == ours for founder in self.founders)

    def edited(self, document, number):
        """A random edit; every word it puts in is one of a kind."""
        word = f"x{next(self.ids)}"
        self.added.add(word)
        lines = document.body.split("\n")
        at = self.random.randrange(len(lines))
        changes, body = {}, document.body
        what = self.random.randrange(9)
        if what < 2:
            lines.insert(at + self.random.randrange(2), f"- {word}")
        elif what == 2:
            lines.append(f"- {word}")
        elif what == 3:
            parts = lines[at].split(" ")
            parts.insert(self.random.randrange(len(parts) + 1), word)
            lines[at] = " ".join(parts)
        elif what == 4:
            lines[at] = f"{word} instead"
        elif what == 5:
            changes["members"] = tuple(sorted({*document.head.get("members", ()), word}))
        elif what == 6:
            changes["contact"] = f"{document.head.get('contact', '')}\n{word}"
        elif what == 7:
            changes["checks"] = {**document.head.get("checks", {}), f"k{word}": {"answer": "open", "note": word}}
        else:
            changes[self.random.choice(["place", "topic"])] = word
        if what < 5:
            body = "\n".join(lines)
        new = edit(document, f"f{number}", self.random.randrange(2, 9), body, **changes)
        self.removed |= words(document) - words(new)
        return new

    def share(self, founder, *, settling=False):
        """Let one founder share by this world's transport."""
        ways = {
            "copies": self._with_copies,
            "last writer": self._last_writer,
            "stick": self._stick,
            "git": self._git,
            "driver": self._driver,
        }
        mixed = list(ways) if settling else [self.random.choice(list(ways))]
        for transport in mixed if self.transport == "mixed" else [self.transport]:
            ways[transport](founder)

    def _with_copies(self, founder):
        """A folder kept in step by a service that keeps the loser of a clash as a copy, as Syncthing does."""
        founder.sync()
        self._exchange_with_copies(founder)
        founder.sync()
        self._exchange_with_copies(founder)

    def _exchange_with_copies(self, founder):
        for name, (version, at) in list(founder.folder.items()):
            theirs = self.cloud.get(name)
            if theirs is None or founder.synced.get(name) == theirs or theirs[0] == version:
                self.cloud[name] = (version, at)
            elif founder.synced.get(name) != (version, at):
                self.cloud[f"copy {next(self.ids)} {name}"] = (version, at)
        for name in founder.synced.keys() - founder.folder.keys():
            self.cloud.pop(name, None)
        founder.folder, founder.synced = dict(self.cloud), dict(self.cloud)

    def _last_writer(self, founder):
        """A folder in which the file written last replaces the other."""
        founder.sync()
        self._exchange_by_time(founder)
        founder.sync()
        self._exchange_by_time(founder)

    def _exchange_by_time(self, founder):
        for name in founder.folder.keys() | self.cloud.keys():
            both = [side[name] for side in (founder.folder, self.cloud) if name in side]
            founder.folder[name] = self.cloud[name] = max(both, key=lambda file: file[1])

    def _stick(self, founder):
        """The folder of one founder copied over that of the next one."""
        founder.sync()
        after = self.founders[(founder.number + 1) % len(self.founders)]
        after.sync()
        after.folder = dict(founder.folder)
        after.sync()

    def _git(self, founder):
        """The program fetches, takes the other side's files as versions, and pushes."""
        founder.sync()
        for version, _ in self.remote.values():
            founder.take(version)
        founder.write()
        self.remote, founder.base = dict(founder.folder), dict(founder.folder)

    def _driver(self, founder):
        """A person pulls with the merge driver in a clone, and pushes; the program sees only the folder."""
        founder.sync()
        for name, (theirs, at) in self.remote.items():
            base, ours = founder.base.get(name), founder.folder.get(name)
            if ours in (base, None):
                founder.folder[name] = (theirs, at)
            elif base is None or base[0] != theirs:
                founder.folder[name] = (merge_versions(base[0] if base else None, ours[0], theirs), self.now())
        self.remote, founder.base = dict(founder.folder), dict(founder.folder)
        founder.sync()
