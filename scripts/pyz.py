"""Packs fieldgate, and the packages of this environment that it needs, into one file that Python runs.

Compiled packages cannot be imported out of a zip, so the file unpacks and compiles itself once, into the cache folder.
Needs no network: what it packs is what is installed here. The same environment and the same tree give the same bytes.
"""

import hashlib
import os
import re
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from hatchling.build import build_wheel

OURS = "fieldgate"
BORN = (1980, 1, 1, 0, 0, 0)
LOADER = Path(__file__).with_name("pyz_loader.py")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def needed(name: str, found: dict[str, Distribution]) -> None:
    """Gather a package and all that it needs here, without what only extras ask for."""
    key = name.lower().replace("_", "-")
    if key in found:
        return
    try:
        found[key] = distribution(name)
    except PackageNotFoundError:
        return  # a requirement of another platform
    for line in found[key].requires or ():
        marker = line.partition(";")[2]
        match = _NAME.match(line)
        if match and "extra" not in marker:
            needed(match[0], found)


def files_of(package: Distribution) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an installed package, without what was compiled here and the programs beside it."""
    for each in package.files or ():
        path = Path(str(package.locate_file(each)))
        if each.parts[0] != ".." and "__pycache__" not in each.parts and path.is_file():
            yield each.as_posix(), path.read_bytes()


def files_of_wheel(house: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of our own wheel; what it brings for man and shells is not needed in here."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(house)  # the build looks where it stands
        try:
            name = build_wheel(folder)
        finally:
            os.chdir(before)
        with zipfile.ZipFile(Path(folder, name)) as wheel:
            for each in wheel.namelist():
                if ".data/" not in each:
                    yield each, wheel.read(each)


def write(house: Path, folder: Path, level: int = 9) -> Path:
    """Write the file, packed as hard as `level` says, and return where it is."""
    packages: dict[str, Distribution] = {}
    needed(OURS, packages)
    version = packages.pop(OURS).version
    payload = dict(files_of_wheel(house))
    for each in packages.values():
        payload |= dict(files_of(each))
    digest = hashlib.sha256()
    for name, data in sorted(payload.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    platform = sysconfig.get_platform()
    loader = LOADER.read_text("utf-8")
    for word, value in {"PYTHON": minor, "PLATFORM": platform, "DIGEST": digest.hexdigest()[:20]}.items():
        loader = loader.replace(f"@{word}@", value)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{OURS}-{version}-py{minor}-{platform}.pyz"
    with path.open("wb") as out:
        out.write(f"#!/usr/bin/env python{minor}\n".encode())
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
            archive.writestr(zipfile.ZipInfo("__main__.py", BORN), loader)
            for name, data in sorted(payload.items()):
                info = zipfile.ZipInfo(f"site/{name}", BORN)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
    path.chmod(0o755)
    return path


if __name__ == "__main__":
    made = write(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
    print(f"{made}  {made.stat().st_size / 1_000_000:.1f} MB")
