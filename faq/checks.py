"""FAQ-1: a question that is asked once, ends in “?” and stands alone."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from faq.documents import QuestionDocument
from faq.models import Question
from publishing import languages
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place

SIMILAR = 0.85
_POINTS_AWAY = re.compile(
    r"^\s*(and|but|so|then)\b|\b(this|these|that|those|it|they)\b\s*\?$", re.I
)


def is_question(context: Context) -> bool:
    """Questions only."""
    return isinstance(context.document, QuestionDocument)


@check("FAQ-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING, applies=is_question)
def question_is_complete(context: Context) -> Iterator[Finding]:
    """At most one error a question; empty questions are never compared (schema.org Question)."""
    document = context.document
    words = document.question
    place = Place("question", sentence=words)
    if not words:
        yield Finding(
            _("The answer has no question."), _("Type the question that it answers."), place
        )
    elif not document.answer:
        yield Finding(_("The question has no answer."), _("Write the answer."), Place("answer"))
    elif not words.endswith(("?", "？", "؟")):
        yield Finding(
            _("“%(question)s” does not end in a question mark.") % {"question": words},
            _("Write it as a question."),
            place,
        )
    elif _POINTS_AWAY.search(words):
        yield Finding(
            _("“%(question)s” does not stand alone.") % {"question": words},
            _("Name what it is about: readers meet it without the page."),
            place,
        )
    else:
        yield from _repeated(context, place)


def _repeated(context: Context, place: Place) -> Iterator[Finding]:
    others = languages.live(context.now, context.document.language).filter(entry__kind="question")
    others = others.exclude(entry=context.entry.pk).values_list("title", "path")
    own = _letters(context.document.question)
    similar = None
    for title, path in others:
        other = _letters(title)
        if other == own:
            yield Finding(
                _("The same question is live already at %(path)s.") % {"path": path},
                _("Use that one, or ask something else."),
                place,
            )
            return
        if similar is None and _alike(own, other):
            similar = (title, path)
    if similar:
        yield Finding(
            _("A similar question is live: “%(title)s” (%(path)s).")
            % {"title": similar[0], "path": similar[1]},
            _("Use that one, or say why both are needed."),
            place,
            level=Level.WARNING,
            gates=(Gate.WRITE,),
        )


def _alike(first: str, second: str) -> bool:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def unasked(questions: list[Question]) -> list[Question]:
    """Return the questions that still lack their words."""
    return [question for question in questions if not question.question]
