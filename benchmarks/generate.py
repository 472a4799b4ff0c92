"""Workspaces of any size in five scripts, always the same for one size: for measuring, not for reading."""

import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fieldgate.domain.identity import ID_ALPHABET, named_id
from fieldgate.domain.records.history import Gate
from fieldgate.domain.records.journey import Function, Phase, Touchpoint, TouchpointState
from fieldgate.domain.records.learning import (
    Area,
    Evidence,
    Hypothesis,
    HypothesisState,
    Meeting,
    MeetingKind,
    Note,
    Stance,
    Step,
)
from fieldgate.domain.records.people import Customer, Member, Team, Workspace
from fieldgate.domain.records.record import Record
from fieldgate.locations import Locations
from fieldgate.store.taking import arrivals_of
from fieldgate.workspace.clock import Clock
from fieldgate.workspace.founding import make_store

TODAY = date(2026, 3, 16)
WORDS = (
    "the buyer pays every friday by hand and copies four hundred rows into a sheet nobody reads".split(),
    "khách hàng nói rằng tuần nào cũng mất ba giờ để đối chiếu hóa đơn giao hàng".split(),
    "клиентът казва че всяка седмица губи три часа за сверяване на фактури".split(),
    ["客戶", "每週", "花", "三個小時", "對帳", "，", "覺得", "很", "麻煩", "驗收標準", "不清楚"],
    ["ลูกค้า", "บอกว่า", "เสียเวลา", "สามชั่วโมง", "ทุกสัปดาห์", "กับการ", "ตรวจสอบ", "ใบแจ้งหนี้"],
)


def records(size: int, seed: int = 1) -> list[Record]:
    """Return about `size` records: mostly notes, a tenth as many cards, customers, meetings, some hypotheses."""
    rng = random.Random(f"{seed}/{size}")  # noqa: S311  the same every time is the point
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def an_id() -> str:
        return "".join(rng.choice(ID_ALPHABET) for _ in range(16))

    def text(words: int) -> str:
        chosen = rng.choice(WORDS)
        joint = "" if chosen is WORDS[3] or chosen is WORDS[4] else " "
        return joint.join(rng.choice(chosen) for _ in range(words))

    def base(number: int) -> dict[str, object]:
        moment = start + timedelta(seconds=30 * number)
        return {"id": an_id(), "created_at": moment, "updated_at": moment, "created_by": "an", "updated_by": "an"}

    workspace = "bench" + str(size).rjust(11, "0")
    made: list[Record] = [
        replace(Workspace(**base(0), name=f"Bench {size}", vision=text(40), lead_segment="seafood"), id=workspace),
        replace(Member(**base(0), handle="an", name="An", team=Team.BOTH, key=True), id=named_id(workspace, "member", "an")),
        replace(
            Gate(**base(0), step=Step.DISCOVERY, round=1, opened_at=start, opened_on=start.date(),
                 decide_by=TODAY + timedelta(days=30), stop_if="nobody pays"),
            id=named_id(workspace, "gate", "discovery", "1"),
        ),
    ]  # fmt: skip
    customers = [
        Customer(**base(n), code=f"C{n}", name=text(2), segment="seafood" if n % 3 else "kitchens", awareness=n % 6)
        for n in range(1, max(8, size // 40))
    ]
    beliefs = [
        Hypothesis(
            **base(n), code=f"H{n}", statement=text(14), area=list(Area)[n % 6], step=Step.DISCOVERY,
            importance=1 + n % 5, state=HypothesisState.TESTING if n % 3 else HypothesisState.DRAFT,
            prediction="x", metric="y", due=TODAY + timedelta(days=n % 40), segment="seafood",
            locked_at=start if n % 3 else None, locked_on=start.date() if n % 3 else None,
        )
        for n in range(1, min(300, max(8, size // 100)))
    ]  # fmt: skip
    meetings = [
        Meeting(**base(n), code=f"M{n}", kind=MeetingKind.INTERVIEW, topic=text(5),
                date=TODAY - timedelta(days=n % 60), customer_id=rng.choice(customers).id)
        for n in range(1, max(8, size // 40))
    ]  # fmt: skip
    cards = [
        Touchpoint(**base(n), code=f"{list(Phase)[n % 4]}-{list(Function)[n % 12]}-C{n:02d}", phase=list(Phase)[n % 4],
                   function=list(Function)[n % 12], title=text(6), state=list(TouchpointState)[n % 4],
                   state_on=TODAY - timedelta(days=n % 50))
        for n in range(1, max(16, size // 10))
    ]  # fmt: skip
    made += [*customers, *beliefs, *meetings, *cards]
    for n in range(1, max(1, size - len(made))):
        meeting = rng.choice(meetings)
        note = Note(**base(n), code=f"N{n}", text=text(rng.choice((8, 20, 60))), said_on=meeting.date,
                    meeting_id=meeting.id, customer_id=meeting.customer_id,
                    triaged_at=start if n % 50 else None)  # fmt: skip
        made.append(note)
        if n % 8 == 0:
            belief = rng.choice(beliefs)
            stance = rng.choice(list(Stance))
            strength = 0 if stance is Stance.MAYBE else rng.randrange(5)
            made.append(
                replace(
                    Evidence(**base(n), note_id=note.id, hypothesis_id=belief.id, stance=stance, strength=strength,
                             answered_at=start, answered_by="an"),
                    id=named_id(workspace, "evidence", note.id, belief.id),
                )
            )  # fmt: skip
    return made


def make(size: int, folder: Path) -> Path:
    """Make a store of this size in a folder, unless it is there already; returns its path."""
    path = folder / f"bench-{size}.fieldgate"
    if not path.exists():
        locations = Locations(data=folder / "data", config=folder / "config", cache=folder / "cache")
        make_store(path, arrivals_of(records(size)), locations, Clock(TODAY), writer="bench", by="an", author="an")
    return path


if __name__ == "__main__":
    print(make(int(sys.argv[1]), Path(sys.argv[2])))
