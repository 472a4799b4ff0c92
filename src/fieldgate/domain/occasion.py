"""Occasion: who acts, when, and under which playbook. Rules are handed one; they never ask a clock."""

from collections.abc import Callable
from datetime import date, datetime

from fieldgate.domain.playbook import Playbook
from fieldgate.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The circumstances of an act.

    `today` is the local date that rules compare with; `now` the UTC timestamp that is written; `by` a member's
    handle; `new_id` draws a random id.
    """

    today: date
    now: datetime
    by: str
    new_id: Callable[[], str]
    playbook: Playbook
