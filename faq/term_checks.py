"""TERM-1: a term that is named, defined in a sentence or two, and explained once."""

from collections.abc import Iterator

from faq.documents import TermDocument
from publishing import languages
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.words import count_words, plain_words

DEFINITION_WORDS = 40


def is_term(context: Context) -> bool:
    """Terms only."""
    return isinstance(context.document, TermDocument)


@check("TERM-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING, applies=is_term)
def term_is_complete(context: Context) -> Iterator[Finding]:
    """A name, and a definition that no other live term gives."""
    document = context.document
    if not document.name:
        yield Finding(_("The term has no name."), _("Type the word itself."), Place("name"))
        return
    if not document.definition:
        yield Finding(
            _("“%(name)s” is not explained.") % {"name": document.name},
            _("Say what it means in a sentence or two."),
            Place("definition"),
        )
    others = languages.live(context.now, context.document.language).filter(entry__kind="term")
    others = others.exclude(entry=context.entry.pk).filter(title__iexact=document.name)
    if path := others.values_list("path", flat=True).first():
        yield Finding(
            _("“%(name)s” is explained already at %(path)s.")
            % {"name": document.name, "path": path},
            _("Change that term, or give this one another name."),
            Place("name"),
        )


@check("TERM-1", Level.WARNING, group=Group.WORDING, applies=is_term)
def definition_is_short(context: Context) -> Iterator[Finding]:
    """A definition is read in the middle of another text: 40 words or fewer."""
    words = count_words(plain_words(context.document.definition))
    if words > DEFINITION_WORDS:
        yield Finding(
            _("The definition has %(words)d words; readers get at most %(limit)d.")
            % {"words": words, "limit": DEFINITION_WORDS},
            _("Move the rest to “More about it”."),
            Place("definition", sentence=context.document.definition),
        )
