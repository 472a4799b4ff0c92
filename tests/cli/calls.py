"""What a call answers, and the strings that a terminal must never see raw."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAY = "2026-03-16"

HOSTILE = {
    "title": "A\x1b]0;PWNED\x07 end",
    "clipboard": "B\x1b]52;c;cHduZWQ=\x07 end",
    "link": "C\x1b]8;;https://evil.example\x1b\\L\x1b]8;;\x1b\\ end",
    "colour": "D\x1b[31mRED end",
    "clear": "E\x1b[2J\x1b[H end",
    "c1": "F\x9b31mRED end",
    "return": "G\rover end",
    "backspace": "H\x08\x08 end",
    "delete": "J\x7f end",
    "override": "K\u202edesrever end",
    "separator": "L\u2028 end",
    "device": "M\x1bPq#0\x1b\\ end",
}

SCRIPTS = {
    "thai": "น้ำแข็งละลายก่อนถึงโรงแรม",
    "vietnamese": "Thùng hàng bị trả về vì ấm",
    "vietnamese apart": "Khách hàng nói ho\u0323 ma\u0302\u0301t",
    "chinese": "他們每週手工對賬",
    "simplified": "客户访谈：没有预算",
    "bulgarian": "Рекламация без доказателство",
    "joined": "👩‍💻 reads the page",
}


@dataclass(frozen=True)
class Answer:
    """What one call came to."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def start(*words: str, text: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a call as a process of its own, without a terminal."""
    own = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LANG", "PYTHONUTF8"}}
    return subprocess.run(
        [sys.executable, "-m", "fieldgate", *words],
        input=text,
        capture_output=True,
        check=False,
        env={**own, "TERM": "xterm", "LANG": "C.UTF-8", **environment},
        timeout=60,
    )


def hold_nothing_raw(text: str) -> bool:
    """Whether a terminal could obey nothing in a text."""
    return not any(
        (character < " " and character != "\n") or "\x7f" <= character <= "\x9f" or character in "\u202e\u2028"
        for character in text
    )


GOLDEN = Path(__file__).parent / "golden"
