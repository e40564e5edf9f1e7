"""Texts of a file that are longer than a draft's fields: nothing is cut off in silence."""

from dataclasses import replace

from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.importing.parsed import Guess, ParsedArticle, ParsedKeyPoint, ParsedQuestion
from articles.models import Article
from faq.models import Question
from publishing.models import KeyPoint

_TITLE = Article._meta.get_field("title").max_length
_LABEL = KeyPoint._meta.get_field("label").max_length
_QUESTION = Question._meta.get_field("question").max_length


def within_limits(parsed: ParsedArticle) -> ParsedArticle:
    """Return the article with what is too long for its field put where there is room for it."""
    parsed = replace(
        parsed,
        key_points=tuple(_point(point) for point in parsed.key_points),
        questions=tuple(_question(question) for question in parsed.questions),
    )
    if len(parsed.title) <= _TITLE:
        return parsed
    message = _("The title is longer than %(limit)d characters and was shortened: “%(title)s”")
    guess = Guess("title", message % {"limit": _TITLE, "title": parsed.title}, None)
    title = Truncator(parsed.title).chars(_TITLE)
    return replace(parsed, title=title, guesses=(*parsed.guesses, guess))


def _point(point: ParsedKeyPoint) -> ParsedKeyPoint:
    if len(point.label) <= _LABEL:
        return point
    return replace(point, label="", text=f"{point.label}: {point.text}")


def _question(question: ParsedQuestion) -> ParsedQuestion:
    if len(question.question) <= _QUESTION:
        return question
    answer = f"<p>{escape(question.question)}</p>{question.answer}"
    return replace(question, question="", answer=answer)
