"""Every word that a person reads passes here: one catalogue, in the user's language.

Knows nothing of what the words are about. Identifiers, enum values and exported headings are not words: they stay
English. Babel finds the texts by the names `t` and `mark`.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "vi", "zh_Hant", "th", "bg")

_chosen: list[Callable[[str], str]] = [str]


def mark(text: str) -> str:
    """Name a text for the catalogue where it is declared; `t` translates it where it is shown."""
    return text


def t(text: str, /, **values: object) -> str:
    """Return the text in the chosen language with its {names} filled in.

    Values are filled in as they are: what came from a record still has to pass `ui.plain` on a screen.
    """
    translated = _chosen[0](text) if text else ""
    return translated.format(**values) if values else translated


def choose(language: str) -> None:
    """Use the catalogue of a language from LANGUAGES; English needs none."""
    _chosen[0] = _catalogue(language)


@lru_cache
def _catalogue(language: str) -> Callable[[str], str]:
    if language == "en":
        return str
    import gettext  # English needs none

    folder = Path(__file__).parent / "languages"
    return gettext.translation("fieldgate", folder, languages=[language], fallback=True).gettext
