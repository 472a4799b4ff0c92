"""Kinds: every record has one, and says of each field what it holds and how it merges."""

from dataclasses import fields

import pytest
from tests.builders import a_note

from fieldgate.domain.kinds import KIND_NAMES, KIND_OF, LETTERS, OWN_FILE, kind_of, kinds
from fieldgate.domain.snapshot import LEFT_OUT, LINKS

RULES = {"scalar", "set", "map", "text", "later", "earlier", "greater", "code", "with updated_at", "conflicts"}


@pytest.mark.parametrize("name", KIND_NAMES)
def test_every_kind_names_all_fields_of_its_record(name):
    kind = kinds()[name]
    assert list(kind.fields) == [each.name for each in fields(kind.record)]
    assert KIND_OF[kind.record] == name == kind.table
    assert {spec.merge for spec in kind.fields.values()} <= RULES
    for spec in kind.fields.values():
        assert spec.required or spec.optional == (spec.default is None) or spec.default is not None
        assert spec.enum is None or spec.holds is spec.enum


def test_the_long_text_stands_below_the_head():
    assert {name: kind.body_fields for name, kind in kinds().items() if kind.body_fields} == {
        "workspace": ("vision",),
        "hypothesis": ("statement", "learned"),
        "meeting": ("body",),
        "note": ("text",),
        "touchpoint": ("answer",),
        "requirement": ("description",),
        "gate": ("snapshot",),
    }


def test_what_a_snapshot_links_and_leaves_out_are_fields():
    for kind, names in {**LINKS, **LEFT_OUT}.items():
        assert set(names) <= set(kinds()[kind].fields)


def test_letters_folders_and_files():
    assert LETTERS == {
        "C": "customer",
        "H": "hypothesis",
        "M": "meeting",
        "N": "note",
        "R": "requirement",
        "A": "action",
    }
    folders = [kinds()[name].folder for name in OWN_FILE if name != "workspace"]
    assert all(folders)
    assert len(set(folders)) == len(folders)
    assert kind_of(a_note()) == "note"
