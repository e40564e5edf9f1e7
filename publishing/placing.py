"""`[[name:key]]` on a line of its own in a text: the place of something that stands between
paragraphs, such as a table or a picture.
"""

import re
from collections.abc import Callable, Mapping

TOKEN = re.compile(r"\[\[\s*([a-z]+)\s*:\s*([\w-]+)\s*\]\]")

_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_WITHOUT_END = frozenset({"br", "img"})


def filled(
    html: str, rich: Callable[[str], str], placed: Mapping[str, Callable[[str], str]]
) -> str:
    """Return a text of a page with blocks in the places of its tokens.

    ``placed`` makes the block of a key, by the name before the colon; "" is none. The text is cut
    at the tokens and ``rich`` renders what is between them, so that citations are numbered as they
    stand. A token that is not in a plain paragraph (in a list, a heading, bold words) is taken
    out: a block would break the markup there. One in an address is a part of it.
    """
    parts: list[str] = []
    start = 0
    for match in TOKEN.finditer(html):
        if match[1] not in placed or _is_in_a_tag(html, match.start()):
            continue
        parts.append(rich(html[start : match.start()]))
        block = placed[match[1]](match[2]) if stands_in_paragraph(html, match.start()) else ""
        if block:
            parts.append(f"</p>{block}<p>")
        start = match.end()
    parts.append(rich(html[start:]))
    return "".join(parts).replace("<p></p>", "")


def keys(text: str, name: str) -> tuple[str, ...]:
    """Return the keys that a text's tokens of a name hold, each once, in order."""
    return tuple(dict.fromkeys(key for found, key in TOKEN.findall(text) if found == name))


def stands_in_paragraph(html: str, at: int) -> bool:
    """Say whether a place of a text is within a paragraph, and in no other tag nor inside one."""
    if _is_in_a_tag(html, at):
        return False
    opened: list[str] = []
    for closing, name in _TAG.findall(html[:at]):
        if closing:
            opened = opened[:-1]
        elif name not in _WITHOUT_END:
            opened.append(name)
    return opened[-1:] == ["p"]


def _is_in_a_tag(html: str, at: int) -> bool:
    # Cleaned texts have both signs in tags alone; elsewhere they are escaped.
    return html.rfind("<", 0, at) > html.rfind(">", 0, at)
