"""Rows of a file's table that were offered to a supplement which existed already."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.supplement_drafts import form_of, lacking
from articles.models import ImportRecord
from publishing import clock as clocks
from publishing import documents, languages, verbs
from publishing.locks import lock
from publishing.models import Entry, Revision
from publishing.refusals import Refused
from supplements import kind as supplement_kind
from supplements.models import Supplement


def rows_to_take(record: ImportRecord) -> list[list[str]]:
    """Return the offered rows that the supplement does not have by now."""
    entry = Supplement.objects.filter(uid=record.offered.get("supplement")).first()
    return lacking(entry, record.offered) if entry else []


@transaction.atomic
def take_offered_rows(record: ImportRecord, *, by, clock=clocks.now) -> Revision:
    """Add the offered rows that a supplement does not have yet to its draft, to be confirmed.

    Rows whose form it has already are left out: an existing row is never changed. Raises
    NotAllowed for somebody who may not write supplements, and Refused where there is nothing to
    add.
    """
    offered = record.offered
    lock(Entry.objects.filter(uid=offered.get("supplement")))
    entry = Supplement.objects.filter(uid=offered.get("supplement")).first()
    if entry is None:
        raise Refused(_("Nothing was added. The supplement is no longer there."))
    new = lacking(entry, offered)
    if not new:
        raise Refused(_("Nothing was added. “%(name)s” has all of these forms.") % {"name": entry})
    message = ngettext(
        "%(count)d row was added from %(file)s; check each cell.",
        "%(count)d rows were added from %(file)s; check each cell.",
        len(new),
    ) % {"count": len(new), "file": record.filename}
    before = supplement_kind.to_document(entry)
    document = documents.replaced(
        before,
        forms=[
            *(form.model_dump() for form in before.forms),
            *(form_of(offered["columns"], row) for row in new),
        ],
        guesses=[*(g.model_dump() for g in before.guesses), {"field": "forms", "message": message}],
    )
    supplement_kind.apply(document, entry)
    with languages.in_default():
        reason = _("Rows taken from %(file)s") % {"file": record.filename}
    record.offered = {**offered, "new": 0}
    record.save(update_fields=["offered"])
    return verbs.save_revision(entry, by=by, reason=reason[:300], clock=clock)
