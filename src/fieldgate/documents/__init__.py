"""Records as text: one record, one file, with a YAML head and a Markdown body."""
