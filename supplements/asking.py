"""Who must ask first, at a glance: the signed words, as many as a first screen has room for."""

from dataclasses import dataclass

from publishing.readability import sentences
from publishing.richtext import blocks
from publishing.words import plain_words

ROOM = 120
"""Characters of what is named at a glance; the first of it is always whole."""


@dataclass(frozen=True)
class AskFirst:
    """Who must ask first: ``lead`` is what leads to them (“Ask a doctor first if you”), or "".

    ``more`` counts those whom only the text further down names; ``cut`` says that it says more.
    """

    lead: str
    who: str
    more: int = 0
    cut: bool = False


def asking_of(html: str) -> AskFirst | None:
    """Return who must ask first: from the first list of a text, or from its first sentences.

    What leads to the list is always there, since it alone says which people these are. None for a
    text without words.
    """
    said = [(block.tag, " ".join(plain_words(block.text).split())) for block in blocks(html)]
    said = [(tag, words) for tag, words in said if words]
    if not said:
        return None
    first = next((place for place, (tag, _) in enumerate(said) if tag == "li"), None)
    if first is None:
        whole = _sentences(" ".join(words for _, words in said))
        named = _fitting(whole)
        return AskFirst("", " ".join(named), cut=len(named) < len(whole))
    above = _sentences(said[first - 1][1]) if first else []
    lead = above[-1:]
    named = _fitting(_items(said[first:]))
    everybody = sum(tag == "li" for tag, _ in said)
    return AskFirst(
        "".join(lead).rstrip(" :."),
        # An item may lead to items of its own.
        f"{'; '.join(named)}.".replace(":;", ":"),
        more=everybody - len(named),
        cut=len(above) > 1 or len(said) - everybody > len(lead),
    )


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; all of it where none is known, as in another script."""
    return sentences(text) or [text]


def _items(said: list[tuple[str, str]]) -> list[str]:
    """Return the items up to the end of a list, without the stops between them."""
    after = next((place for place, (tag, _) in enumerate(said) if tag != "li"), len(said))
    return [words.rstrip(" .,;") for _, words in said[:after]]


def _fitting(parts: list[str]) -> list[str]:
    """Return the first part, and as many of those after it as there is room for."""
    room, named = ROOM, []
    for part in parts:
        room -= len(part)
        if named and room < 0:
            break
        named.append(part)
    return named
