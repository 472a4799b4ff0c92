"""Two real Syncthing instances on this machine, without discovery, relays or anything outside it, keep two folders in step."""

import re
import shutil
import socket
import subprocess
import time
import xml.etree.ElementTree as ET

import pytest
from tests.workspace.founders import Founder, carry, tree

pytestmark = [
    pytest.mark.skipif(shutil.which("syncthing") is None, reason="syncthing is not installed; its copies are imitated"),
    pytest.mark.timeout(180),
]

OFF = ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "crashReportingEnabled",
       "startBrowser", "autoUpgradeIntervalH", "reconnectionIntervalS")  # fmt: skip
PATIENCE = 60


class Instance:
    """One Syncthing with a home of its own."""

    def __init__(self, home, folder):
        self.home, self.folder, self.process = home, folder, None
        subprocess.run(["syncthing", "generate", f"--home={home}"], check=True, capture_output=True)
        self.port = _free_port()
        told = subprocess.run(
            ["syncthing", f"--home={home}", "--device-id"], check=True, capture_output=True, text=True
        )
        self.id = re.findall(r"[A-Z0-9]{7}(?:-[A-Z0-9]{7}){7}", told.stdout)[0]

    def know(self, other):
        """Write the configuration: one folder, shared with one other instance on this machine."""
        path = self.home / "config.xml"
        root = ET.parse(path).getroot()  # noqa: S314  as above
        for name in ("folder", "device"):
            for each in root.findall(name):
                root.remove(each)
        options = root.find("options")
        for each in list(options):
            if each.tag == "listenAddress":
                options.remove(each)
        ET.SubElement(options, "listenAddress").text = f"tcp://127.0.0.1:{self.port}"
        for name in OFF:
            found = options.find(name)
            found = ET.SubElement(options, name) if found is None else found
            found.text = {"autoUpgradeIntervalH": "0", "reconnectionIntervalS": "1"}.get(name, "false")
        options.find("urAccepted").text = "-1"
        root.find("gui/address").text = f"127.0.0.1:{_free_port()}"
        for each in (self, other):
            device = ET.SubElement(root, "device", id=each.id, name=each.home.name)
            ET.SubElement(device, "address").text = f"tcp://127.0.0.1:{each.port}"
        folder = ET.SubElement(
            root, "folder", id="team", path=str(self.folder), type="sendreceive", rescanIntervalS="1",
            fsWatcherEnabled="true", fsWatcherDelayS="1",
        )  # fmt: skip
        ET.SubElement(folder, "maxConflicts").text = "-1"
        for each in (self, other):
            ET.SubElement(folder, "device", id=each.id)
        ET.ElementTree(root).write(path)
        (self.folder / ".stfolder").mkdir(exist_ok=True)

    def start(self):
        words = ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart", "--no-upgrade"]
        with (self.home / "said").open("wb") as said:
            self.process = subprocess.Popen(words, stdout=said, stderr=subprocess.STDOUT)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:  # its own affair: what it wrote is whole either way
                self.process.kill()
                self.process.wait()
            self.process = None


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def two(tmp_path):
    """Two founders who have the same, each with an instance that does not run yet."""
    anna = Founder(tmp_path / "anna", "anna", tmp_path / "anna folder").start()
    anna.notes = [anna.note(f"câu {number}\nlast") for number in range(3)]
    anna.sync()
    carry(anna.folder, tmp_path / "ben folder")
    ben = Founder(tmp_path / "ben", "ben", tmp_path / "ben folder")
    ben.sync()
    instances = [Instance(tmp_path / f"syncthing {each.handle}", each.folder) for each in (anna, ben)]
    instances[0].know(instances[1])
    instances[1].know(instances[0])
    yield anna, ben, instances
    for each in instances:
        each.stop()
    for founder in (anna, ben):
        founder.leave(give_out=False)


def records(folder):
    return {path: data for path, data in tree(folder).items() if path.endswith(".md") and not path.startswith(".st")}


def until(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def in_step(anna, ben):
    """Whether both folders hold the same by now, and Syncthing is not in the middle of a file."""
    try:
        return records(anna.folder) == records(ben.folder) and not list(anna.folder.rglob(".syncthing.*"))
    except FileNotFoundError:  # Syncthing put another in its place between its being found and read
        return False


def test_what_both_wrote_while_apart_is_there_for_both_and_no_copy_is_left(two):
    anna, ben, instances = two
    for each in instances:
        each.start()
    until(lambda: in_step(anna, ben) and "Ready to synchronize" in (instances[1].home / "said").read_text())
    for each in instances:
        each.stop()
    note = anna.notes[0]
    anna.edit("note", note, text="anna: giá cao\ncâu 0\nlast")
    ben.edit("note", note, text="câu 0\nlast\nben: แพงมาก")
    extra = ben.note("само Бен")
    anna.sync()
    ben.sync()
    for each in instances:
        each.start()
    until(lambda: list(anna.folder.rglob("*.sync-conflict-*")) and in_step(anna, ben))
    for _ in range(3):
        for founder in (anna, ben):
            founder.sync()
            until(lambda: in_step(anna, ben))
    assert not list(anna.folder.rglob("*.sync-conflict-*"))
    for founder in (anna, ben):
        assert founder.record("note", note).text == "anna: giá cao\ncâu 0\nlast\nben: แพงมาก"
        assert founder.record("note", extra).text == "само Бен"
        assert founder.sync().quiet
