"""An entry's versions: the list, comparing two, previewing one, restoring one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import clock, kinds, permissions, verbs
from publishing.comparison import changed_fields
from publishing.documents import load_payload
from publishing.models import Change, Edition, Entry, Revision
from publishing.preview import draft_page
from publishing.refusals import Refused
from publishing.views import render_page


def bound(view, model_admin):
    """Return a view that knows its admin, and lets in only who may see the kind."""
    return partial(view, model_admin)


def timeline(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """List saves, signatures and editions of an entry, from the ledger, newest first."""
    entry = _entry(model_admin, request, pk)
    changes = Change.objects.filter(entry=entry.pk).select_related("by").order_by("-number")
    revisions = {
        r.number: r
        for r in Revision.objects.filter(entry=entry.pk).select_related("by").order_by("-number")
    }
    rows = []
    for change in changes[:500]:
        facts = change.facts()
        rows.append((change, facts, revisions.get(facts.get("number"))))
    context = {
        "rows": rows,
        "may_write": permissions.may(request.user, "write", kinds.of(entry)),
    }
    return _page(
        model_admin, request, entry, "publishing/admin/history.html", _("History"), context
    )


def compare(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show two versions side by side, changed words marked; by default live and newest."""
    entry = _entry(model_admin, request, pk)
    before = _revision(entry, request.GET.get("from")) or _live_revision(entry) or entry.head
    after = _revision(entry, request.GET.get("to")) or entry.head
    model = kinds.of(entry).document
    if None in (before.payload.text, after.payload.text):
        raise Http404
    changes = changed_fields(
        load_payload(model, before.payload.text)[0], load_payload(model, after.payload.text)[0]
    )
    context = {"before": before, "after": after, "changes": changes}
    return _page(
        model_admin, request, entry, "publishing/admin/compare.html", _("Compare"), context
    )


def preview(model_admin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a version as readers would get it; ``?along=1,2`` says with which newest embeds."""
    entry = _entry(model_admin, request, pk)
    revision = _revision(entry, str(number))
    if revision is None or revision.payload.text is None:
        raise Http404
    at = clock.now()
    asked = request.GET.get("along")
    along = None if asked is None else {int(pk) for pk in asked.split(",") if pk.isdecimal()}
    page = draft_page(revision, at, along=along)
    context = {**page.main.kind.view(page), "preview_of": revision, "asked_at": at}
    response = render_page(page.main.kind.template, context)
    response["X-Robots-Tag"] = "noindex"
    return response


def restore(model_admin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write an older version back into the draft, as a new version to be signed anew."""
    entry = _entry(model_admin, request, pk)
    revision = _revision(entry, str(number))
    if revision is None:
        raise Http404
    meta = model_admin.model._meta
    change_url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
    if request.method == "POST":
        try:
            verbs.restore(revision, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            done = _("Version %(number)s is the draft again. It must be signed anew.")
            messages.success(request, done % {"number": number})
        return HttpResponseRedirect(change_url)
    context = {"revision": revision, "change_url": change_url}
    return _page(
        model_admin, request, entry, "publishing/admin/restore.html", _("Restore"), context
    )


def _entry(model_admin, request: HttpRequest, pk: int) -> Entry:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    entry = model_admin.model.objects.select_related("head__payload").filter(pk=pk).first()
    if entry is None or entry.head is None:
        raise Http404
    return entry


def _revision(entry: Entry, number: str | None) -> Revision | None:
    if not number or not number.isdecimal():
        return None
    found = Revision.objects.filter(entry=entry.pk, number=int(number))
    return found.select_related("payload", "by", "entry").first()


def _live_revision(entry: Entry) -> Revision | None:
    edition = Edition.objects.live(clock.now()).filter(entry=entry.pk).composed().first()
    return edition.revision if edition else None


def _page(model_admin, request, entry, template: str, title: str, context: dict) -> HttpResponse:
    meta = model_admin.model._meta
    full = {
        **model_admin.admin_site.each_context(request),
        "opts": meta,
        "title": title,
        "entry": entry,
        "media": model_admin.media,
        "url_prefix": f"admin:{meta.app_label}_{meta.model_name}",
        "change_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk]),
        **context,
    }
    return TemplateResponse(request, template, full)
