"""python -m fieldgate, and the `fieldgate` command."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    os.umask(0o077)  # whatever is made from here on, by us or by git, is its owner's alone
    from fieldgate.cli.entry import run  # what the first frame does not need is imported late

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
