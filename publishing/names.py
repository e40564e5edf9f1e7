"""Under which names readers find a page, and in which order names stand in a list.

Recorded with each edition, as its ties are, and made anew where they are missing.
"""

import re
import unicodedata

from publishing import kinds, pages
from publishing.documents import EntryDocument
from publishing.kinds import Kind
from publishing.models import Edition, EditionName

OTHER = "#"
"""The letter of what begins with a digit or a sign, or is written without letters."""

_KEY_LENGTH = EditionName._meta.get_field("sort_key").max_length
_NUMBER = re.compile(r"\d+")
# Scripts with thousands of signs, none of which is a letter that one could leaf through.
_NO_LETTERS = ("CJK", "HANGUL", "YI ", "TANGUT", "NUSHU", "VAI")


def rows_of(document: EntryDocument, kind: Kind) -> set[tuple[str, str, str]]:
    """Return a Document's names with key and letter: its title, and each other name it gives.

    A kind that has no list has none.
    """
    if not kind.list_path:
        return set()
    found = {document.display_title, *getattr(document, "other_names", ())}
    return {(name, sort_key(name), letter_of(name)) for name in found}


def record(edition: Edition, document: EntryDocument, kind: Kind) -> None:
    """Write the names of an edition."""
    EditionName.objects.using(edition._state.db).bulk_create(
        EditionName(edition=edition, name=name, sort_key=key, letter=letter)
        for name, key, letter in sorted(rows_of(document, kind))
    )


def record_missing(using: str) -> None:
    """Write the names of each edition of a kind with a list that has a text and no names."""
    listed = [kind.name for kind in kinds.every() if kind.list_path]
    found = Edition.objects.using(using).filter(entry__kind__in=listed, names=None)
    found = found.filter(revision__payload__text__isnull=False)
    for edition in found.composed().order_by("pk").iterator(200):
        shown = pages.shown(edition)
        record(edition, shown.document, shown.kind)


def sort_key(name: str) -> str:
    """Return what puts a name in its place: no case, accents or signs, numbers by their value."""
    plain = _plain(name).casefold()
    words = "".join(char for char in plain if char.isalnum() or char == " ").strip()
    return _NUMBER.sub(lambda found: found[0].zfill(6), words)[:_KEY_LENGTH]


def letter_of(name: str) -> str:
    """Return the letter that a name is listed under: A to Z, one of another script, or OTHER.

    Nothing is skipped but signs before the first letter or digit: “The heart” is under T, “How
    much?” under H. É is under E, Æ under A.
    """
    first = next((char for char in _plain(name) if char.isalnum()), OTHER)
    upper = first.upper()[0]
    script, _gap, rest = unicodedata.name(upper, "").partition(" ")
    if script == "LATIN":
        # “LATIN CAPITAL LETTER O WITH STROKE”: the letter that it is a form of.
        return rest.rpartition("LETTER ")[2][:1]
    if not upper.isalpha() or f"{script} ".startswith(_NO_LETTERS):
        return OTHER
    return upper


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))
