"""Texts of a file that are longer than a draft's fields: nothing is cut off in silence."""

from dataclasses import replace

from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.importing.decoding import READ_AS_WINDOWS
from articles.importing.parsed import (
    FileProblem,
    Guess,
    ParsedArticle,
    ParsedComparison,
    ParsedKeyPoint,
    ParsedQuestion,
    Place,
    UnreadableFile,
)
from articles.models import Article
from faq.models import Question
from publishing.models import KeyPoint
from supplements.models import Form

# Far above any article, and far below what would hold the database's write lock for minutes.
MOST = {"key_points": 100, "questions": 200, "references": 1000, "comparison_rows": 200}
_TITLE = Article._meta.get_field("title").max_length
_LABEL = KeyPoint._meta.get_field("label").max_length
_QUESTION = Question._meta.get_field("question").max_length
_FORM = Form._meta.get_field("name").max_length


def within_limits(parsed: ParsedArticle) -> ParsedArticle:
    """Return the article with what is too long for its field put where there is room for it.

    What has to be shortened is a guess, and a problem that quotes it whole. Raises UnreadableFile
    for a file with more parts than any one article has, and for one whose encoding is a guess:
    a wrong letter in a dose is not seen by whoever confirms it.
    """
    _refuse_guessed_encoding(parsed)
    _refuse_many(parsed)
    kept = replace(
        parsed,
        key_points=tuple(_point(point) for point in parsed.key_points),
        questions=tuple(_question(question) for question in parsed.questions),
    )
    problems = [
        _unasked(place, question)
        for place, question in enumerate(parsed.questions, 1)
        if len(question.question) > _QUESTION
    ]
    kept = replace(kept, problems=(*kept.problems, *problems))
    return _with_short_names(_with_short_title(kept))


def _refuse_guessed_encoding(parsed: ParsedArticle) -> None:
    for guess in parsed.guesses:
        if guess.message == str(READ_AS_WINDOWS):
            message = _("It is not UTF-8 (line %(line)d). Save it as UTF-8 text, and try that.")
            raise UnreadableFile(message % {"line": guess.line})


def _refuse_many(parsed: ParsedArticle) -> None:
    counts = parsed.counts()
    names = {
        "key_points": _("key points"),
        "questions": _("questions"),
        "references": _("references"),
        "comparison_rows": _("rows of one comparison table"),
    }
    for name, most in MOST.items():
        if counts[name] > most:
            message = _(
                "It holds %(count)d %(parts)s; an article may hold %(most)d. Divide the file."
            )
            raise UnreadableFile(
                message % {"count": counts[name], "parts": names[name], "most": most}
            )


def _point(point: ParsedKeyPoint) -> ParsedKeyPoint:
    if len(point.label) <= _LABEL:
        return point
    return replace(point, label="", text=f"{point.label}: {point.text}")


def _question(question: ParsedQuestion) -> ParsedQuestion:
    if len(question.question) <= _QUESTION:
        return question
    answer = f"<p>{escape(question.question)}</p>{question.answer}"
    return replace(question, question="", answer=answer)


def _unasked(place: int, question: ParsedQuestion) -> FileProblem:
    message = _(
        "Question %(place)d is longer than %(limit)d characters; it was put into its answer."
    )
    return FileProblem(
        "FAQ-1",
        "error",
        message % {"place": place, "limit": _QUESTION},
        _("Type a shorter question."),
        Place("questions", sentence=question.question),
        question.line,
    )


def _with_short_title(parsed: ParsedArticle) -> ParsedArticle:
    if len(parsed.title) <= _TITLE:
        return parsed
    message = _("The title is longer than %(limit)d characters and was shortened: “%(title)s”")
    message %= {"limit": _TITLE, "title": parsed.title}
    return replace(_guessing(parsed, "title", message), title=Truncator(parsed.title).chars(_TITLE))


def _with_short_names(parsed: ParsedArticle) -> ParsedArticle:
    compared = parsed.comparison
    if compared is None:
        return parsed
    for row in compared.rows:
        if len(row[0]) > _FORM:
            message = _("The name of a form is longer than %(limit)d characters: “%(name)s”")
            message %= {"limit": _FORM, "name": row[0]}
            parsed = _guessing(parsed, "forms", message, compared.line)
    return replace(parsed, comparison=_short(compared))


def _short(compared: ParsedComparison) -> ParsedComparison:
    rows = tuple((Truncator(row[0]).chars(_FORM), *row[1:]) for row in compared.rows)
    return replace(compared, rows=rows)


def _guessing(
    parsed: ParsedArticle, field: str, message: str, line: int | None = None
) -> ParsedArticle:
    problem = FileProblem(
        "GUESS-1",
        "error",
        message,
        _("Shorten it yourself, and confirm it on the draft's page."),
        Place(field),
        line,
    )
    return replace(
        parsed,
        guesses=(*parsed.guesses, Guess(field, message, line)),
        problems=(*parsed.problems, problem),
    )
