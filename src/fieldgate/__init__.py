"""fieldgate: a terminal workspace for customer development."""

__version__ = "0.1.0"
