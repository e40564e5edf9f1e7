"""Rows of a file's table that were offered to a supplement which existed already."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.importing.drafts import form_of
from articles.importing.parsed import ParsedComparison
from articles.models import ImportRecord
from publishing import clock as clocks
from publishing import documents, verbs
from publishing.locks import lock
from publishing.models import Revision
from publishing.refusals import Refused
from supplements import kind as supplement_kind
from supplements.models import Supplement


@transaction.atomic
def take_offered_rows(record: ImportRecord, *, by, clock=clocks.now) -> Revision:
    """Add the offered rows that a supplement does not have yet to its draft, to be confirmed.

    Rows whose form it has already are left out: an existing row is never changed. Raises Refused
    where there is nothing to add.
    """
    offered = record.offered
    entry = Supplement.objects.filter(uid=offered.get("supplement")).first()
    if entry is None:
        raise Refused(_("Nothing was added. The supplement is no longer there."))
    lock([entry])
    compared = ParsedComparison(
        supplement=entry.title,
        columns=tuple(offered["columns"]),
        rows=tuple(tuple(row) for row in offered["rows"]),
        guessed=True,
        line=0,
    )
    before = supplement_kind.to_document(entry)
    known = {form.name.casefold() for form in before.forms}
    new = [form_of(compared, row) for row in compared.rows if row[0].casefold() not in known]
    if not new:
        raise Refused(_("Nothing was added. “%(name)s” has all of these forms.") % {"name": entry})
    message = _("%(count)d rows were added from %(file)s; check each cell.") % {
        "count": len(new),
        "file": record.filename,
    }
    document = documents.replaced(
        before,
        forms=[*(form.model_dump() for form in before.forms), *new],
        guesses=[*(g.model_dump() for g in before.guesses), {"field": "forms", "message": message}],
    )
    supplement_kind.apply(document, entry)
    reason = _("Rows taken from %(file)s") % {"file": record.filename}
    return verbs.save_revision(entry, by=by, reason=reason[:300], clock=clock)
