"""SUM-1, CCI-1, A11Y-1 and JUNK-1: what can be told from the words and the markup alone."""

import re
from collections.abc import Iterator

from publishing import kinds, richtext
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.evidence import TREATMENT
from publishing.checks.messages import gettext as _
from publishing.checks.messages import ngettext
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.words import count_words, plain_words

SUMMARY_WORDS = 50
LEAD_WORDS = 45
KEY_POINTS = (3, 7)
LIST_ITEMS = 7
WORDS_WITHOUT_HEADING = 300
REPEATED_PARAGRAPH_WORDS = 40

_DESCRIBES_PAGE = re.compile(
    r"\b(this|the following) (article|page|guide|post|text)\b.{0,40}?"
    r"\b(cover|explore|explain|discuss|describe|look|outline|review|examine|answer|show|tell)",
    re.IGNORECASE,
)
_JUNK = (
    (re.compile(r"\{\s*link\s*:", re.IGNORECASE), "{Link:"),
    (re.compile(r"\b(TODO|FIXME|TBD|XXX)\b"), "TODO"),
    (re.compile(r"\blorem ipsum\b", re.IGNORECASE), "lorem ipsum"),
)
_LETTER = re.compile(r"[^\W_]")
_BARE_URL = re.compile(r"(?<![\w/@\"'>=])(https?://|www\.)[^\s<>\"]+", re.IGNORECASE)


def has_summary(context: Context) -> bool:
    """The kinds with a quick summary."""
    return hasattr(context.document, "quick_summary")


@check("SUM-1", Level.WARNING, group=Group.WORDING, applies=has_summary)
def summary_answers(context: Context) -> Iterator[Finding]:
    """The quick summary is 50 words or fewer and does not describe the page (CDC CCI 1)."""
    summary = context.document.quick_summary
    words = count_words(plain_words(summary))
    if words > SUMMARY_WORDS:
        yield Finding(
            _("The quick summary has %(words)d words; readers get at most %(limit)d.")
            % {"words": words, "limit": SUMMARY_WORDS},
            _("Shorten it to the answer itself."),
            Place("quick_summary", sentence=summary),
        )
    if match := _DESCRIBES_PAGE.search(summary):
        yield Finding(
            _("The quick summary describes the page (“%(words)s …”).") % {"words": match.group(0)},
            _("Give the answer to the title instead."),
            Place("quick_summary", sentence=summary),
        )


