"""Sentences that cite a retracted source, and whether they say that it was retracted."""

import re
from collections.abc import Iterator
from typing import Any

from publishing.checks.problems import Place
from publishing.claims import sentences
from publishing.documents import EntryDocument
from references import citations
from references.checks import passages
from references.reading import is_cited_as_retracted

# By the first part of a language's code. A language without words is not asked for them.
_SAYING_SO = {
    "en": re.compile(r"\bretract(ed|ion|s)?\b|\bwithdr(ew|awn)\b", re.IGNORECASE),
    "es": re.compile(r"\bretract(ad[oa]s?|ó|aron|ación)\b|\bretir(ad[oa]s?|ó|aron)\b", re.I),
}


def citing(document: EntryDocument, key: str) -> Iterator[tuple[Place, str]]:
    """Yield each sentence that cites a reference, with its place."""
    for piece in document.texts():
        if f"@{key}" not in piece.text:
            continue
        for heading, text in passages(piece):
            for sentence in sentences(text):
                if key in citations.keys(sentence, html=False):
                    yield Place(piece.field, heading, sentence.strip()[:200]), sentence


def says_so(sentence: str, language: str) -> bool:
    """Say whether a sentence says in its language that a study was retracted."""
    words = _SAYING_SO.get(language.partition("-")[0])
    return words is None or bool(words.search(sentence))


def says_retracted(document: EntryDocument, sources: dict[str, Any], source: str) -> bool:
    """Say whether a text cites a source, by uid, only to say that it was retracted.

    It is marked so, every sentence that cites it says so, and it is no further reading.
    """
    frozen = sources.get("references", {})
    keys = [key for key, found in frozen.items() if found["uid"] == source]
    further = getattr(document, "further_references", ())
    return all(
        is_cited_as_retracted(frozen[key])
        and key not in further
        and all(says_so(said, document.language) for _place, said in citing(document, key))
        for key in keys
    )
