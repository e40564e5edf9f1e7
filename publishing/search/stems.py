"""Words as the indexes hold them: an English one as it is, any other by the stem of its language.

Both engines stem whatever they are given as English. A word in another language is cut to its
stem here, and a digit set behind it that English stemming leaves alone; so one index holds texts
in all languages, and a word stands in it where it stands in its text. A language without a
stemmer has whole words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from string import digits

import snowballstemmer

from publishing.search.asked import Term, Word
from publishing.search.words import MOST_LETTERS, language_alone, plain

MARK = "0"
"""Behind each word in the index that is not English, but for those that end in a digit anyway."""

# Those of Snowball's that know words without their accents well enough: readers leave them out.
_STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
# Marks that SQLite takes for a part of a word, where no letter has them built in: “мно́го”.
_MARKS = r"\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
_MARKED = re.compile(f"[{_MARKS}]")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")


def is_english(language: str) -> bool:
    """Say whether a language is English, of whatever country."""
    return language_alone(language) == "en"


def indexed(word: str, language: str) -> str:
    """Return a plain word of a language as the indexes hold it."""
    # Under a mark “100” would begin as “1000” does, which is another dose.
    if word[-1] in digits or is_english(language):
        return word
    return f"{_stem(word, language_alone(language))}{MARK}"


def written(text: str, language: str) -> str:
    """Return a text of a language with each word as the indexes hold it, in its place."""
    if is_english(language):
        return text
    return _WORD.sub(lambda found: indexed(plain(_MARKED.sub("", found[0])), language), text)


def looked_for(terms: Sequence[Term], languages: Sequence[str]) -> tuple[Term, ...]:
    """Return terms of plain words as they meet texts in any of some languages.

    A beginning stays as it was typed: those of stems are the same.
    """
    if all(map(is_english, languages)):
        return tuple(terms)
    return tuple(
        Term(
            tuple(Word(_each(word.spellings, languages), word.begins) for word in term.words),
            _each(term.names, languages),
        )
        for term in terms
    )


def _each(phrases: Sequence[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Return phrases as the indexes hold them in each language, none of them twice."""
    return tuple(
        dict.fromkeys(
            " ".join(indexed(word, language) for word in phrase.split())
            for phrase in phrases
            for language in languages
        )
    )


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    if language not in _STEMMERS or len(word) > MOST_LETTERS:
        return word
    # One for each word: it keeps the word that it works on, and threads must not share that.
    return snowballstemmer.stemmer(_STEMMERS[language]).stemWord(word)
