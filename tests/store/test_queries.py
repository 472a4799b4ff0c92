"""Every query of the reader fits the schema that the models make, and reads as little as it can."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests import builders as make
from tests.builders import NOW

from fieldgate.domain.listing import View
from fieldgate.store import queries
from fieldgate.store.store import Store

GIVEN = {
    "start": 0, "limit": 9, "state": "gap", "phase": "", "function": "", "today": "2026-11-20", "id": "x", "ids": "[]",
    "w0": "a", "w1": "b", "n0": "c",
}  # fmt: skip

INDEXED = {
    View.HYPOTHESES: "hypothesis_list",
    View.NOTES: "note_list",
    View.BOARD: "touchpoint_board",
    View.CUSTOMERS: "customer_list",
    View.MEETINGS: "meeting_list",
    View.ACTIONS: "action_list",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.fieldgate"
    Store.create(path, [make.a_workspace()], by="ana", now=NOW, writer="k3f9a").close()
    with closing(sqlite3.connect(path)) as raw:
        yield raw


def plan(raw, query, given=None):
    values = GIVEN if given is None else given
    return [row[3] for row in raw.execute(f"explain query plan {query}", values)]


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("form", ["how_many", "page", "position", "holds", "rows"])
def test_every_list_query_fits_the_schema(empty, view, form):
    assert plan(empty, getattr(queries.LISTS[view], form)())


@pytest.mark.parametrize("view", list(View))
def test_every_filter_fits_the_schema(empty, view):
    assert plan(empty, queries.LISTS[view].matching(2, 1))


def test_the_cards_of_a_cell_fit_the_schema(empty):
    query = queries.list_query(View.BOARD, "LEG")
    for each in (query.how_many(), query.page(), query.position(), query.holds(), query.matching(1, 1)):
        assert ":function" in each
        assert plan(empty, each)


@pytest.mark.parametrize("words", [(1, 0), (2, 1), (0, 1)])
def test_searching_fits_the_schema(empty, words):
    assert plan(empty, queries.search(*words))


@pytest.mark.parametrize(
    ("query", "given"),
    [
        (queries.BOARD_COUNTS, ()),
        (queries.NOTES_WAITING, ()),
        (queries.META, ("x",)),
        (queries.LAST_SEQ, ()),
        (f"SELECT id FROM note {queries.NOTES_ASKED_FOR}", ()),
        *((queries.FIND_CODE.format(table=kind), {"code": "H1"}) for kind in ("hypothesis", "touchpoint", "action")),
        *((queries.FIND_FORMER.format(table=kind), ("H1",)) for kind in ("hypothesis", "touchpoint", "action")),
    ],
)
def test_every_other_query_fits_the_schema(empty, query, given):
    assert plan(empty, query, given)


@pytest.mark.parametrize(("view", "index"), INDEXED.items())
def test_a_page_is_read_in_the_order_of_an_index_without_sorting(empty, view, index):
    steps = plan(empty, queries.LISTS[view].ids())
    assert any(index in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.parametrize("view", list(INDEXED))
def test_the_ids_of_a_page_are_read_from_the_index_alone(empty, view):
    assert any("COVERING INDEX" in step for step in plan(empty, queries.LISTS[view].ids()))


@pytest.mark.parametrize("view", list(View))
def test_rows_are_counted_in_an_index(empty, view):
    assert any("COVERING INDEX" in step for step in plan(empty, queries.LISTS[view].how_many()))


def test_a_code_is_looked_up_by_its_index(empty):
    assert any(
        "hypothesis_code" in step for step in plan(empty, queries.FIND_CODE.format(table="hypothesis"), {"code": "H1"})
    )


def test_records_are_found_by_their_ids_without_going_through_all(empty):
    steps = plan(empty, queries.records("note", ("id", "text"), queries.WITH_IDS), ("[]",))
    assert any(step.startswith("SEARCH note USING") and "(id=?)" in step for step in steps), steps


def test_no_list_reads_whole_rows():
    for each in queries.LISTS.values():
        assert "*" not in each.columns.replace("count(*)", "").replace("'trait.*'", "")


def test_reading_loads_neither_sqlmodel_nor_sqlalchemy():
    program = (
        "import sys, fieldgate.store.reader; "
        "print(sorted({'sqlmodel', 'sqlalchemy', 'pydantic', 'yaml', 'textual'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert found.stdout.strip() == "[]"
