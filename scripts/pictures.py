"""Draws the pictures of README: the real app on the sample, each screen as SVG by the app's own export.

Fixed day, size and theme, so that the same program draws the same pictures. The report is drawn by the browser that it
is for, where there is one.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fieldgate.locations import Locations
from fieldgate.reports.web import web_report
from fieldgate.ui.fieldgate_app import FieldgateApp
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.demo import SAMPLE_DAY, make_demo
from fieldgate.workspace.door import inspect, open_workspace
from fieldgate.workspace.reporting import gather

SHOTS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("desk", (140, 40), ()),
    ("gate", (80, 24), ("G", "j", "j")),
    ("triage", (80, 24), ("2", "T")),
    ("conflict", (80, 24), ("t", "1")),
    ("assumption-map", (80, 24), ("apostrophe", "m")),
    ("timeline", (80, 24), ("apostrophe", "t", "j", "l")),
)
"""Name, size, and the keys that lead there."""

# Ids and a link to a web font, which the export puts in: a picture asks nobody for anything and is the same each time.
_RANDOM = re.compile(r"terminal-\d+")
_FETCHED = re.compile(r"@font-face\s*\{.*?\}|<!--.*?-->", re.DOTALL)


async def shoot(app: FieldgateApp, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """Run the app, press keys, and return what it shows."""
    async with app.run_test(size=size) as pilot:
        app._load()  # noqa: SLF001  the writing side is opened at once, not when the keys have paused
        await app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            for _ in range(3):
                await pilot.pause(0.1)
                await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        return app.export_screenshot(title="fieldgate", simplify=True)


def plain(svg: str) -> str:
    """Return a picture without what differs from run to run or is fetched from elsewhere."""
    bare = _FETCHED.sub("", _RANDOM.sub("terminal", svg))
    return "\n".join(line.rstrip() for line in bare.splitlines() if line.strip()) + "\n"


def draw(folder: Path, clock: Clock) -> None:
    """Draw all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, size, keys in SHOTS:
        with tempfile.TemporaryDirectory() as place:
            own = Locations(data=Path(place, "data"), config=Path(place, "config"), cache=Path(place, "cache"))
            target = inspect(make_demo(own, clock), own)
            app = FieldgateApp(locations=own, clock=clock, author="an", target=target)
            try:
                svg = asyncio.run(shoot(app, size, keys))
            finally:
                app.finish()
            (folder / f"{name}.svg").write_text(plain(svg), "utf-8")
            print(f"{folder / name}.svg")


def draw_report(folder: Path, clock: Clock) -> None:
    """Draw the top of the HTML report, as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("no chromium: the picture of the report stays as it is", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as place:
        own = Locations(data=Path(place, "data"), config=Path(place, "config"), cache=Path(place, "cache"))
        workspace = open_workspace(inspect(make_demo(own, clock), own), own, clock, "an")
        page = Path(place, "report.html")
        try:
            page.write_text("".join(web_report(gather(workspace, anonymous=False)[0])), "utf-8")
        finally:
            workspace.close()
        picture = folder.absolute() / "report.png"
        words = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=760,760")
        call = [browser, *words, f"--user-data-dir={place}/browser", f"--screenshot={picture}", page.as_uri()]
        subprocess.run(call, check=True, capture_output=True)
        print(picture)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Clock(SAMPLE_DAY))
    draw_report(Path(sys.argv[1]), Clock(SAMPLE_DAY))
