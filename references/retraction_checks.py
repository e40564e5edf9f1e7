"""REF-4: nothing rests on a source that was retracted (NISO RP-45-2024, CREC)."""

from collections.abc import Iterator
from typing import Any

from publishing import zone
from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import Message, later
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from references.claims import name_of
from references.models import Reference
from references.reading import is_cited_as_retracted
from references.retracted_sentences import citing, says_so


@check("REF-4", Level.ERROR, gates=(Gate.PUBLISH, Gate.NIGHT), group=Group.SOURCES)
def nothing_rests_on_a_retracted_source(context: Context) -> Iterator[Finding]:
    """A retracted source is cited as such and the sentence says so, or it is not cited."""
    frozen = context.sources.get("references", {})
    uids = {found["uid"] for found in frozen.values()}
    rows = Reference.objects.filter(uid__in=uids, status=Reference.Statuses.RETRACTED)
    retracted = {str(row.uid): row for row in rows} if uids else {}
    for key, found in sorted(frozen.items()):
        if found["uid"] in retracted:
            yield from _about(context, key, found, retracted[found["uid"]])


def _about(
    context: Context, key: str, frozen: dict[str, Any], reference: Reference
) -> Iterator[Finding]:
    said, marked = _was_retracted(frozen, reference), is_cited_as_retracted(frozen)
    if marked:
        hint = _("Say in this sentence that the study was retracted.")
    else:
        hint = _("Replace it, or mark it “cited as retracted” and say so in the sentence.")
    for place, sentence in citing(context.document, key):
        if not marked or not says_so(sentence, context.document.language):
            yield Finding(said, hint, place)
    if key in getattr(context.document, "further_references", ()):
        yield Finding(said, _("Take it off the further references."), Place("further_references"))


def _was_retracted(frozen: dict[str, Any], reference: Reference) -> Message:
    name = name_of(frozen["csl"])
    if reference.status_on is None:
        return _("%(name)s was retracted.") % {"name": name}
    on = later(zone.day, reference.status_on)
    return _("%(name)s was retracted on %(day)s.") % {"name": name, "day": on}
