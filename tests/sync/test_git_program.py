"""Starting git."""

import os
import subprocess

import pytest

from fieldgate.errors import BusyError, NotFoundError, UsageError
from fieldgate.sync import git_program
from fieldgate.sync.git_program import Answer, checked_remote, credential_helpers, environment, run


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/team/work.git",
        "https://anna:secret@example.org:8443/work.git",
        "https://example.org",
        "ssh://git@example.org:22/work.git",
        "ssh://[::1]/work.git",
        "git@example.org:team/work.git",
        "example.org:work",
    ],
)
def test_https_and_ssh_are_spoken_to(url):
    remote = checked_remote(url, "team/main")
    assert (remote.url, remote.branch, remote.local) == (url, "team/main", False)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/work.git",
        "git://example.org/work.git",
        "ftp://example.org/work.git",
        "ext::sh -c touch% /tmp/proof",
        "fd::17",
        "ssh://-oProxyCommand=touch/x",
        "-oProxyCommand=touch:x",
        "--upload-pack=touch",
        "https://example.org/a b",
        "https://example.org/\n",
        "javascript:alert(1) x",
        "",
        "\0",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises((UsageError, NotFoundError)):
        checked_remote(url)


def test_a_path_on_this_machine_is_spoken_to(tmp_path, monkeypatch):
    assert checked_remote(str(tmp_path)).url == str(tmp_path)
    assert checked_remote(f"file://{tmp_path}").local
    (tmp_path / "kho chung").mkdir()
    monkeypatch.chdir(tmp_path)
    assert checked_remote("kho chung").url == str(tmp_path / "kho chung")
    with pytest.raises(NotFoundError, match="no repository"):
        checked_remote(str(tmp_path / "none"))


@pytest.mark.parametrize("branch", ["", "-x", "a..b", "a b", "x.lock", "/a", "a/", "a/-b", "ü", "a.", "a~1", "@{-1}"])
def test_a_branch_has_a_plain_name(branch, tmp_path):
    with pytest.raises(UsageError, match="name of a branch"):
        checked_remote(str(tmp_path), branch)


def test_a_refusal_shows_no_secret():
    with pytest.raises(UsageError) as refused:
        checked_remote("http://anna:secret@example.org/x")
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    ("err", "reason"),
    [
        (b"hint: x\nfatal: no such thing\n", "fatal: no such thing"),
        (b"remote: busy\n", "remote: busy"),
        (b"", "128"),
        (b"fatal: https://anna:secret@example.org/x: not found", "fatal: https://example.org/x: not found"),
    ],
)
def test_the_reason_is_what_git_says(err, reason):
    assert Answer(status=128, out=b"", err=err).reason == reason


def test_what_git_says_reaches_no_terminal():
    reason = Answer(status=1, out=b"", err=b"fatal: \x1b]0;x\x07\x9b31m\xe2\x80\xae" + b"x" * 999).reason
    assert not {"\x1b", "\x07", "\u202e"} & set(reason)
    assert len(reason) == 300


def test_nothing_of_the_users_configuration_is_passed_on_but_helpers(monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "evil")
    monkeypatch.setenv("GIT_SSH_COMMAND", "evil")
    assert "evil" not in environment().values()
    assert "GIT_DIR" not in environment()
    config = tmp_path / "gitconfig"
    config.write_text(
        '[credential]\n\thelper = store\n\tusername = anna\n[credential "https://example.org"]\n\thelper =\n'
        '\thelper = "!f() { echo; }; f"\n[core]\n\thooksPath = /evil\n[url "ext::"]\n\tinsteadOf = https://\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert credential_helpers() == [
        "-c",
        "credential.helper=store",
        "-c",
        "credential.https://example.org.helper=",
        "-c",
        "credential.https://example.org.helper=!f() { echo; }; f",
    ]
    found = run(["config", "--show-origin", "--list"])
    assert b"evil" not in found.out


def test_helpers_are_found_in_the_home_folder(monkeypatch):
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    assert credential_helpers() == []
    (git_program.Path(os.environ["HOME"]) / ".gitconfig").write_text("[credential]\n\thelper = cache\n")
    assert credential_helpers() == ["-c", "credential.helper=cache"]


def test_without_git_it_is_said_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotFoundError, match="not installed"):
        run(["version"])


def test_a_git_that_does_not_answer_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(git_program, "PATIENCE", 0.2)
    with pytest.raises(BusyError, match="did not answer"):
        run(["version"])


def test_the_protocol_of_commands_is_never_spoken(tmp_path):
    made = subprocess.run(["git", "init", "--bare", "-q", str(tmp_path / "x.git")], check=False, capture_output=True)
    assert made.returncode == 0
    proof = tmp_path / "proof"
    answer = run([f"--git-dir={tmp_path / 'x.git'}", "fetch", f"ext::sh -c touch% {proof}"])
    assert answer.status
    assert not proof.exists()
