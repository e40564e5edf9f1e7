"""Counting words: the measure under reading times and length checks."""

import math
import re

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction by adults: Brysbaert, 2019 (mean of 190 studies)."""

# A word holds at least one letter or digit; an apostrophe or hyphen inside does not split it.
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑.,/][^\W_]+)*")
_CITATION = re.compile(r"\s*\[[^\[\]]*?@[^\[\]]*\]")
_EMBED = re.compile(r"\[\[[^\[\]]*\]\]")


def plain_words(text: str) -> str:
    """Return text without its citation and embed tokens, which nobody reads as words."""
    return _CITATION.sub("", _EMBED.sub("", text))


def count_words(text: str) -> int:
    """Count the words of a plain text, tokens left out."""
    return len(_WORD.findall(plain_words(text)))


def reading_minutes(words: int) -> int:
    """Return the reading time in whole minutes: rounded up, at least 1."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))
