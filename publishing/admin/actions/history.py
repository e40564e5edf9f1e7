"""What happened to an entry, in words from the ledger; and restoring an older version."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from publishing import kinds, permissions, share_links, verbs
from publishing.admin.actions import events
from publishing.models import Change, Entry, Revision
from publishing.refusals import Refused

PAGE = 100


def bound(view, model_admin):
    """Return a view that knows its admin, and lets in only who may see the kind."""
    return partial(view, model_admin)


def timeline(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """List what happened to an entry, from the ledger, newest first, a hundred a page."""
    entry = entry_of(model_admin, request, pk)
    changes = Change.objects.filter(entry=entry.pk).select_related("by").order_by("-number")
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "events": events.told(entry, page.object_list),
        "may_write": permissions.may(request.user, "write", kinds.of(entry)),
        "may_share": share_links.may_share(request.user, entry),
    }
    return show(model_admin, request, entry, "publishing/admin/history.html", _("History"), context)


def restore(model_admin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write an older version back into the draft, as a new version to be signed anew."""
    entry = entry_of(model_admin, request, pk)
    if not permissions.may(request.user, "write", kinds.of(entry)):
        who = permissions.who_may("write", kinds.of(entry))
        if request.method == "POST":
            raise permissions.MayNot(who)
        closed = {"why": who}
        page = "publishing/admin/closed.html"
        return show(model_admin, request, entry, page, _("Restore"), closed, 403)
    revision = revision_of(entry, str(number))
    if revision is None:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            done = _restored(request, entry, revision)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, done % {"number": number})
            return HttpResponseRedirect(change_url(model_admin, entry))
    context = {"revision": revision, "refusal": refusal}
    page = "publishing/admin/restore.html"
    status = 409 if refusal else 200
    return show(model_admin, request, entry, page, _("Restore"), context, status)


def _restored(request: HttpRequest, entry: Entry, revision: Revision) -> str:
    """Restore what the page was opened for, and say what became of it."""
    if entry.head.digest == revision.digest:
        return _("Nothing was changed. The draft says what version %(number)s says.")
    opened = request.POST.get("opened", "")
    # A form that does not say what it was opened with saw no version.
    base = int(opened) if opened.isdecimal() and len(opened) <= 9 else 0
    verbs.restore(revision, by=request.user, base=base)
    return _("Version %(number)s is the draft again. It must be signed anew.")


def entry_of(model_admin, request: HttpRequest, pk: int) -> Entry:
    """Return an entry that has a version, for somebody who may see its kind."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    entry = model_admin.model.objects.select_related("head__payload").filter(pk=pk).first()
    if entry is None or entry.head is None:
        raise Http404
    return entry


def revision_of(entry: Entry, number: str | None) -> Revision | None:
    """Return a version of an entry by what an address says its number is."""
    if not number or not number.isdecimal() or len(number) > 9:
        return None
    found = Revision.objects.filter(entry=entry.pk, number=int(number))
    return found.select_related("payload", "by", "entry").first()


def change_url(model_admin, entry: Entry) -> str:
    """Return the address of an entry's change page."""
    return events.address(entry, "change", entry.pk)


def show(
    model_admin, request, entry: Entry, template: str, title: str, context: dict, status: int = 200
) -> HttpResponse:
    """Return a page about an entry, in the admin's frame."""
    full = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": title,
        "entry": entry,
        "media": model_admin.media,
        "change_url": change_url(model_admin, entry),
        **context,
    }
    return TemplateResponse(request, template, full, status=status)
