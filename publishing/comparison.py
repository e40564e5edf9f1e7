"""Comparing two Documents of one entry, word by word, field by field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from publishing.documents import EntryDocument
from publishing.richtext import to_text

# A sentence or a line, and a word, each with the white space that follows it.
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?\n]+\s*)?|[.!?\n]+\s*")
_WORD = re.compile(r"\s*\S+\s*|\s+")
_SKIPPED = frozenset({"slug", "language", "guesses"})


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: both sides as HTML, deleted and inserted words marked."""

    field: str
    before: SafeString
    after: SafeString


def changed_fields(before: EntryDocument, after: EntryDocument) -> list[FieldChange]:
    """Return the fields that differ, in reading order, then the rest."""
    old, new = _as_texts(before), _as_texts(after)
    names = dict.fromkeys([*new, *old])
    return [
        FieldChange(name, *marked_words(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def marked_words(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return both texts as HTML with ``<del>`` round deleted and ``<ins>`` round inserted words.

    Sentences are compared first and words only inside those that differ: comparing all words of
    two long texts takes time that grows with the product of their lengths.
    """
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    left: list[str] = []
    right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(_escaped(old[a:b]))
            right.append(_escaped(new[c:d]))
        else:
            _mark_words("".join(old[a:b]), "".join(new[c:d]), left, right)
    return mark_safe("".join(left)), mark_safe("".join(right))


def _mark_words(before: str, after: str, left: list[str], right: list[str]) -> None:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if tag == "equal":
            left.append(_escaped(old[a:b]))
            right.append(_escaped(new[c:d]))
            continue
        if a < b:
            left.append(f"<del>{_escaped(old[a:b])}</del>")
        if c < d:
            right.append(f"<ins>{_escaped(new[c:d])}</ins>")


def _escaped(words: Iterable[str]) -> str:
    return str(conditional_escape("".join(words)))


def _as_texts(document: EntryDocument) -> dict[str, str]:
    """Return every field of a Document as text: what readers see first, settings after it."""
    texts = {
        piece.field: to_text(piece.text) if piece.html else piece.text
        for piece in document.texts()
        if piece.text
    }
    shown = {name.partition(".")[0] for name in texts}
    for name, value in document.model_dump(mode="json", exclude_defaults=True).items():
        if name in _SKIPPED:
            continue
        if isinstance(value, list):
            for row, item in enumerate(value, 1):
                _add_row(texts, f"{name}.{row}", item)
        elif name not in shown:
            texts[name] = str(value)
    return texts


def _add_row(texts: dict[str, str], name: str, item: Any) -> None:
    if not isinstance(item, dict):
        texts[name] = str(item)
        return
    for field, value in item.items():
        texts.setdefault(f"{name}.{field}", str(value))
