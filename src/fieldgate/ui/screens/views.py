"""The views of the desk: what each is called, the key that goes there, and the kinds of records that it lists."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple, cast

from textual.content import Content

from fieldgate.domain.listing import View
from fieldgate.ui.pane import ListPane, Pane
from fieldgate.words import mark, t


class ViewSpec(NamedTuple):
    """A view. `lists`: the list that is counted for it; `kinds`: the records whose place it is."""

    name: str
    number: int
    title: str
    module: str
    pane: str
    lists: View | None
    kinds: tuple[str, ...] = ()

    def make(self) -> ListPane | Pane:
        """Make the pane; its module is loaded when it is first shown."""
        made = cast("Callable[..., ListPane | Pane]", getattr(import_module(self.module), self.pane))
        key = "view" if self.lists in {None, View.BOARD} else "number"
        return made(id=f"pane-{self.name}", classes="view", **{key: self.number})


def _spec(number: int, name: str, title: str, pane: str, lists: View | None, *kinds: str) -> ViewSpec:
    module = f"fieldgate.ui.panes.{name}"
    return ViewSpec(name=name, number=number, title=title, module=module, pane=pane, lists=lists, kinds=kinds)


PANES: tuple[ViewSpec, ...] = (
    _spec(1, "hypotheses", mark("Hypotheses"), "HypothesesPane", View.HYPOTHESES, "hypothesis"),
    _spec(2, "notes", mark("Notes"), "NotesPane", View.NOTES, "note"),
    _spec(3, "journey", mark("Journey"), "JourneyPane", View.BOARD, "touchpoint"),
    _spec(4, "gate", mark("Gate"), "GatePane", None, "gate"),
    _spec(5, "customers", mark("Customers"), "CustomersPane", View.CUSTOMERS, "customer"),
    _spec(6, "meetings", mark("Meetings"), "MeetingsPane", View.MEETINGS, "meeting"),
    _spec(7, "requirements", mark("Requirements"), "RequirementsPane", View.REQUIREMENTS, "requirement"),
    _spec(8, "actions", mark("Actions"), "ActionsPane", View.ACTIONS, "action"),
)
"""Every view in the order of its keys. The first two share the left column, the others take turns on the right."""

LEFT = ("hypotheses", "notes")
BY_NAME: Mapping[str, ViewSpec] = {spec.name: spec for spec in PANES}
OF_KIND: Mapping[str, str] = {kind: spec.name for spec in PANES for kind in spec.kinds}


def emptiness(pane: ListPane, label: Callable[[str], str]) -> Content:
    """Say in an empty list what it is for and which keys fill it; `label` writes a key for a person."""
    keys = (f"{label(name)}  {t(words)}" for name, words in pane.FILLS)
    return Content("\n".join((t(pane.EMPTY), "", *keys)))
