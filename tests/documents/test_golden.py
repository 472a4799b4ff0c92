"""The text form byte for byte: a change of these files is a change of the format, and needs a number of its own.

A new field adds a line to its kind's file; any other difference would be an edit of every record that exists.
"""

from pathlib import Path

import pytest
from tests.documents.golden_records import WORKSPACE_ID, documents

from fieldgate.documents.codec import FORMAT, from_document, to_document
from fieldgate.documents.document import Version
from fieldgate.documents.frontmatter import decode, dump, is_dirty, known_keys, parse
from fieldgate.domain.kinds import OWN_FILE, kinds

GOLDEN = Path(__file__).parent / "golden" / f"format-{FORMAT}"
VECTOR = {"k3f9a": 1741960800, "p7q2b": 1741960711}


def test_every_kind_has_its_golden_file():
    assert {path.stem for path in GOLDEN.iterdir()} == set(documents()) == set(OWN_FILE)


@pytest.mark.parametrize("kind", OWN_FILE)
def test_a_record_is_written_as_its_golden_file(kind):
    text = dump(Version(document=documents()[kind], vector=VECTOR))
    assert text == (GOLDEN / f"{kind}.md").read_bytes().decode()


@pytest.mark.parametrize("kind", OWN_FILE)
def test_a_golden_file_is_read_as_its_record_and_written_again_the_same(kind):
    data = (GOLDEN / f"{kind}.md").read_bytes()
    version = parse(decode(data), f"{kind}.md")
    assert not is_dirty(version)
    assert dict(version.vector) == VECTOR
    parsed = from_document(version.document, f"{kind}.md", workspace_id=WORKSPACE_ID)
    again = to_document(parsed.record, parsed.evidence, parsed.checks, parsed.unknown)
    assert dump(Version(document=again, vector=VECTOR)).encode() == data


@pytest.mark.parametrize("kind", OWN_FILE)
def test_a_golden_file_shows_every_field(kind):
    document = documents()[kind]
    texts = {spec.name for spec in kinds()[kind].fields.values() if spec.body}
    left_out = {"stop_kind"} if kind == "gate" else set()
    if kind == "gate":
        left_out.add("checks")
    assert known_keys(kind) - set(document.head) - {"id"} == left_out
    assert bool(document.body) == bool(texts)
