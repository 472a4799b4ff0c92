"""Random weeks of three founders: edits, hand edits, folders, sticks, git, older copies. Nothing is lost, all agree."""

import shutil
from random import Random

import pytest
from tests.workspace.founders import Founder, by_hand, carry, tree
from tests.workspace.test_sharing_by_git import git

from fieldgate.documents.frontmatter import parse

WORDS = ("giá", "ราคา", "цена", "價格", "price", "phản hồi", "客戶", "клиент", "ลูกค้า", "weekly")


class Week:
    """Three founders: two over git, and a third whose folder is carried to the first and back."""

    def __init__(self, home, seed):
        self.random = Random(seed)  # noqa: S311  a history to be had again
        git(home, "init", "--bare", "-b", "main", "shared.git")
        anna = Founder(home / "anna", "anna", home / "anna folder").start()
        anna.sync()
        self.founders = [anna]
        for name in ("ben", "chi"):
            carry(anna.folder, home / f"{name} folder")
            self.founders.append(Founder(home / name, "ben", home / f"{name} folder"))
        for founder in self.founders[:2]:
            founder.sync()
            founder.at.sharing.set_remote(str(home / "shared.git"), "main")
        self.notes = [anna.note("first line\nsecond line\nthird line") for _ in range(3)]
        self.said = set()
        self.settle()

    def word(self):
        """A word that nobody wrote before."""
        word = f"{self.random.choice(WORDS)}{len(self.said)}"
        self.said.add(word)
        return word

    def step(self):
        founder = self.random.choice(self.founders)
        act = self.random.choice((self.edit, self.edit, self.by_hand, self.sync, self.carry, self.restart, self.copy))
        act(founder)

    def edit(self, founder):
        note = self.random.choice(self.notes)
        lines = founder.record("note", note).text.split("\n")
        lines.insert(self.random.randrange(len(lines) + 1), self.word())
        founder.edit("note", note, text="\n".join(lines))

    def by_hand(self, founder):
        note = self.random.choice(self.notes)
        body = parse(founder.file_of(note).read_text(encoding="utf-8")).document.body
        line = body.split("\n")[-1]
        by_hand(founder.file_of(note), f"\n{line}\n<!--", f"\n{line}\n{self.word()}\n<!--")

    def sync(self, founder):
        founder.sync()

    def restart(self, founder):
        founder.leave()

    def carry(self, founder):
        """Copy one founder's folder over another's, as a stick does; what stood there is kept as conflict copies."""
        other = self.random.choice([each for each in self.founders if each is not founder])
        for path in sorted(founder.folder.rglob("*.md")):
            target = other.folder / path.relative_to(founder.folder)
            if target.exists() and target.read_bytes() != path.read_bytes():
                target.rename(
                    target.with_name(f"{target.stem}.sync-conflict-20261120-1011{self.random.randrange(99):02}-X.md")
                )
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(path, target)

    def copy(self, founder):
        note = self.random.choice(self.notes)
        mine = founder.file_of(note)
        shutil.copy2(mine, mine.with_name(f"{mine.stem} (conflicted copy {self.random.randrange(9)}).md"))

    def settle(self):
        """Sync until nothing changes; return after how many rounds."""
        for round_number in range(1, 9):
            before = [tree(each.folder) for each in self.founders]
            for founder in self.founders:
                founder.sync()
            carry(self.founders[0].folder, self.founders[2].folder)
            self.founders[2].sync()
            carry(self.founders[2].folder, self.founders[0].folder)
            self.founders[0].sync()
            if [tree(each.folder) for each in self.founders] == before:
                return round_number
        return 99


@pytest.mark.parametrize("seed", range(3))
def test_a_week_of_three_founders_ends_alike_with_every_word(tmp_path, seed):
    week = Week(tmp_path, seed)
    for _ in range(25):
        week.step()
    assert week.settle() <= 5
    texts = [{note: each.record("note", note).text for note in week.notes} for each in week.founders]
    assert texts[0] == texts[1] == texts[2]
    words = "\n".join(texts[0].values())
    assert [word for word in sorted(week.said) if word not in words] == []
    assert tree(week.founders[0].folder) == tree(week.founders[1].folder)
    for founder in week.founders:
        report = founder.sync()
        assert report.written == 0
        assert not report.changed
        founder.leave(give_out=False)
