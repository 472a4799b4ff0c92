"""The files of a playbook: those that ship, the one that a team wrote by hand, and the parsed one that a store keeps.

YAML is read only when the digest of the files changed. A team's file that cannot be used closes no workspace: what
ships holds, and the reason is told. fieldgate never writes `playbook.yaml`.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldgate import __version__
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.playbook_plain import FORMAT, from_plain, to_plain
from fieldgate.domain.policy import read_policy
from fieldgate.errors import FieldgateError, FormatError, NotFoundError
from fieldgate.values import dataclass
from fieldgate.words import t

FILE_NAME = "playbook.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """The playbook that holds in a workspace, what it was made from, and what could not be used."""

    playbook: Playbook
    digest: str
    trouble: tuple[FieldgateError, ...] = ()


def shipped_playbook(folder: Path) -> Playbook:
    """Read the playbook that ships, with the default policy.

    Args:
        folder: `Locations.playbooks()`.
    """
    from fieldgate.domain.playbook_building import build_playbook  # with YAML, the slow half; not needed at start

    return build_playbook(shipped_sections(folder))


def read_overrides(workspace_folder: Path) -> str | None:
    """Read what a team wrote by hand; None if it wrote nothing. Follows no link.

    Raises:
        FormatError: The file cannot be read, is no plain file, too large or not UTF-8.
    """
    if not os.path.lexists(workspace_folder / FILE_NAME):
        return None
    from fieldgate.yamltext import read_file  # as above

    try:
        return read_file(workspace_folder / FILE_NAME, follow=False)
    except NotFoundError:
        return None


def playbook_digest(folder: Path, overrides: str | None, policy: Mapping[str, object]) -> str:
    """Tell by 64 hex digits whether a kept playbook is still the one that these files and this policy make."""
    made_from = {
        "version": __version__,
        "format": FORMAT,
        "shipped": _texts(folder),
        "overrides": overrides,
        "policy": policy,
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True, default=dict).encode()).hexdigest()


def effective_playbook(folder: Path, overrides: str | None, policy: Mapping[str, object]) -> Effective:
    """Build the playbook that holds in a workspace; what a team wrote and cannot be used is told, not fatal.

    Args:
        folder: `Locations.playbooks()`.
        overrides: The text of the team's `playbook.yaml`, or None.
        policy: The policy of the workspace record.
    """
    from fieldgate.domain.playbook_building import build_playbook  # as above

    numbers, wrong = read_policy(policy)
    trouble: list[FieldgateError] = list(wrong)
    shipped = shipped_sections(folder)
    playbook = build_playbook(shipped, policy=numbers.to_map())
    if overrides is not None:
        try:
            playbook = build_playbook(shipped, _parsed(overrides, FILE_NAME), numbers.to_map(), where=FILE_NAME)
        except FormatError as error:
            trouble.append(error)
    return Effective(playbook=playbook, digest=playbook_digest(folder, overrides, policy), trouble=tuple(trouble))


def keep(effective: Effective) -> str:
    """The playbook as the JSON text that a store keeps."""
    trouble = [[error.message, error.hint, error.where] for error in effective.trouble]
    kept = {"digest": effective.digest, "trouble": trouble, "playbook": to_plain(effective.playbook)}
    return json.dumps(kept, ensure_ascii=False)


def kept_playbook(text: str | None, digest: str) -> Effective | None:
    """The playbook out of what `keep` wrote; None if nothing was kept, or something else than this digest names."""
    if text is None:
        return None
    try:
        kept = json.loads(text)
        if kept["digest"] != digest:
            return None
        trouble = tuple(FormatError(message, hint, where) for message, hint, where in kept["trouble"])
        return Effective(playbook=from_plain(kept["playbook"]), digest=digest, trouble=trouble)
    except (ValueError, LookupError, TypeError, FormatError):
        return None  # it was ours and can be made anew


def current_playbook(
    kept: str | None, folder: Path, overrides: str | None, policy: Mapping[str, object]
) -> tuple[Effective, str | None]:
    """The playbook that holds, and the text to keep if the kept one was not it."""
    found = kept_playbook(kept, playbook_digest(folder, overrides, policy))
    if found is not None:
        return found, None
    made = effective_playbook(folder, overrides, policy)
    return made, keep(made)


def _texts(folder: Path) -> dict[str, str]:
    """The files that ship, by name."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    if not texts:
        message = t("There is no playbook in {folder}.", folder=folder)
        raise NotFoundError(message, t("The installation is not whole: install fieldgate again."), str(folder))
    return texts


def shipped_sections(folder: Path) -> dict[str, Any]:
    """Read the files that ship: section to plain data; every section stands in one file."""
    sections: dict[str, Any] = {}
    for name, text in _texts(folder).items():
        for section, data in _parsed(text, name).items():
            if section in sections:
                raise FormatError(
                    t("{file}: the section {section} stands in another file too.", file=name, section=section)
                )
            sections[section] = data
    return sections


def _parsed(text: str, name: str) -> Mapping[str, Any]:
    from fieldgate.yamltext import FILE, read  # as above

    return read(text, limits=FILE, where=name)
