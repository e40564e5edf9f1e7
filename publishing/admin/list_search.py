"""Finding entries by words: of the title, of the address, and of the newest text."""

from django.db.models import QuerySet

from publishing.word_list import holding, words_in

# A pasted paragraph is no search: its first words are enough to find it.
MOST_WORDS = 8


def matching(entries: QuerySet, typed: str) -> QuerySet:
    """Return the entries whose newest text holds every typed word or part of one, in any case."""
    return entries.filter(holding(words_in(typed)[:MOST_WORDS]))
