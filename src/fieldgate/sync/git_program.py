"""Starting git: with a directory of our own, and nothing of anybody's configuration.

No hook, filter, monitor or helper that a folder, a repository or a global configuration names is
ever run; the one exception is the user's own global `credential.helper`, and ssh has its own configuration and agent.
Only https, ssh and local paths are spoken to. Nothing is asked on the terminal. What git says is data: it is cleaned
and cut before it reaches a message, and what stands before the @ of an address is left out.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldgate.domain.display import clean
from fieldgate.errors import BusyError, NotFoundError, UsageError
from fieldgate.values import dataclass
from fieldgate.words import t

PATIENCE = 300
"""Seconds after which a git that does not answer is stopped."""

_PASSED_ON = (
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "SSH_AUTH_SOCK",
    "GNUPGHOME",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
)

CONFIGURATION = f"""[core]
	repositoryformatversion = 0
	bare = true
	hooksPath = {os.devnull}
	attributesFile = {os.devnull}
	excludesFile = {os.devnull}
	fsmonitor = false
	logAllRefUpdates = false
[protocol]
	allow = never
[protocol "ext"]
	allow = never
[protocol "https"]
	allow = always
[protocol "ssh"]
	allow = always
[protocol "file"]
	allow = always
[fetch]
	fsckObjects = true
	recurseSubmodules = false
[http]
	followRedirects = false
	lowSpeedLimit = 1
	lowSpeedTime = 60
[gc]
	auto = 0
[maintenance]
	auto = false
"""
"""All that stands in the configuration of our directory."""

FAR_SIDE = (
    f"git -c core.hooksPath={os.devnull} -c core.alternateRefsCommand=true -c core.fsmonitor=false"
    " -c receive.autogc=false -c receive.denyCurrentBranch=refuse"
)
"""How git is started inside a repository on a local path: a push there would else run that repository's hooks."""

_SCP = re.compile(r"(?:[A-Za-z0-9_.+-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!:|//)[^\s]+")
_URL = re.compile(r"(https|ssh)://(?:[^\s/@]+@)?[A-Za-z0-9\[][^\s/]*(/[^\s]*)?")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_SECRET = re.compile(r"(?<=//)[^/@\s]+@")
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Where a workspace is shared: an address that was checked, and a branch. `local`: a path on this machine."""

    url: str
    branch: str
    local: bool

    @property
    def shown(self) -> str:
        """The address without the name and secret that may stand in it."""
        return _SECRET.sub("", clean(self.url))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What git said."""

    status: int
    out: bytes
    err: bytes

    @property
    def reason(self) -> str:
        """Why it failed, in git's words, fit to be shown."""
        lines = [clean(line).strip() for line in self.err.decode(errors="replace").splitlines()]
        told = [line for line in lines if line.startswith(("fatal:", "error:"))] or [line for line in lines if line]
        return _SECRET.sub("", told[0])[:_LONGEST_REASON] if told else str(self.status)


def checked_remote(url: str, branch: str = "main") -> Remote:
    """Return an address and a branch that git may be given.

    Raises:
        UsageError: the address is neither https, ssh nor a path, or the branch has no usable name.
    """
    if not _BRANCH.fullmatch(branch) or ".." in branch or branch.endswith((".lock", ".")):
        raise UsageError(t("This is not the name of a branch: {name}", name=clean(branch)[:80]), where="branch")
    if _URL.fullmatch(url) or _SCP.fullmatch(url):
        return Remote(url=url, branch=branch, local=False)
    path = url.removeprefix("file://")
    if path and "\0" not in path and ":" not in path.partition("/")[0]:
        if Path(path).expanduser().is_dir():
            return Remote(url=str(Path(path).expanduser().resolve()), branch=branch, local=True)
        raise NotFoundError(
            t("There is no repository at {path}", path=clean(path)), t("Make one there: git init --bare"), "remote"
        )
    raise UsageError(
        t("git may not be given this address: {url}", url=_SECRET.sub("", clean(url))[:200]),
        t("Use https://..., ssh://..., name@host:path, or a folder on this machine."),
        "remote",
    )


def environment() -> dict[str, str]:
    """Return all that git may know of the user: no configuration, no prompt, the same words in every language."""
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | {
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
        "GIT_ASKPASS": "true",
    }


def credential_helpers() -> list[str]:
    """Return the options that name the user's own helpers for passwords; nothing else is read of that configuration."""
    names = {name: value for name, value in environment().items() if name != "GIT_CONFIG_GLOBAL"}
    names |= {name: os.environ[name] for name in ("XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL") if name in os.environ}
    found = run(["config", "--global", "--null", "--get-regexp", r"^credential\.(.*\.)?helper$"], names)
    options: list[str] = []
    for entry in found.out.decode(errors="surrogateescape").split("\0"):
        name, newline, value = entry.partition("\n")
        if newline:
            options += ["-c", f"{name}={value}"]
    return options


def run(
    arguments: Sequence[str], env: Mapping[str, str] | None = None, data: bytes = b"", cwd: Path | None = None
) -> Answer:
    """Run git once, without a shell and away from the terminal.

    Raises:
        NotFoundError: git is not installed.
        BusyError: it did not answer in time.
    """
    try:
        done = subprocess.run(
            ["git", *arguments],
            input=data,
            capture_output=True,
            env=dict(env or environment()),
            cwd=cwd or Path(os.sep),
            timeout=PATIENCE,
            start_new_session=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotFoundError(t("git is not installed"), t("Install git, or share by a plain folder.")) from error
    except subprocess.TimeoutExpired as error:
        raise BusyError(t("git did not answer for {n} seconds", n=PATIENCE), t("Sync again later.")) from error
    return Answer(status=done.returncode, out=done.stdout, err=done.stderr)
