"""Transcripts: .vtt, .srt, or plain text with `Name: words` on each line, into one meeting.

What we said ourselves stays in the body; what others said is one note each time somebody speaks, ready for triage.
"""

import re
from collections.abc import Iterator

from fieldgate.domain.folding import same
from fieldgate.imports.files import Source
from fieldgate.imports.harvest import Harvest
from fieldgate.imports.values import read_day
from fieldgate.words import t

_TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,80}>|<\d[\d:.]*>")
_SPEAKER = re.compile(r"^(?:\[?\(?\d{1,2}:\d{2}(?::\d{2})?\)?\]?\s*)?([^\W\d_][^:：\n]{0,60})\s*[:：]\s*(\S.*)$")
_US = frozenset({"interviewer", "me", "we", "us", "founder", "q"})


def is_transcript(source: Source) -> bool:
    """Whether a text names who speaks, in at least two lines and in most of them."""
    lines = [each for each in source.text.splitlines() if each.strip()]
    named = sum(_SPEAKER.match(each.strip()) is not None for each in lines)
    return named > 1 and named * 2 >= len(lines)


def read_transcript(source: Source, harvest: Harvest) -> None:
    """Read one transcript into a meeting and its notes."""
    turns = list(_turns(source))
    if not turns:
        harvest.leave_out(source.path, t("nobody speaks in it"))
        return
    day = read_day(source.stem) or harvest.today
    others = list(dict.fromkeys(who for who, _ in turns if who and not _is_us(who, harvest)))
    customer = next((each.id for name in others for each in harvest.facts.customers.values()
                     if each.live and same(each.name, name)), None)  # fmt: skip
    meeting = harvest.add(
        "meeting", ("transcript", source.digest), source.path, date=day, topic=source.stem,
        others="\n".join(others) or None, customer_id=customer,
        body="\n".join(f"{who}: {words}" if who else words for who, words in turns),
    )  # fmt: skip
    for number, (who, words) in enumerate(turns):
        if not _is_us(who, harvest):
            harvest.add("note", ("transcript", source.digest, str(number)), source.path, text=words, said_on=day,
                        meeting_id=meeting, customer_id=customer)  # fmt: skip


def _is_us(who: str, harvest: Harvest) -> bool:
    return bool(who) and (who.casefold() in _US or harvest.is_member(who))


def _turns(source: Source) -> Iterator[tuple[str, str]]:
    """Yield who spoke and all that was said until somebody else did; who is empty where nobody is named."""
    speaker = ""
    words: list[str] = []
    for who, text in _lines(source):
        if who and not same(who, speaker) and words:
            yield speaker, " ".join(words)
            words = []
        speaker = who or speaker
        words.append(text)
    if words:
        yield speaker, " ".join(words)


def _lines(source: Source) -> Iterator[tuple[str, str]]:
    timed = source.ending in {".vtt", ".srt"}
    speaking = not timed
    for raw in source.text.splitlines():
        line = raw.strip()
        if timed and _TIMES.match(line):
            speaking = True
        elif timed and not line:
            speaking = False
        elif speaking and line:
            voice = _VOICE.search(line)
            text = _TAG.sub("", line).strip() if timed else line
            named = _SPEAKER.match(text)
            if voice:
                yield voice[1].strip(), text
            elif named:
                yield named[1].strip(), named[2]
            elif text:
                yield "", text
