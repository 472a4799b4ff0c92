"""Runs fieldgate out of one file: unpacked and compiled once, into the cache folder of the user."""

import os
import sys

PYTHON, PLATFORM, DIGEST = "@PYTHON@", "@PLATFORM@", "@DIGEST@"


def cache() -> str:
    """Return the folder in which things are kept that can be made again."""
    own = os.environ.get("FIELDGATE_CACHE")
    if own:
        return own
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/fieldgate")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "fieldgate")


def unpack(place: str) -> None:
    """Unpack and compile beside the place, then put all there at once; whoever comes second finds it done."""
    import compileall
    import re
    import shutil
    import tempfile
    import zipfile

    sys.stderr.write("fieldgate: unpacking, once ...\n")
    os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
    beside = tempfile.mkdtemp(prefix=".", dir=os.path.dirname(place))
    try:
        with zipfile.ZipFile(sys.argv[0]) as archive:
            archive.extractall(beside, [each for each in archive.namelist() if each.startswith("site/")])
        made = os.path.join(beside, "site")
        # What fieldgate never imports is most of two packages.
        seldom = re.compile(
            r"pygments/(lexers|styles|formatters)|sqlalchemy/(testing|dialects/(mssql|mysql|oracle|postgresql))"
        )
        compileall.compile_dir(made, quiet=2, rx=seldom, stripdir=made, prependdir=place)
        try:
            os.rename(made, place)
        except OSError:
            if not os.path.isdir(place):
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def main() -> None:
    """Check the Python, unpack if it is the first time, and run."""
    minor = "%d.%d" % sys.version_info[:2]
    import sysconfig

    if (minor, sysconfig.get_platform()) != (PYTHON, PLATFORM):
        sys.exit(
            "fieldgate: this file is for Python %s on %s; here is %s on %s. Run: python%s %s"
            % (PYTHON, PLATFORM, minor, sysconfig.get_platform(), PYTHON, sys.argv[0])
        )
    os.umask(0o077)
    place = os.path.join(cache(), "one-file", DIGEST)
    try:
        if not os.path.isdir(place):
            unpack(place)
        if hasattr(os, "getuid") and os.stat(place).st_uid != os.getuid():
            sys.exit("fieldgate: %s belongs to somebody else; set FIELDGATE_CACHE to a folder of yours." % place)
    except OSError as why:
        sys.exit("fieldgate: it cannot be unpacked: %s. Set FIELDGATE_CACHE to a folder with room." % why)
    sys.path[:1] = [place]
    from fieldgate.__main__ import main as run

    run()


if __name__ == "__main__":
    main()
