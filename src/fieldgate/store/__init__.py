"""The SQLite file; the only package that knows the database."""
