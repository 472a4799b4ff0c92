"""Record text inside HTML: characters, never markup."""

import html
import re
from collections.abc import Mapping

from fieldgate.domain.display import clean
from fieldgate.domain.identity import is_id

_CODE = re.compile(r"\bH[1-9][0-9]{0,8}\b")


def inline(text: str) -> str:
    """Return a text as one line of HTML characters; also safe inside a quoted attribute."""
    return html.escape(" ".join(clean(text, lines=True).split()), quote=True)


def block(text: str) -> str:
    """Return a text of several lines as paragraphs, each break kept."""
    parts = [part for part in re.split(r"\n\s*\n", clean(text, lines=True).strip()) if part.strip()]
    return "".join(
        f'<p dir="auto">{"<br>".join(html.escape(line, quote=True) for line in part.splitlines())}</p>'
        for part in parts or [""]
    )


def link(text: str, ids: Mapping[str, str]) -> str:
    """Return a text as one line in which the codes of records lead to them."""

    def linked(found: re.Match[str]) -> str:
        code = found[0]
        return f'<a href="#{anchor(ids[code])}">{code}</a>' if code in ids else code

    return _CODE.sub(linked, inline(text))


def anchor(row_id: str) -> str:
    """Return the name by which a record is linked to; what is no id links nowhere."""
    return f"r-{row_id}" if is_id(row_id) else "r-unknown"
