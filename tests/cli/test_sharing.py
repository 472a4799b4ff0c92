"""share, sync, remote, merge, export zip and the commands of git, as they are called."""

import json
import re
import shutil
import subprocess
import zipfile


def on(machine, monkeypatch, tmp_path):
    """Go to another machine: another data folder."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"FIELDGATE_{name}", str(tmp_path / machine / name.lower()))


def test_a_workspace_shared_at_a_folder_opens_on_another_machine(call, sample, tmp_path, monkeypatch):
    folder = tmp_path / "team"
    answer = call("share", str(sample), str(folder), "--as", "an")
    assert answer.status == 0, answer.err
    assert (folder / "workspace.md").is_file()
    on("ben", monkeypatch, tmp_path)
    assert call("status", str(folder)).status == 0
    assert call("note", str(folder), "Khách nói: 太貴了", "--as", "minh").status in {0, 2}


def test_a_writing_command_gives_out_and_the_other_machine_takes_in(call, shared, tmp_path, monkeypatch):
    on("anna", monkeypatch, tmp_path)
    assert call("status", str(shared)).status == 0
    on("ben", monkeypatch, tmp_path)
    answer = call("note", str(shared), "ลูกค้าบอกว่าราคาแพงมาก", "--as", "an")
    assert answer.status == 0, answer.err
    on("anna", monkeypatch, tmp_path)
    assert "ราคาแพงมาก" not in call("search", "--as-is", str(shared), "ราคาแพงมาก").out
    assert "ราคาแพงมาก" in call("search", str(shared), "ราคาแพงมาก").out


def test_no_sync_leaves_the_folder_until_the_next_sync(call, shared, tmp_path):
    call("status", str(shared))
    count = len(list(shared.rglob("*.md")))
    assert call("note", str(shared), "скъпо", "--as", "an", "--no-sync").status == 0
    assert len(list(shared.rglob("*.md"))) == count
    assert call("sync", str(shared)).status == 0
    assert len(list(shared.rglob("*.md"))) == count + 1


def test_a_file_is_written_in_while_its_folder_is_away_and_sync_alone_fails(call, sample, tmp_path):
    folder, away = tmp_path / "stick", tmp_path / "away"
    assert call("share", str(sample), str(folder), "--as", "an").status == 0
    folder.rename(away)
    for more in ((), ("--as-is",)):
        answer = call("note", str(sample), "said meanwhile", "--as", "an", *more)
        assert answer.status == 0
        assert answer.err.count(str(folder)) == 1
    assert call("sync", str(sample)).status == 3
    away.rename(folder)
    assert call("sync", str(sample)).status == 0
    assert call("share", str(sample), str(tmp_path / "team"), "--as", "an").status == 0
    (tmp_path / "team").rename(away)
    assert call("sync", str(sample)).status == 6  # one of two
    assert sum("said meanwhile" in each.read_text("utf-8") for each in folder.rglob("notes/*.md")) == 2


def test_what_was_written_is_answered_once_though_the_folder_asks_something_first(call, sample, tmp_path):
    folder = tmp_path / "stick"
    assert call("share", str(sample), str(folder), "--as", "an").status == 0
    head = (folder / "workspace.md").read_text("utf-8")
    (folder / "workspace.md").write_text(re.sub("(?m)^id: .*", "id: 0123456789abcdef", head), "utf-8")
    answer = call("note", str(sample), "said meanwhile", "--as", "an", "--as-is", "--json")
    assert (answer.status, answer.data["done"]) == (0, "note written")
    assert str(folder) in answer.err


def test_missing_files_are_listed_with_exit_7_until_they_are_put_back(call, shared):
    call("sync", str(shared))
    gone = min((shared / "notes").iterdir())
    gone.unlink()
    answer = call("sync", str(shared))
    assert answer.status == 7
    assert gone.name in answer.err
    assert call("sync", str(shared), "--put-back").status == 0
    assert gone.is_file()


def test_an_emptied_folder_is_refused_and_stays_empty(call, shared):
    call("sync", str(shared))
    shutil.rmtree(shared / "notes")
    answer = call("sync", str(shared), "--json")
    assert answer.status == 7
    assert json.loads(answer.out)["error"]["kind"] == "undecided"
    assert not (shared / "notes").exists()


def test_a_known_workspace_at_a_new_place_that_is_older_asks(call, shared, tmp_path):
    older = shutil.copytree(shared, tmp_path / "older")
    call("sync", str(shared))
    assert call("set", str(shared), "H8", "importance=5", "--as", "an").status == 0
    answer = call("sync", str(older))
    assert answer.status == 7
    assert "--place" in answer.err
    assert call("sync", str(older), "--place", "more").status == 0
    assert call("sync", str(older), "--json").status == 0


def test_a_zip_is_written_and_opened(call, sample, tmp_path, monkeypatch):
    assert call("export", str(sample), "zip", "--to", "mail.zip").status == 0
    assert call("export", str(sample), "zip", "--to", "mail.zip").status == 6
    on("ben", monkeypatch, tmp_path)
    assert call("status", str(tmp_path / "mail.zip")).status == 0


def test_a_copy_merges_with_a_preview_first(call, sample, tmp_path):
    other = shutil.copy(sample, tmp_path / "laptop.fieldgate")
    assert call("note", str(other), "only on the laptop", "--as", "an").status == 0
    preview = call("merge", str(sample), str(other), "--dry-run", "--as", "an")
    assert preview.status == 0, preview.err
    assert "1 new" in preview.out
    assert call("search", str(sample), "laptop").out.count("laptop") == call("search", str(sample), "laptop").out.count(
        "laptop"
    )
    assert "only on the laptop" not in call("search", str(sample), "laptop").out
    assert call("merge", str(sample), str(other), "--as", "an").status == 0
    assert "only on the laptop" in call("search", str(sample), "laptop").out
    assert call("undo", str(sample), "--as", "an").status == 0


def test_two_machines_share_by_git(call, shared, tmp_path, monkeypatch):
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "far.git"], cwd=tmp_path, check=True)
    here, there = shared, shutil.copytree(shared, tmp_path / "there")
    for machine, folder in (("anna", here), ("ben", there)):
        on(machine, monkeypatch, tmp_path)
        answer = call("remote", str(folder), str(tmp_path / "far.git"))
        assert answer.status == 0, answer.err
        assert call("sync", str(folder)).status == 0
    assert call("note", str(there), "Bán hàng đi công tác", "--as", "an").status == 0
    assert call("sync", str(there)).status == 0
    on("anna", monkeypatch, tmp_path)
    assert call("sync", str(here)).status == 0
    assert "công tác" in call("search", str(here), "công tác").out


def test_an_address_that_git_may_not_be_given_is_refused(call, shared):
    for url in ("ext::sh -c touch% canary", "--upload-pack=touch", "git://example.com/x"):
        answer = call("remote", str(shared), "--", url)
        assert answer.status in {2, 3}, url


def test_git_setup_registers_the_driver_in_a_clone(call, shared):
    subprocess.run(["git", "init", "-q"], cwd=shared, check=True)
    assert call("git-setup", str(shared)).status == 0
    told = subprocess.run(["git", "config", "merge.fieldgate.driver"], cwd=shared, check=True, capture_output=True)
    assert told.stdout.decode().strip() == "fieldgate merge-driver %O %A %B %P"


def test_the_driver_leaves_to_git_what_it_cannot_merge(call, tmp_path):
    for name in ("o", "a", "b"):
        (tmp_path / name).write_text(f"no record {name}\n")
    assert call("merge-driver", "o", "a", "b", "notes/x.md", day=None).status == 1
    assert (tmp_path / "a").read_text() == "no record a\n"


def test_a_copy_of_its_own_shares_no_id_with_what_it_was(call, shared, tmp_path):
    call("sync", str(shared))
    copy = shutil.copytree(shared, tmp_path / "own")
    answer = call("sync", str(copy), "--place", "own")
    assert answer.status == 0, answer.err
    before, after = (json.loads(call("status", str(path), "--json").out) for path in (shared, copy))
    assert before["workspace"]["id"] != after["workspace"]["id"]
    assert (before["met"], before["total"], before["waiting"]) == (after["met"], after["total"], after["waiting"])
    ids = [
        {
            record["id"]
            for kind in ("notes", "hypotheses", "gates", "members", "evidence")
            for record in json.loads(call("list", str(path), kind, "--json").out)["records"]
        }
        for path in (shared, copy)
    ]
    assert len(ids[0]) == len(ids[1])
    assert not ids[0] & ids[1]
    assert (tmp_path / "own.before" / "workspace.md").is_file()
    assert call("sync", str(copy)).out.strip() == "nothing new"


def test_a_file_is_kept_with_a_record(call, shared, tmp_path):
    (tmp_path / "offer.pdf").write_bytes(b"40")
    answer = call("attach", str(shared), "N3", str(tmp_path / "offer.pdf"), "--as", "an", "--json")
    assert answer.status == 0
    assert (shared / answer.data["path"]).read_bytes() == b"40"
    assert answer.data["path"] in call("show", str(shared), "N3").out.replace("\n", "").replace(" ", "")
    assert call("attach", str(shared), "N3").status == 2
    answer = call("export", str(shared), "zip", "--anonymous", "--to", "nobody.zip")
    assert answer.status == 0
    assert "no rule can judge" in answer.err
    with zipfile.ZipFile("nobody.zip") as sent:
        names, texts = sent.namelist(), "\n".join(sent.read(each).decode() for each in sent.namelist())
    assert not any(each.startswith("attachments/") for each in names)
    assert "offer.pdf" not in texts
    assert "Andaman Prawn" not in texts
    assert call("status", "nobody.zip").status == 0


def test_names_that_are_no_utf8_are_refused_before_anything_is_made_and_brought_in_all_the_same(told, own_folders):
    odd = "M\udcfcller"
    start = ("--name", "x", "--vision", "v", "--custdev", "a", "--proddev", "b")
    assert told("new", f"{odd}.fieldgate", *start).status == 4
    assert told("share", odd).status == 4
    assert told("note", "x", "--as", odd).status == 2
    assert not any("\udcfc" in each.name for each in own_folders.iterdir())
    (own_folders / f"{odd}.md").write_text("- he said so\n", "utf-8")
    assert told("import", f"{odd}.md", "--as", "an").status == 0
    assert told("attach", "N1", f"{odd}.md", "--as", "an").status == 0
