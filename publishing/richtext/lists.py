"""The lengths of lists in a rich text. Takes what `clean` returned."""

import re
from typing import NamedTuple

_TAG = re.compile(r"<(/?)(ul|ol|li|h[234])\b[^>]*>")
_ANY = re.compile(r"<[^>]*>")


class ListLength(NamedTuple):
    heading: str  # text of the heading above; empty before the first
    items: int


def list_lengths(html: str) -> tuple[ListLength, ...]:
    """The number of items of each list, those of lists inside not counted, in reading order."""
    found: list[ListLength] = []
    open_lists: list[int] = []
    heading, start = "", 0
    for match in _TAG.finditer(html):
        closing, tag = bool(match[1]), match[2]
        if tag.startswith("h"):
            if closing:
                heading = _ANY.sub("", html[start : match.start()]).strip()
            start = match.end()
        elif tag == "li":
            if not closing and open_lists:
                place = open_lists[-1]
                found[place] = found[place]._replace(items=found[place].items + 1)
        elif closing:
            if open_lists:
                open_lists.pop()
        else:
            open_lists.append(len(found))
            found.append(ListLength(heading, 0))
    return tuple(found)
