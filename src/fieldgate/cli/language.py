"""Which language a call speaks: the setting `language`, else what the environment asks for first that there is.

The environment asks as it does everywhere: LANGUAGE, a list, before LC_ALL, LC_MESSAGES and LANG, of which the first
that is set counts. Without any it is English.

The settings are looked at line by line: reading them as YAML would cost every call more than the words are worth. What
is not plain there is settled by whoever reads the settings in full.
"""

import os
import re

from fieldgate.locations import Locations
from fieldgate.words import LANGUAGES, choose

_SETTING = r"^language:\s*['\"]?([A-Za-z_]+)['\"]?\s*(?:#.*)?$"
_LONGEST = 100_000
_ASKING = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_TRADITIONAL = frozenset({"zh_hant", "zh_tw", "zh_hk", "zh_mo"})


def choose_language() -> str:
    """Use the language of this user from here on; returns its name."""
    language = _told() or _asked()
    choose(language)
    return language


def _told() -> str:
    try:
        with Locations.find().settings().open(encoding="utf-8", errors="replace") as file:
            found = re.search(_SETTING, file.read(_LONGEST), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found and found[1] in LANGUAGES else ""


def _asked() -> str:
    wishes = next((wish for name in _ASKING if (wish := os.environ.get(name))), "")
    for wish in wishes.split(":"):
        name = wish.partition(".")[0].replace("-", "_")
        if name.lower() in _TRADITIONAL:
            return "zh_Hant"
        plain = name.partition("_")[0].lower()
        if plain in LANGUAGES:
            return plain
    return LANGUAGES[0]
