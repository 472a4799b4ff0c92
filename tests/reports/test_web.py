import html
import re
import shutil
import subprocess
import threading
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.builders import DAY, a_gate, a_workspace
from tests.reports.hostile import SCRIPTS, STRINGS, hostile_material

from fieldgate.locations import Locations
from fieldgate.reports.material import material_of
from fieldgate.reports.web import POLICY, web_report
from fieldgate.workspace.arriving import inspect_folder, one_each, read_target
from fieldgate.workspace.demo import SAMPLE_DAY

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "h3",
    "p",
    "br",
    "a",
    "b",
    "bdi",
    "section",
    "blockquote",
    "footer",
    "span",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "path",
    "g",
    "ul",
    "ol",
    "li",
    "text",
    "circle",
    "rect",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "dir",
    "role",
    "aria-label",
    "xmlns",
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "viewbox",
}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Reading(HTMLParser):
    """Everything a browser would take for markup, and the text it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.attributes, self.links, self.anchors, self.text = set(), set(), [], set(), []
        self.policy = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "href":
                self.links.append(value)
            if name == "id":
                self.anchors.add(value)
        if tag == "meta" and dict(attrs).get("http-equiv"):
            self.policy = dict(attrs)["content"]

    def handle_data(self, data):
        self.text.append(data)


def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading


def test_record_text_is_never_markup_and_still_there(playbook):
    reading = read("".join(web_report(hostile_material(playbook))))
    assert reading.tags <= TAGS
    assert reading.attributes <= ATTRIBUTES
    shown = " ".join(reading.text)
    for text in (STRINGS[0], "onload=alert(1)", *SCRIPTS):
        assert text in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_every_link_leads_to_a_place_in_the_page(playbook):
    reading = read("".join(web_report(hostile_material(playbook))))
    assert len(reading.links) > 20
    assert {each for each in reading.links if not each.startswith("#")} == set()
    assert {each[1:] for each in reading.links} <= reading.anchors


def test_the_policy_forbids_all_but_its_own_style(playbook):
    page = "".join(web_report(hostile_material(playbook)))
    reading = read(page)
    assert reading.policy == POLICY
    assert reading.policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    head, _, body = page.partition("</head>")
    assert head.index("Content-Security-Policy") < head.index("<title>")
    assert "@import" not in head
    assert "url(" not in head
    assert "prefers-color-scheme" in head
    assert "@media print" in head
    assert "style=" not in re.sub(r">[^<]*<", "><", body)


def test_a_workspace_of_one_day_has_a_report(playbook):
    page = "".join(web_report(material_of([a_workspace(), a_gate()], playbook, DAY)))
    assert "Nobody has said anything yet." in page
    assert "criteria met" in page
    without = "".join(web_report(material_of([a_workspace()], playbook, DAY)))
    assert "No gate is open." in without


def sample_material(playbook):
    target = inspect_folder(Locations.find().sample(), Locations.find())
    records = [
        record
        for each in one_each(read_target(target).versions)
        if each.parsed.record is not None
        for record in (each.parsed.record, *each.parsed.evidence, *each.parsed.checks)
    ]
    return material_of(records, playbook, SAMPLE_DAY)


def test_the_sample_explains_itself(playbook):
    page = "".join(web_report(sample_material(playbook)))
    text = " ".join(" ".join(read(page).text).split())
    for words in (
        "12 interviews with 11 customers, from 2025-10-28 to 2026-03-03; 37 answers bear on 10 beliefs.",
        "Its question: Whose problem goes away when they use this?",
        "A belief is a bet about customers",
        "▶ Customer Discovery",
        "Customer Discovery, round 1 2026-01-12 pivot Restaurants see the problem",
        "The gate of Customer Discovery, round 2",
        "(overdue)",
        "● yes, ■ no, ◆ maybe",
        "pivot (segment), supported",
        "3 / 2 / 0 gap",
        "more moments are known and not asked yet",
        "yes 3, gave time, access or a name",
    ):
        assert words in text, words
    assert page.count("<svg") == 4
    assert "unasked" not in text


@pytest.mark.skipif(CHROMIUM is None, reason="no browser here: what the page holds is judged by the tests above")
def test_a_browser_asks_nobody_and_runs_nothing(playbook, tmp_path, tell):
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    page = "".join(web_report(hostile_material(playbook, port)))
    bait = f"<img src=http://127.0.0.1:{port}/bait>"
    try:
        assert "PWNED" not in _title(_opened(page, tmp_path / "report.html"))
        assert asked == []
        _opened(bait, tmp_path / "bait.html")  # so that the silence above means something
        assert asked == ["/bait"]
        bare = page.replace("</body>", f"{bait}<script>document.title='RAN'</script></body>")
        assert "RAN" not in _title(_opened(bare, tmp_path / "bare.html"))  # the policy holds where escaping would not
        assert asked == ["/bait"]
        times = sum(page.count(html.escape(each.replace("{port}", str(port)).split("\n")[0])) for each in STRINGS)
        tell(f"a page with {len(STRINGS)} hostile strings, {times} times in all: requests 0, scripts run 0")
        assert times > len(STRINGS)
    finally:
        server.shutdown()
        server.server_close()


def _opened(page: str, path) -> str:
    path.write_text(page, "utf-8")
    profile = path.with_suffix(".profile")
    call = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom", path.as_uri()]  # fmt: skip
    return subprocess.run(call, capture_output=True, text=True, check=True, timeout=60).stdout


def _title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return "" if found[1].startswith("&lt;script") else found[1]
