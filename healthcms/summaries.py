"""What a page says, in a line: for the lists that people and programs read."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing import prose
from publishing.documents import EntryDocument
from publishing.models import Edition
from publishing.pages import shown
from publishing.readability import sentences
from publishing.richtext import to_text
from publishing.words import plain_words

LENGTH = 200
MOST = 400
"""Characters of a summary, and of a first sentence that is still shown whole."""

_OPENINGS = ("quick_summary", "definition", "answer", "lead", "body")


@dataclass(frozen=True)
class Line:
    """A page in a list, and what it says; "" where its text is gone or says nothing."""

    edition: Edition
    summary: str


def lines(editions: Iterable[Edition]) -> list[Line]:
    """Return the lines of a list of composed editions."""
    return [
        Line(each, summary_of(shown(each).document) if each.revision.payload.text else "")
        for each in editions
    ]


def summary_of(document: EntryDocument) -> str:
    """Return the first sentences of the text that answers best; "" where there is none.

    They are whole: a health text that is cut within a sentence may say what it does not mean.
    """
    texts = {piece.field: piece for piece in document.texts() if piece.text}
    piece = next((texts[field] for field in _OPENINGS if field in texts), None)
    if piece is None:
        return ""
    text = plain_words(to_text(piece.text) if piece.html else piece.text)
    return _opening(" ".join(text.split()))


def _opening(text: str) -> str:
    opening = ""
    for sentence in sentences(text):
        longer = f"{opening} {sentence}".strip()
        if opening and len(longer) > LENGTH:
            break
        opening = longer
    return opening if len(opening) <= MOST else prose.short(text)
