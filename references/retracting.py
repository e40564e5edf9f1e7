"""What setting a reference's standing in the library does to the pages that cite it."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import clock, verbs
from publishing.models import Edition
from publishing.usage import once_each
from publishing.worklist.items import change_url
from references.claims import name_of
from references.library import csl_item
from references.models import Reference

NAMED = 10
"""Pages that the message names; the list of all that use the reference has the rest."""


def standing_saved(request: HttpRequest, reference: Reference, before: str) -> None:
    """Tell readers of a change of standing, open or close its cases, and say what was done.

    ``before`` is the status that it had.
    """
    retracted, name = Reference.Statuses.RETRACTED, name_of(csl_item(reference))
    if reference.status == retracted:
        # Also where it was before: what its pages were told already is not told again.
        opened = verbs.source_retracted(
            reference.uid,
            name,
            since=reference.status_on,
            address=reference.status_notice,
            by=request.user,
        )
        if before == retracted:
            return
        if opened:
            messages.warning(request, _pages(opened))
        else:
            messages.info(request, _("Retracted. No live or scheduled page cites it."))
    elif before == retracted != reference.status:
        closed = verbs.source_not_retracted(reference.uid, name, by=request.user)
        if closed:
            words = ngettext(
                "No longer retracted. %(count)d case about it was closed.",
                "No longer retracted. %(count)d cases about it were closed.",
                closed,
            )
            messages.info(request, words % {"count": closed})


def _pages(entries: list[int]) -> str:
    held = Edition.objects.held().ending_after(clock.now()).filter(entry__in=entries[:NAMED])
    shown = once_each(held).select_related("entry").order_by("title", "pk")
    pages = [(change_url(edition.entry), edition.title) for edition in shown]
    context = {"count": len(entries), "pages": pages, "rest": len(entries) - len(pages)}
    return render_to_string("references/retracted.html", context)
