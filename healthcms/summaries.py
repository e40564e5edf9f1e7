"""What a page says, in a line: for lists that programs read."""

from publishing import prose
from publishing.documents import EntryDocument

_OPENINGS = ("quick_summary", "definition", "answer", "lead", "body")


def summary_of(document: EntryDocument) -> str:
    """Return the first words of the text that answers best; "" where there is none."""
    texts = {piece.field: piece for piece in document.texts() if piece.text}
    piece = next((texts[field] for field in _OPENINGS if field in texts), None)
    if piece is None:
        return ""
    return prose.description(piece.text) if piece.html else prose.short(piece.text)
