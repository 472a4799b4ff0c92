"""One class per kind of record, by subject."""