@check("CCI-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING, applies=has_summary)
def opening_is_complete(context: Context) -> Iterator[Finding]:
    """A quick summary (error); 3 to 7 key points, a lead within 45 words (warning)."""
    document = context.document
    if not document.quick_summary:
        yield Finding(
            _("There is no quick summary."),
            _("Answer the title in 50 words or fewer."),
            Place("quick_summary"),
        )
    count = len(document.key_points)
    if not KEY_POINTS[0] <= count <= KEY_POINTS[1]:
        yield Finding(
            ngettext(
                "There is %(count)d key point; 3 to 7 are best.",
                "There are %(count)d key points; 3 to 7 are best.",
                count,
            )
            % {"count": count},
            _("Keep what the page stands for, one sentence each."),
            Place("key_points"),
            level=Level.WARNING,
        )
    words = count_words(plain_words(getattr(document, "lead", "")))
    if words > LEAD_WORDS:
        yield Finding(
            _("The lead has %(words)d words; %(limit)d or fewer are best.")
            % {"words": words, "limit": LEAD_WORDS},
            _("Shorten it."),
            Place("lead", sentence=document.lead),
            level=Level.WARNING,
        )


@check("CCI-1", Level.ADVICE, group=Group.WORDING)
def text_is_broken_up(context: Context) -> Iterator[Finding]:
    """No list over 7 items, no 300 words without a heading."""
    for piece in context.document.texts():
        if not piece.html:
            continue
        for heading, items in richtext.list_lengths(piece.text):
            if items > LIST_ITEMS:
                yield Finding(
                    _("A list has %(count)d items.") % {"count": items},
                    _("Split it, or group its items under headings."),
                    Place(piece.field, heading),
                )
        words, last = 0, None
        for block in richtext.blocks(piece.text):
            if block.tag in ("h2", "h3", "h4"):
                words, last = 0, block.text
                continue
            before, words = words, words + count_words(block.text)
            if before <= WORDS_WITHOUT_HEADING < words:
                yield Finding(
                    _("More than %(limit)d words without a heading.")
                    % {"limit": WORDS_WITHOUT_HEADING},
                    _("Add a heading that says what comes next."),
                    Place(piece.field, last or ""),
                )


@check("A11Y-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def markup_is_accessible(context: Context) -> Iterator[Finding]:
    """Alt texts, heading levels, table headers, link texts (WCAG 1.1.1, 1.3.1, 2.4.4)."""
    for find, message, hint, level in _MARKUP_RULES:
        for piece in context.document.texts():
            if piece.html:
                for found in find(piece.text):
                    place = Place(piece.field, found.heading, found.text)
                    yield Finding(message % {"text": found.text}, hint, place, level=level)


_MARKUP_RULES = (
    (
        richtext.skipped_headings,
        _("The heading “%(text)s” skips a level."),
        _("Use Heading 2 for sections and Heading 3 inside them."),
        Level.ERROR,
    ),
    (
        richtext.tables_without_headers,
        _("A table has no header cells (“%(text)s”)."),
        _("Open Table properties and set the first row as headers."),
        Level.ERROR,
    ),
    (
        richtext.images_without_alt,
        _("A picture has no alternative text (%(text)s)."),
        _("Describe it in words, or mark it as decorative."),
        Level.ERROR,
    ),
    (
        richtext.vague_links,
        _("The link text “%(text)s” does not say where it leads."),
        _("Name the page that it opens."),
        Level.WARNING,
    ),
)


@check("JUNK-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def no_leftovers(context: Context) -> Iterator[Finding]:
    """No empty headings or list items, no `{Link:`, TODO, lorem, bare address, repeated text."""
    seen: set[str] = set()
    for piece in context.document.texts():
        blocks = richtext.blocks(piece.text) if piece.html else [_as_block(piece.text)]
        for block in blocks:
            place = Place(piece.field, block.heading, block.text[:200])
            if piece.html and not block.text.strip() and block.tag in ("h2", "h3", "h4", "li"):
                yield Finding(
                    _("There is an empty heading or list item."), _("Remove or fill it."), place
                )
            yield from _leftovers(block.text, place)
            words = count_words(block.text)
            if words >= REPEATED_PARAGRAPH_WORDS:
                if block.text in seen:
                    yield Finding(
                        _("A paragraph of %(words)d words stands twice (“%(start)s …”).")
                        % {"words": words, "start": block.text[:50]},
                        _("Keep one of them."),
                        Place(piece.field, block.heading, block.text),
                        level=Level.WARNING,
                    )
                seen.add(block.text)


@check("JUNK-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def nothing_is_blank(context: Context) -> Iterator[Finding]:
    """A page has a title and a text in letters: an empty one, signed, would still be served."""
    document = context.document
    if not _LETTER.search(document.display_title):
        yield Finding(_("There is no title."), _("Write one."), Place("title"))
    # A supplement's page stands on its forms and limits as well, a term's on its definition.
    stands_without = {TREATMENT, kinds.EXPLAINS} & context.kind.flags
    body = None if stands_without else getattr(document, "body", None)
    if body is not None and not _LETTER.search(richtext.to_text(body)):
        yield Finding(_("There is no text."), _("Write it."), Place("body"))


def _as_block(text: str) -> "richtext.Block":
    return richtext.Block("p", "", text)


def _leftovers(text: str, place: Place) -> Iterator[Finding]:
    for pattern, name in _JUNK:
        if pattern.search(text):
            yield Finding(
                _("“%(name)s” was left in the text.") % {"name": name},
                _("Write what belongs there, or remove it."),
                place,
            )
    if match := _BARE_URL.search(text):
        yield Finding(
            _("A bare address stands in the text (%(address)s).") % {"address": match.group(0)},
            _("Make it a link with words, or a reference."),
            place,
        )
