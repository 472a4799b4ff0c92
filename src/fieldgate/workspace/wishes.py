"""What a person decided before a sync that would else have to ask."""

from enum import StrEnum

from fieldgate.values import dataclass


class Place(StrEnum):
    """What an unknown path of a known workspace is."""

    MOVED = "moved"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person decided beforehand.

    `place`: what an unknown path is. `put_back` and `archive`: what becomes of records whose file is missing.
    `doubles_too`: files that look like copies made as a template are versions of their record; `doubles_new`: they
    become records of their own. `go_back`: records of which an older file came back say again what it says.
    """

    place: Place | None = None
    put_back: bool = False
    archive: bool = False
    doubles_too: bool = False
    doubles_new: bool = False
    go_back: bool = False

    @property
    def doubles_said(self) -> bool:
        """Whether it was decided what copies made as a template are."""
        return self.doubles_too or self.doubles_new


NOTHING_SAID = Wishes()
