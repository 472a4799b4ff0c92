"""One file per kind of triage: which records wait, and why."""
