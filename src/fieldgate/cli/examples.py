"""What the help tells beside the options: examples of each command, and what the exit statuses mean."""

from collections.abc import Mapping

from fieldgate.words import mark

EXIT_STATUSES: Mapping[str, str] = {
    "0": mark("done"),
    "1": mark("a rule refuses it; what is missing was said"),
    "2": mark("the words of the call are off, or a terminal is wanted and there is none"),
    "3": mark("there is no such record, path or file"),
    "4": mark("not a workspace, or damaged"),
    "5": mark("written by a newer fieldgate"),
    "6": mark("busy, read-only, or no room on the disk"),
    "7": mark("a person has to decide first: a conflict, missing files, another workspace"),
    "70": mark("a bug of fieldgate"),
    "128+n": mark("ended by signal n: 130 by ctrl+c, 141 when the reader of a pipe went away"),
}
"""Every exit status and its meaning."""

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "status": ("fieldgate status", "fieldgate status ../coldline --json", "fieldgate status --at 2026-01-05"),
    "pivot-tree": ("fieldgate pivot-tree", "fieldgate pivot-tree --json"),
    "assumption-map": ("fieldgate assumption-map",),
    "journey-map": ("fieldgate journey-map",),
    "timeline": ("fieldgate timeline --json",),
    "mirror": ("fieldgate mirror",),
    "gate": (
        "fieldgate gate --json",
        "fieldgate gate hear N20:H2",
        "fieldgate gate na discovery.features --reason 'nothing is sold yet'",
        "fieldgate gate advance --stop-if 'fewer than three orders by June'",
    ),
    "list": ("fieldgate list hypotheses", "fieldgate list notes --json | jq -r '.records[].text'"),
    "show": (
        "fieldgate show H3",
        "fieldgate show BY-SAL-10 --json",
        "fieldgate show gate",
        "fieldgate show --contrary H4",
    ),
    "search": ("fieldgate search price signature", "fieldgate search claim '!insurance'"),
    "note": (
        "fieldgate note 'p: she prints the page twice'",
        "fieldgate note --customer C3 --meeting M12 'I would pay today'",
        "fieldgate note - < line.txt",
        "fieldgate note -- 3/4 of the loads",
    ),
    "link": ("fieldgate link N81 H4 yes 3", "fieldgate link N82 H4 maybe"),
    "add": (
        "fieldgate add customer name='Bếp Nhà' segment=restaurants",
        "fieldgate add hypothesis statement='They pay for proof' area=price step=discovery importance=5",
        "fieldgate add meeting kind=interview topic='First talk' date=fri customer=C3",
        "fieldgate add touchpoint card=BY-SAL-11",
    ),
    "set": ("fieldgate set C3 segment=exporters awareness=4", "fieldgate set H8 prediction=- < prediction.txt"),
    "lock": ("fieldgate lock H8 prediction='4 of 5 sign alone' metric='signed orders' due=+30",),
    "rule": ("fieldgate rule H4 supported --learned 'One page ends the argument.'",),
    "move": ("fieldgate move H4", "fieldgate move H4 retire reason='nobody asks any more'", "fieldgate move A3 done"),
    "archive": ("fieldgate archive N12",),
    "restore": ("fieldgate restore N12", "fieldgate restore N12 3", "fieldgate restore last"),
    "attach": ("fieldgate attach N12 ~/offer.pdf",),
    "versions": ("fieldgate versions N12", "fieldgate versions N12 3"),
    "triage": ("fieldgate triage --plain --kind note --limit 5", "fieldgate triage --json"),
    "prompt": ("fieldgate prompt C8", "fieldgate prompt C8 --json"),
    "decide": ("fieldgate decide note:98dgfdtr5p6bc8kq note.background",),
    "undo": ("fieldgate undo", "fieldgate undo 41"),
    "redo": ("fieldgate redo",),
    "log": ("fieldgate log --limit 10", "fieldgate log H4 --json"),
    "new": (
        "fieldgate new coldline",
        "fieldgate new coldline.fieldgate --name Coldline --vision 'Proof for cold loads' --custdev an --proddev mei",
    ),
    "demo": ("fieldgate demo", "fieldgate demo --tour"),
    "share": ("fieldgate share ~/Dropbox/coldline",),
    "sync": ("fieldgate sync", "fieldgate sync ../coldline --put-back"),
    "remote": ("fieldgate remote git@example.org:founders/coldline.git",),
    "merge": ("fieldgate merge ../other.fieldgate --dry-run", "fieldgate merge ../other.fieldgate"),
    "git-setup": ("fieldgate git-setup ~/src/coldline",),
    "import": (
        "fieldgate import ~/vault/interviews --dry-run",
        "fieldgate import interviews.csv --kind interview --column 'Who we met=customer'",
        "fieldgate import 2026-03-02-kiri.vtt",
    ),
    "export": (
        "fieldgate export json --to -",
        "fieldgate export ../coldline yaml --to copy",
        "fieldgate export html --to report.html --anonymous",
        "fieldgate export minutes M4 --to -",
    ),
    "check": ("fieldgate check", "fieldgate check ../coldline --json", "fieldgate check --repair"),
    "backup": ("fieldgate backup", "fieldgate backup --to /media/stick/coldline.fieldgate"),
    "backups": ("fieldgate backups",),
    "forget": ("fieldgate forget C7",),
    "where": ("fieldgate where",),
    "doctor": ("fieldgate doctor",),
    "keys": ("fieldgate keys",),
    "spec": (
        "fieldgate spec --json",
        "fieldgate spec --reference",
        "fieldgate spec --man > ~/.local/share/man/man1/fieldgate.1",
    ),
    "completion": (
        "fieldgate completion bash > ~/.local/share/bash-completion/completions/fieldgate",
        "fieldgate completion zsh > ~/.zfunc/_fieldgate",
        "fieldgate completion fish > ~/.config/fish/completions/fieldgate.fish",
    ),
}
"""Examples of every command, as they are typed in a shell."""
