"""Words as the search compares them: without case and accents, one spelling for each."""

import re
import unicodedata
from functools import lru_cache

MOST_LETTERS = 40
"""Words that are longer are no words of a language."""

_ENGLISH = """
a about an and are as at be been but by can could do does for from had has have how i if in into is
it its ll m me my of on or re s should so t than that the their them then there these they this to
ve was we were what when where which who why will with would you your
"""
_SPANISH = """
a al ante como con cual cuales cuando cuanta cuanto de debe debo del desde donde e el ella ellas
ellos en entre era es esa esas ese eso esos esta estan estas este esto estos fue ha han hay la las
le les lo los me mi mis muy nos o para pero por porque puede pueden puedo que quien se ser si sobre
son su sus te tiene tienen tu tus u un una unas unos y ya yo
"""
_STOP_WORDS = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}

# British to American, whose forms are shorter: for a way back one would have to know every word.
_AMERICAN = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"ae(?!l?s?$)", "e"),  # anaemia, but not larvae
        (r"oe(?!s?$)", "e"),  # oedema, but not canoes
        (r"our(?=(s|ed|ing|er|ers|al|able|ful|less|ite|ites)?$)", "or"),
        (r"is(?=(e|es|ed|ing|er|ers|ation|ations)$)", "iz"),
        (r"ys(?=(e|es|ed|ing|er|ers)$)", "yz"),
        (r"(?<=[bt])re(?=s?$)", "er"),
        (r"sulph", "sulf"),
        (r"aluminium", "aluminum"),
        (r"^programme", "program"),
        (r"^ageing$", "aging"),
    )
)
# Shorter words would be taken for others: poet for pet, hour for hor.
_SHORTEST_RESPELT = 6
_SHORT = {
    "fibre": "fiber",
    "haem": "heme",
    "litre": "liter",
    "metre": "meter",
    "odour": "odor",
    "vit": "vitamin",
    "vits": "vitamins",
}


class _Plain(dict):
    """Maps each character to one: a letter or digit without accent and case, or a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base, *marks = unicodedata.normalize("NFD", char)
        if marks and not all(map(unicodedata.combining, marks)):
            base = char
        lower = base.lower()
        plain = lower if len(lower) == 1 and lower.isalnum() else " "
        self[code] = plain
        return plain


_PLAIN = _Plain({ord("\n"): "\n"})


def plain(text: str) -> str:
    """Return a text in NFC as lower-case words and spaces, character by character."""
    return text.translate(_PLAIN)


def words_in(text: str) -> list[str]:
    """Return the words of any text, in order."""
    return plain(unicodedata.normalize("NFC", text)).split()


def stop_words(language: str) -> frozenset[str]:
    """Return the words too common in a language to tell one page from another.

    English ones where it has no list.
    """
    return _STOP_WORDS.get(language_alone(language), _STOP_WORDS["en"])


@lru_cache(maxsize=64)
def language_alone(code: str) -> str:
    """Return a language's code without a country's: “es” of “es-MX”."""
    return code.replace("_", "-").partition("-")[0].lower()


def spelling(word: str) -> str:
    """Return the one spelling of a word that is written in several ways: the American one."""
    if word in _SHORT:
        return _SHORT[word]
    if len(word) >= _SHORTEST_RESPELT:
        for pattern, american in _AMERICAN:
            word = pattern.sub(american, word)
    return word
