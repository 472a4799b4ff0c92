"""Whole screens: desk, editor, opening, help."""
