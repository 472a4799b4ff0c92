"""python -m fieldgate, and the `fieldgate` command."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    os.umask(0o077)  # whatever is made from here on, by us or by git, is its owner's alone
    # What a start makes stays: looking for garbage in it is a tenth of a command's time.
    gc.disable()
    from fieldgate.cli.entry import run  # what the first frame does not need is imported late

    status = run(sys.argv[1:])
    # The process ends now: collecting what is left only takes time.
    gc.freeze()
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        # All that was asked for is done; a thread that is left loads what nobody waits for any more.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
