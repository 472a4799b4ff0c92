"""python -m fieldgate, and the `fieldgate` command."""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from fieldgate.cli.entry import run  # noqa: PLC0415  what the first frame does not need is imported late

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
