"""How every connection of ours is set: what was committed stays, and nothing of a file runs of itself."""

IN_MEMORY = "temp_store=MEMORY"
"""What SQLite sorts or checks would else go through files in the folder for temporary ones, words of records too."""
PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    IN_MEMORY,
)
"""The journal comes first: it is the one that a connection for reading alone cannot set."""
