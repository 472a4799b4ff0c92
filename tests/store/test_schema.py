"""The schema of each number stays what it was when it was released."""

import json
from pathlib import Path

from fieldgate.store.inspection import SCHEMA_VERSION, expected_schema

GOLDEN = Path(__file__).parent / "golden"


def test_the_schema_of_this_number_is_the_one_that_is_kept():
    """A file is refused whose schema is another: so a change needs a new number and a step that leads to it.

    To keep the schema of a new number: PYTHONPATH=. python tests/store/test_schema.py
    """
    kept = json.loads((GOLDEN / f"schema-{SCHEMA_VERSION}.json").read_text("utf-8"))
    assert dict(expected_schema()) == kept


def test_every_number_so_far_is_kept():
    assert {each.stem for each in GOLDEN.glob("schema-*.json")} == {
        f"schema-{number}" for number in range(1, SCHEMA_VERSION + 1)
    }


if __name__ == "__main__":
    text = json.dumps(dict(sorted(expected_schema().items())), indent=1) + "\n"
    (GOLDEN / f"schema-{SCHEMA_VERSION}.json").write_text(text, "utf-8")
