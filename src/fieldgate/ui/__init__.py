"""The screen, made with Textual."""
