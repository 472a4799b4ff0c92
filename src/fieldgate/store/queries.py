"""The queries of the lists, as plain SQL. Every one is explained against the schema by a test.

A list query reads ids in order through an index, a page at a time, and joins what a row shows to these ids only.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fieldgate.domain.listing import View

EXCERPT = 400
"""Characters of a long text that a list is given."""


class ListQuery(NamedTuple):
    """One list: its table, the columns that order it (all in one direction), and the row built on the ids of a page.

    `columns` are in the order of the row class's fields. Parameters go by name: `:start`, `:limit`, `:state`, `:phase`,
    `:function`, `:today`.
    """

    table: str
    order: tuple[str, ...]
    down: bool
    columns: str
    joins: str = ""
    where: str = ""

    def ids(self) -> str:
        """The ids of a page in order."""
        return f"SELECT id FROM {self.table} AS r WHERE {self._live()} ORDER BY {self.ordering('r')} LIMIT :limit OFFSET :start"

    def how_many(self) -> str:
        """How many rows there are."""
        return f"SELECT count(*) FROM {self.table} AS r WHERE {self._live()}"

    def position(self) -> str:
        """How many rows stand before the one with `:id`."""
        mine = ", ".join(_of(column, "r") for column in self.order)
        its = ", ".join(_of(column, "o") for column in self.order)
        sign = ">" if self.down else "<"
        return (
            f"SELECT count(*) FROM {self.table} AS r WHERE {self._live()} AND "
            f"({mine}) {sign} (SELECT {its} FROM {self.table} AS o WHERE o.id = :id)"
        )

    def holds(self) -> str:
        """Whether the record `:id` is in the list."""
        return f"SELECT 1 FROM {self.table} AS r WHERE {self._live()} AND r.id = :id"

    def page(self) -> str:
        """The rows of a page."""
        return self._rows(f"({self.ids()})")

    def rows(self) -> str:
        """The rows of the ids in the JSON list `:ids`, in the order of the list."""
        return self._rows(f"(SELECT id FROM {self.table} WHERE id IN (SELECT value FROM json_each(:ids)))")

    def matching(self, words: int, without: int) -> str:
        """The ids of what contains the folded words `:w0`, `:w1` … and none of `:n0`, `:n1` …, in order."""
        tests = [f"instr(s.folded, :w{n}) > 0" for n in range(words)]
        tests += [f"instr(s.folded, :n{n}) = 0" for n in range(without)]
        found = f"r.id IN (SELECT s.id FROM search AS s WHERE s.kind = '{self.table}' AND {' AND '.join(tests)})"
        return f"SELECT id FROM {self.table} AS r WHERE {self._live()} AND {found} ORDER BY {self.ordering('r')}"

    def ordering(self, alias: str) -> str:
        """The columns to order by."""
        return ", ".join(f"{_of(column, alias)}{' DESC' if self.down else ''}" for column in self.order)

    def _rows(self, ids: str) -> str:
        return (
            f"SELECT {self.columns} FROM {ids} AS p JOIN {self.table} AS r ON r.id = p.id {self.joins} "
            f"ORDER BY {self.ordering('r')}"
        )

    def _live(self) -> str:
        return f"r.deleted_at IS NULL{self.where}"


def _of(column: str, alias: str) -> str:
    return column.replace("{r}", alias)


BOARD_ORDER = (
    "{r}.state",
    "{r}.rank IS NULL",
    "coalesce({r}.rank, '')",
    "coalesce({r}.leave, 0) = 0",
    "-(coalesce({r}.leave, 0) + coalesce({r}.faster, 0) + coalesce({r}.safer, 0))",
    "{r}.escalated_at IS NULL",
    "coalesce({r}.state_on, '9')",
    "{r}.id",
)
"""The order of the board, as the index `touchpoint_board` has it."""

_CODED = ("length({r}.code)", "{r}.code", "{r}.id")
_CONFLICT = "r.conflicts <> '[]'"

LISTS: Mapping[View, ListQuery] = {
    View.HYPOTHESES: ListQuery(
        table="hypothesis",
        order=_CODED,
        down=False,
        columns=f"""r.id, r.code, r.state, substr(r.statement, 1, {EXCERPT}), r.area, r.step, r.importance, r.segment,
            r.due, coalesce(t.yes, 0), coalesce(t.no, 0), coalesce(t.maybe, 0), coalesce(t.confidence, 0.0),
            coalesce(t.risk, r.importance), coalesce(t.verdict, ''), coalesce(t.shaken, 0), {_CONFLICT}""",
        joins="LEFT JOIN tally AS t ON t.hypothesis_id = r.id",
    ),
    View.NOTES: ListQuery(
        table="note",
        order=("{r}.said_on", "{r}.created_at", "{r}.id"),
        down=True,
        columns=f"""r.id, r.code, r.said_on, r.kind, r.mark, r.kind = 'observation' AND r.triaged_at IS NULL
            AND r.discarded = 0, r.discarded, c.name, m.topic,
            coalesce((SELECT group_concat(h.code || CASE e.stance WHEN 'yes' THEN '+' WHEN 'no' THEN '-' ELSE '?' END, ' ')
             FROM evidence AS e JOIN hypothesis AS h ON h.id = e.hypothesis_id
             WHERE e.note_id = r.id AND e.deleted_at IS NULL), ''),
            substr(r.text, 1, {EXCERPT}), {_CONFLICT}""",
        joins="""LEFT JOIN meeting AS m ON m.id = r.meeting_id
            LEFT JOIN customer AS c ON c.id = coalesce(r.customer_id, m.customer_id)""",
    ),
    View.BOARD: ListQuery(
        table="touchpoint",
        order=BOARD_ORDER,
        down=False,
        columns=f"""r.id, r.code, r.phase, r.function, r.title, r.state, r.owner, substr(r.gap, 1, {EXCERPT}),
            r.escalated_at IS NOT NULL, r.found_by, r.kpi_value, r.kpi_unit, r.kpi_target, r.reviewed_at,
            (SELECT count(*) FROM "check" AS k
             WHERE coalesce(touchpoint_id, customer_id, gate_id) = r.id AND k.answer <> 'open'
             AND k.deleted_at IS NULL),
            (SELECT count(*) FROM "check" AS k
             WHERE coalesce(touchpoint_id, customer_id, gate_id) = r.id AND k.deleted_at IS NULL), {_CONFLICT}""",
        where=" AND r.state = :state AND (:phase = '' OR r.phase = :phase)",
    ),
    View.CUSTOMERS: ListQuery(
        table="customer",
        order=_CODED,
        down=False,
        columns=f"""r.id, r.code, r.name, r.segment, r.role, r.awareness, r.status, r.cocreation,
            (SELECT count(*) FROM "check" AS k WHERE coalesce(touchpoint_id, customer_id, gate_id) = r.id
             AND k.key GLOB 'trait.*' AND k.answer = 'yes' AND k.deleted_at IS NULL),
            r.account_rank,
            nullif(max(coalesce((SELECT max(m.date) FROM meeting AS m WHERE m.customer_id = r.id
                                 AND m.deleted_at IS NULL AND m.date <= :today), ''),
                       coalesce((SELECT max(n.said_on) FROM note AS n WHERE n.customer_id = r.id
                                 AND n.deleted_at IS NULL), '')), ''),
            {_CONFLICT}""",
    ),
    View.MEETINGS: ListQuery(
        table="meeting",
        order=("{r}.date", "coalesce({r}.start, '')", "{r}.created_at", "{r}.id"),
        down=True,
        columns=f"""r.id, r.code, r.kind, r.topic, r.date, r.start, c.name,
            (SELECT count(*) FROM note AS n WHERE n.meeting_id = r.id AND n.deleted_at IS NULL),
            (SELECT count(*) FROM note AS n WHERE n.meeting_id = r.id AND n.deleted_at IS NULL
             AND n.kind = 'observation' AND n.triaged_at IS NULL AND n.discarded = 0),
            r.proposal, r.agree_custdev, r.agree_proddev, r.shared_at IS NOT NULL, {_CONFLICT}""",
        joins="LEFT JOIN customer AS c ON c.id = r.customer_id",
    ),
    View.REQUIREMENTS: ListQuery(
        table="requirement",
        order=(
            "{r}.state IN ('confirmed', 'declined', 'duplicate')",
            "CASE {r}.urgency WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END",
            "coalesce((SELECT a.account_rank FROM customer AS a WHERE a.id = {r}.customer_id), 1000000)",
            *_CODED,
        ),
        down=False,
        columns=f"""r.id, r.code, r.category, substr(r.description, 1, {EXCERPT}), r.screenshot, r.urgency,
            r.reported_by, r.reported_at, r.follower, r.state, r.remarks, c.name, c.account_rank, {_CONFLICT}""",
        joins="LEFT JOIN customer AS c ON c.id = r.customer_id",
    ),
    View.ACTIONS: ListQuery(
        table="action",
        order=("{r}.state <> 'open'", "{r}.due", *_CODED),
        down=False,
        columns=f"""r.id, r.code, r.text, r.owner, r.due, r.state, r.chase, r.milestone, r.redated,
            coalesce((SELECT h.code FROM hypothesis AS h WHERE h.id = r.hypothesis_id) || ' ', '')
            || coalesce((SELECT q.code FROM requirement AS q WHERE q.id = r.requirement_id) || ' ', '')
            || coalesce((SELECT t.code FROM touchpoint AS t WHERE t.id = r.touchpoint_id) || ' ', '')
            || coalesce((SELECT c.name FROM customer AS c WHERE c.id = r.customer_id), ''), {_CONFLICT}""",
    ),
}
"""Every list of the desk. Codes by number, notes and meetings newest first, the board by its rule
(hand-given rank, leaving loses a customer, number of yes answers, escalated, longest in its column), requirements open
first, most urgent first, strategic accounts first within an urgency, actions open first by due date."""

_OF_A_FUNCTION = " AND r.function = :function"


def list_query(view: View, function: str = "") -> ListQuery:
    """Return the query of a list, of the cards of one function if one is named: a cell holds few, so no index has it."""
    query = LISTS[view]
    return query._replace(where=query.where + _OF_A_FUNCTION) if function else query


BOARD_COUNTS = """SELECT phase, function, state, count(*) FROM touchpoint WHERE deleted_at IS NULL
    GROUP BY phase, function, state"""
NOTES_WAITING = """SELECT count(*) FROM note WHERE deleted_at IS NULL AND kind = 'observation'
    AND triaged_at IS NULL AND discarded = 0"""
PUT_AWAY = "WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id"
FIND_CODE = "SELECT id, deleted_at FROM {table} WHERE length(code) = length(:code) AND code = :code ORDER BY deleted_at IS NOT NULL, id"
FIND_FORMER = "SELECT id FROM {table} WHERE former_codes LIKE '%\"' || ? || '\"%' ORDER BY id"
META = "SELECT value FROM meta WHERE key = ?"
SEEN_FILES = """SELECT f.path, f.size, f.mtime_ns, f.inode FROM files f JOIN folders d ON d.id = f.folder
    WHERE d.path = ?"""
PLACES = """SELECT d.path, coalesce(d.remote, ''), (
    EXISTS (SELECT 1 FROM heads h LEFT JOIN files f ON f.id = h.id AND f.folder = d.id
        GROUP BY h.id HAVING count(f.path) <> 1 OR min(f.digest = h.digest AND f.vector = h.vector) <> 1)
    OR EXISTS (SELECT 1 FROM files f WHERE f.folder = d.id AND f.id NOT IN (SELECT id FROM heads))
    OR EXISTS (SELECT 1 FROM trouble t WHERE t.folder = d.id)
    ), (SELECT user_version FROM pragma_user_version) FROM folders d"""
LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM event"
NOTES_ASKED_FOR = """WHERE (deleted_at IS NULL AND (
        (triaged_at IS NULL AND kind IN ('observation', 'question'))
        OR touchpoint_id IS NOT NULL OR requirement_id IS NOT NULL OR conflicts <> '[]'))
    OR id IN (SELECT note_id FROM evidence)"""
"""The notes that a rule reads: waiting, speaking for a hypothesis, asked for by a gap or a request, in conflict."""


WITH_IDS = "WHERE id IN (SELECT value FROM json_each(?))"
"""The records whose ids stand in a JSON list."""


def records(kind: str, names: Iterable[str], where: str = "") -> str:
    """Some fields of the records of a kind."""
    columns = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {columns} FROM "{kind}" {where}'


def search(words: int, without: int) -> str:
    """What contains all of some folded words and none of others; hits in the code first, then title, then text."""
    tests = [f"instr(folded, :w{n}) > 0" for n in range(words)]
    tests += [f"instr(folded, :n{n}) = 0" for n in range(without)]
    whole = " || ' ' || ".join(f":w{n}" for n in range(words)) or "''"
    in_title = " AND ".join(f"instr(folded_title, :w{n}) > 0" for n in range(words)) or "0"
    return f"""SELECT kind, id, code, title, place FROM (
        SELECT kind, id, code, title,
            CASE WHEN lower(code) = {whole} THEN 'code' WHEN {in_title} THEN 'title' ELSE 'text' END AS place
        FROM search WHERE {" AND ".join(tests)})
        ORDER BY CASE place WHEN 'code' THEN 0 WHEN 'title' THEN 1 ELSE 2 END, length(code), code, id
        LIMIT :limit"""
