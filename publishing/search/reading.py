"""Reading what somebody typed: its words, and the spellings and names that stand for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from publishing import languages
from publishing.models import SearchName, SearchWord
from publishing.search.asked import MOST_SPELLINGS, Term, Word, phrases
from publishing.search.known import Known
from publishing.search.stems import looked_for
from publishing.search.texts import name_key
from publishing.search.words import stop_words, words_in

MOST_CHARACTERS = 200
MOST_WORDS = 12
"""Of a search; what is beyond is left out, and the page says so."""

_LONGEST_NAME = 5
_MOST_BEARERS = 100
_SHORTEST_COMPLETED = 4
_LETTERED = frozenset({"hepatitis", "influenza", "vit", "vitamin", "vitamina"})
"""Words that a letter follows which is a common word elsewhere: “vitamin A deficiency”."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as words; ``cut`` says that there was more."""

    words: tuple[str, ...]
    cut: bool = False


def typed(text: str) -> Typed:
    """Return the words of whatever was typed; none where it has no letter and no digit."""
    words = words_in(text[:MOST_CHARACTERS])
    return Typed(tuple(words[:MOST_WORDS]), len(text) > MOST_CHARACTERS or len(words) > MOST_WORDS)


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
