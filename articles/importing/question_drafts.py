"""A file's questions as drafts, each the same entry as the last time the file was imported."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.parsed import ParsedQuestion
from faq.documents import QuestionDocument
from faq.models import Question
from publishing.documents import normalise_line
from publishing.slugs import free_slug, slug_from


def matched(
    parsed: Sequence[ParsedQuestion], answers: Sequence[str], earlier: Mapping[str, Any]
) -> list[Question | None]:
    """Return for each question of a file the entry that an earlier import made of it, if any.

    Told by the question's words, then by its answer (sanitised, one for each question), then by
    its place. A question that the import only found in the library is none of its own.
    """
    uids, own_uids = earlier.get("questions", []), earlier.get("digests", {})
    found = {str(row.uid): row for row in Question.objects.filter(uid__in=uids)}
    own = [found.get(uid) if uid in own_uids else None for uid in uids]
    entries: list[Question | None] = [None] * len(parsed)
    free = {row.pk: row for row in own if row is not None}

    def take(place: int, row: Question | None) -> None:
        if entries[place] is None and row is not None and row.pk in free:
            entries[place] = free.pop(row.pk)

    by_words = {_words(row.question): row for row in free.values() if row.question}
    for place, question in enumerate(parsed):
        if question.question:
            take(place, by_words.get(_words(question.question)))
    by_answer = {row.answer: row for row in free.values()}
    for place, answer in enumerate(answers):
        take(place, by_answer.get(answer))
    for place, row in enumerate(own[: len(parsed)]):
        take(place, row)
    return entries


def in_library(words: str, language: str, own: Question | None) -> Question | None:
    """Return another question of the library, in a language, with the same words."""
    if not words:
        return None
    same = Question.objects.filter(question__iexact=normalise_line(words), language=language)
    return same.exclude(pk=own.pk if own else None).order_by("pk").first()


def document_of(
    parsed: ParsedQuestion, answer: str, language: str, entry: Question | None, fallback: str
) -> QuestionDocument:
    """Return the Document of a question; ``fallback`` is its address until it has words."""
    slug = entry.slug if entry else ""
    if not slug or (parsed.question and not entry.question):
        wanted = slug_from(parsed.question) or slug or fallback
        slug = free_slug("question", wanted, language, but=entry.pk if entry else None)
    said = {"language": language, "question": parsed.question, "answer": answer}
    return QuestionDocument(slug=slug, **said)


def used_as_it_stands(known: Question) -> dict[str, str]:
    """Return the guess that a question of the library is the one that the file asks."""
    message = _("The library already asks “%(question)s”. Its answer is shown, not the file's.")
    return {
        "field": "questions",
        "heading": "",
        "message": message % {"question": known.question},
    }


def _words(text: str) -> str:
    return normalise_line(text).casefold()
