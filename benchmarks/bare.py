"""The smallest Textual program: what fieldgate is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Bare(App[None]):
    """One label; ctrl+q quits."""

    def compose(self) -> ComposeResult:
        yield Label("Hello from bare Textual")


Bare().run()
