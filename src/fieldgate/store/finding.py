"""Finding a record by what a person calls it."""

from sqlalchemy import Connection, func, select

from fieldgate.domain.kinds import kinds
from fieldgate.store import rows
from fieldgate.store.schema import table


def find_code(connection: Connection, code: str) -> tuple[str, str, bool] | None:
    """Return kind, id and whether it was found by a former code; codes in use come first, live records before archived."""
    wanted = code.strip().upper()
    coded = [name for name, kind in kinds().items() if "code" in kind.fields]
    for name in coded:
        of_kind = table(name)
        query = select(of_kind.c.id).where(func.length(of_kind.c.code) == len(wanted), of_kind.c.code == wanted)
        found = connection.execute(query.order_by(of_kind.c.deleted_at.is_not(None), of_kind.c.created_at)).scalar()
        if found:
            return name, found, False
    for name in coded:
        of_kind = table(name)
        query = select(of_kind.c.id).where(func.instr(of_kind.c.former_codes, rows.dump(wanted)) > 0)
        found = connection.execute(query.order_by(of_kind.c.deleted_at.is_not(None), of_kind.c.created_at)).scalar()
        if found:
            return name, found, True
    return None
