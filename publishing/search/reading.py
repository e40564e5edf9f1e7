"""Reading what somebody typed: its words, and the spellings and names that stand for them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise

from publishing import languages
from publishing.models import SearchName, SearchWord
from publishing.search.asked import MOST_SPELLINGS, Term, Word, phrases
from publishing.search.known import Known
from publishing.search.stems import looked_for
from publishing.search.texts import name_key
from publishing.search.words import plain, stop_words, words_in

MOST_CHARACTERS = 200
MOST_WORDS = 12
"""Of a search; what is beyond is left out, and the page says so."""

_WORD = re.compile(r"\S+")
_JOINING = frozenset("-‐‑'’./+&")
"""Signs that may stand within what is one word to who types: omega-3, B1/B6."""

_LONGEST_NAME = 5
_MOST_BEARERS = 100
_SHORTEST_COMPLETED = 4
_LETTERED = frozenset({"hepatitis", "influenza", "vit", "vitamin", "vitamina"})
"""Words that a letter follows which is a common word elsewhere: “vitamin A deficiency”."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as words; ``cut`` says that there was more.

    ``written`` are the same words with the case and accents that they had, ``between`` what stood
    before each of them.
    """

    words: tuple[str, ...]
    cut: bool = False
    written: tuple[str, ...] = ()
    between: tuple[str, ...] = ()

    def said(self, words: Sequence[str] | None = None) -> str:
        """Return the words as they were typed, or others in their places: "" for none."""
        each = zip(self.between, self.written, self.words, words or self.words, strict=True)
        put = (f"{before}{word if word != own else written}" for before, written, own, word in each)
        return "" if words == () else "".join(put).strip()


def typed(text: str) -> Typed:
    """Return the words of whatever was typed; none where it has no letter and no digit."""
    written = unicodedata.normalize("NFC", text[:MOST_CHARACTERS])
    # A sign for a sign: each word is where it was.
    places = [found.span() for found in _WORD.finditer(plain(written))]
    looked_for = places[:MOST_WORDS]
    gaps = pairwise([0, *chain.from_iterable(looked_for)])
    between = [written[start:end] for start, end in list(gaps)[::2]]
    return Typed(
        tuple(plain(written)[start:end] for start, end in looked_for),
        len(text) > MOST_CHARACTERS or len(places) > MOST_WORDS,
        tuple(written[start:end] for start, end in looked_for),
        tuple(gap if gap in _JOINING else " " for gap in between),
    )


@dataclass(frozen=True)
class Names:
    """The names of live editions that stand in what was typed, by their words.

    ``others`` are more names of the same thing; ``exact`` are the editions whose name is all that
    was typed.
    """

    others: dict[str, tuple[str, ...]]
    exact: tuple[int, ...]


def names_in(words: Sequence[str], at: datetime) -> Names:
    """Return the live names that typed words hold."""
    spans = {name_key(words[start:end]) for start, end in _spans(len(words))}
    bearers = languages.live(at).filter(search_names__words__in=spans)
    borne = list(bearers.order_by("pk").values_list("pk", "search_names__words")[:_MOST_BEARERS])
    every = defaultdict(list)
    for edition, name in SearchName.objects.filter(edition__in={pk for pk, _ in borne}).values_list(
        "edition", "name"
    ):
        every[edition].append(words_in(name))
    others: dict[str, tuple[str, ...]] = {}
    for edition, span in borne:
        also = [name for name in every[edition] if name_key(name) != span]
        # A phrase has one spelling: the name's own, or the other one.
        written = [form for name in also for form in (" ".join(name), name_key(name)) if form]
        others[span] = tuple(dict.fromkeys((*others.get(span, ()), *written)))
    common = stop_words(languages.current())
    whole = {name_key(words), name_key([word for word in words if word not in common])}
    return Names(others, tuple(pk for pk, span in borne if span in whole))


def terms_of(words: Sequence[str], names: Names, known: Known) -> tuple[Term, ...]:
    """Return what a text must have to answer typed words.

    The last one is taken as a beginning where no text has it as it stands.
    """
    spelt = list(known.words)
    if words[-1] not in known.used and len(words[-1]) > 1:
        spelt[-1] = _begun(words[-1], spelt[-1])
    terms = list(_terms(words, spelt, names, stop_words(known.spoken[0])))
    # Nothing but “what is this”: then these are the words that count.
    return looked_for(terms or [Term((word,)) for word in spelt], known.spoken)


def terms_being_typed(words: Sequence[str], known: Known) -> tuple[Term, ...]:
    """Return what a title must have to be suggested: each word, the last one as a beginning."""
    spelt = list(known.words)
    spelt[-1] = _begun(words[-1], spelt[-1])
    return looked_for([Term((word,)) for word in spelt], known.spoken)


def _terms(
    words: Sequence[str], spelt: list[Word], names: Names, common: frozenset[str]
) -> Iterator[Term]:
    at = 0
    while at < len(words):
        end = _end_of_name(words, at, names)
        others = names.others.get(name_key(words[at:end]), ())
        if not others:
            end = at + 1
            while end < len(words) and _is_bound(words, end, common):
                end += 1
        span = tuple(spelt[at:end])
        if others or end > at + 1 or words[at] not in common:
            bound = any(len(word) == 1 for word in words[at + 1 : end])
            written = (*phrases(span), *others) if bound else others
            yield Term(() if bound else span, written[: 2 * MOST_SPELLINGS])
        at = end


def _end_of_name(words: Sequence[str], at: int, names: Names) -> int:
    """Return where the longest name ends that begins at a word and that has others beside it."""
    for end in range(min(at + _LONGEST_NAME, len(words)), at, -1):
        if names.others.get(name_key(words[at:end])):
            return end
    return at + 1


def _is_bound(words: Sequence[str], at: int, common: frozenset[str]) -> bool:
    """Say whether a letter or digit belongs to the word before it: “hepatitis B”, “vitamin A”."""
    word = words[at]
    is_lettered = at == len(words) - 1 or words[at - 1] in _LETTERED
    is_name = word not in common or (word in ("a", "e") and is_lettered)
    return len(word) == 1 and is_name


def _begun(beginning: str, word: Word) -> Word:
    """Return a word as a beginning, with the words that begin so.

    Those are told one by one because their stems may be shorter than what was typed of them.
    """
    if len(beginning) < _SHORTEST_COMPLETED:
        return Word(word.spellings, beginning)
    end = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    found = SearchWord.objects.filter(word__gte=beginning, word__lt=end).order_by("word")
    completed = found.values_list("word", flat=True)[:MOST_SPELLINGS]
    return Word(tuple(dict.fromkeys((*word.spellings, *completed)))[:MOST_SPELLINGS], beginning)


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for end in range(start + 1, min(start + _LONGEST_NAME, length) + 1):
            yield start, end
    yield 0, length
