"""REF-1, REF-2 and REF-6: every claim can be traced to a source that can be found."""

from collections.abc import Iterator

from publishing import richtext
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.documents import TextPiece
from references import citations
from references.library import cited_keys

_IDENTIFIERS = ("DOI", "PMID", "PMCID", "ISBN", "URL")


@check("REF-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SOURCES)
def citations_resolve(context: Context) -> Iterator[Finding]:
    """Every `[@key]` is in the library (JAMA benchmarks, HON 4)."""
    known = context.sources.get("references", {})
    for piece in context.document.texts():
        for heading, text in passages(piece):
            for key in citations.keys(text, html=False):
                if key not in known:
                    yield Finding(
                        _("The citation [@%(key)s] is not in the library.") % {"key": key},
                        _("Mend the key, or add the reference under References."),
                        Place(piece.field, heading, sentence_with(text, f"@{key}")),
                    )
    for key in getattr(context.document, "further_references", ()):
        if key not in known:
            yield Finding(
                _("The further reference “%(key)s” is not in the library.") % {"key": key},
                _("Remove it, or add it under References."),
                Place("further_references"),
            )


@check("REF-1", Level.ERROR, gates=(Gate.PUBLISH,), group=Group.SOURCES)
def references_are_complete(context: Context) -> Iterator[Finding]:
    """Every reference has a title and an identifier or address (error); a date (warning)."""
    for key, frozen in sorted(context.sources.get("references", {}).items()):
        item = frozen["csl"]
        place = Place("references", sentence=key)
        if not item.get("title"):
            yield Finding(
                _("The reference %(key)s has no title.") % {"key": key},
                _("Add it under References, then save this page again."),
                place,
            )
        if not any(item.get(name) for name in _IDENTIFIERS):
            yield Finding(
                _("The reference %(key)s can't be found by readers.") % {"key": key},
                _("Add a DOI, PMID, PMCID, ISBN or address under References."),
                place,
            )
        if not item.get("issued") and not frozen.get("no_date"):
            yield Finding(
                _("The reference %(key)s has no year.") % {"key": key},
                _("Add the year, or tick “no date”, under References."),
                place,
                level=Level.WARNING,
            )


@check("REF-2", Level.ERROR, gates=(Gate.SIGN,), group=Group.SOURCES)
def key_points_are_cited(context: Context) -> Iterator[Finding]:
    """Every effect or fact has a citation; advice has one or is marked as ours (HON 5)."""
    for row, point in enumerate(getattr(context.document, "key_points", ()), 1):
        if citations.keys(point.text, html=False) or (point.kind == "advice" and point.editorial):
            continue
        place = Place(f"key_points.{row}.text", sentence=point.text)
        name = point.label or point.text[:60] or str(row)
        if point.kind == "advice":
            hint = _("Cite a source as [@key], or mark it as our editorial advice.")
        else:
            hint = _("Cite a source as [@key].")
        yield Finding(_("The key point “%(name)s” has no source.") % {"name": name}, hint, place)


@check("REF-6", Level.ADVICE, group=Group.SOURCES)
def listed_references_are_cited(context: Context) -> Iterator[Finding]:
    """A listed reference that is never cited."""
    cited = set(cited_keys(context.document))
    for key in getattr(context.document, "further_references", ()):
        if key not in cited:
            yield Finding(
                _("The reference %(key)s is listed and never cited.") % {"key": key},
                _("Cite it where it supports a sentence, or leave it as further reading."),
                Place("further_references", sentence=key),
            )


def passages(piece: TextPiece) -> Iterator[tuple[str, str]]:
    """Yield the passages of a text, as plain text, each with the heading that it stands under."""
    if not piece.html:
        yield "", piece.text
        return
    for block in richtext.blocks(piece.text):
        yield block.heading, block.text


def sentence_with(text: str, part: str) -> str:
    """Return the sentence of a text that holds a part, shortened to 200 characters."""
    at = text.find(part)
    start = max(text.rfind(mark, 0, at) for mark in (". ", "? ", "! ", "\n")) + 1
    ends = [end for mark in (". ", "? ", "! ", "\n") if (end := text.find(mark, at)) != -1]
    return text[start : min(ends, default=len(text)) + 1].strip()[:200]
