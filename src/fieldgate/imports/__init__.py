"""What comes from other programs: notes, tables and transcripts, read into drafts of records and nothing more."""
