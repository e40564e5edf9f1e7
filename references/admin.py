"""The library in the admin, and the inlines by which entries list and describe references."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing.admin.inlines import FOLDED, KnowsChoices, RowTable, swappable
from publishing.admin.kept_rows import is_key
from publishing.admin.used_on import RegisterUsedOn
from publishing.models import EditionTie
from references import csl
from references.finding import matching
from references.library import used_keys
from references.models import Citation, FurtherReference, Reference
from references.retracting import standing_saved

STANDING = ("status", "status_on", "status_notice", "checked_on")
"""What is known of a reference since it appeared: a form says which of it its sender changed."""

SHOWN = 20
"""References that the editor's dialog shows at once: more are told apart by more words."""


def _counted(shown: list[Reference]) -> str:
    if len(shown) > SHOWN:
        return gettext("The first %(count)d. Type more words to find others.") % {"count": SHOWN}
    return ngettext("%(count)d found.", "%(count)d found.", len(shown)) % {"count": len(shown)}


def _choice(reference: Reference) -> dict[str, str]:
    names = csl.names_to_text(reference.authors[:3]) + (" et al." if reference.authors[3:] else "")
    parts = (names, reference.container_title, str(reference.year or ""), f"@{reference.key}")
    warned = reference.status in (Reference.Statuses.RETRACTED, Reference.Statuses.CONCERN)
    return {
        "key": reference.key,
        "title": reference.title or reference.key,
        "detail": " · ".join(filter(None, parts)),
        "alert": str(reference.get_status_display()) if warned else "",
    }


@admin.register(Reference)
class ReferenceAdmin(RegisterUsedOn, admin.ModelAdmin):
    tie = EditionTie.REFERENCE
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("key", "title", "year", "container_title", "status")
    list_filter = ("status", "type")
    search_fields = ("key", "title", "doi", "pmid")
    fieldsets = (
        (None, {"fields": ("key", "type", "title", "authors", "editors")}),
        (
            _("Where it appeared"),
            {
                "fields": (
                    "container_title",
                    ("volume", "issue", "page"),
                    ("year", "month", "day", "no_date"),
                    ("publisher", "publisher_place"),
                )
            },
        ),
        (
            _("How readers find it"),
            {"fields": (("doi", "pmid"), ("pmcid", "isbn"), "url", "accessed")},
        ),
        (
            _("Standing"),
            {
                "fields": ("study_design", ("status", "status_on"), "status_notice", "checked_on"),
                "description": _(
                    "Whoever cites or reviews the reference is shown its standing. “Retracted” "
                    "tells the readers of each page that cites it at once and opens a case on the "
                    "page; no other page that cites it can be published."
                ),
            },
        ),
    )

    def get_urls(self):
        view = self.admin_site.admin_view(self.cite)
        return [path("cite/", view, name="references_reference_cite"), *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        """Search as the editor's “Cite” does: key, title, names, journal, year, identifiers."""
        return matching(queryset, search_term), False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in STANDING:
            if name in form.base_fields:
                form.base_fields[name].show_hidden_initial = True
        return form

    def save_model(self, request, obj, form, change) -> None:
        """Save, and tell the pages that cite it of a retraction, in one transaction.

        A form that was opened before a retraction, and says nothing of the standing, undoes none.
        """
        # Not its key: whoever saves a page that cites it holds that page, and waits for the key.
        rows = Reference.objects.select_for_update(no_key=True).filter(pk=obj.pk)
        kept = rows.values(*STANDING).first() or {}
        for name in kept.keys() - set(form.changed_data):
            setattr(obj, name, kept[name])
        super().save_model(request, obj, form, change)
        standing_saved(request, obj, kept.get("status", ""))

    def cite(self, request) -> JsonResponse:
        """Answer the references that match ``q``, for the editor's dialog, newest first.

        ``added`` asks for one by its primary key instead: the one that was added a moment ago.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = matching(Reference.objects.all(), request.GET.get("q", ""))
        if "added" in request.GET:
            key = request.GET["added"]
            found = Reference.objects.filter(pk=key) if is_key(key) else Reference.objects.none()
        shown = list(found.order_by(F("year").desc(nulls_last=True), "key")[: SHOWN + 1])
        return JsonResponse(
            {"said": _counted(shown), "results": [_choice(r) for r in shown[:SHOWN]]}
        )

    def get_readonly_fields(self, request, obj=None):
        # A text that was signed cites it by this key.
        return ("key",) if obj is not None and used_keys([obj.key]) else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        return (
            obj is not None
            and not used_keys([obj.key])
            and super().has_delete_permission(request, obj)
        )


class FurtherReferenceInline(RowTable):
    model = FurtherReference
    formset = swappable("reference")
    fields = ("reference", "position")
    autocomplete_fields = ("reference",)


class CitationInline(KnowsChoices, admin.StackedInline):
    model = Citation
    formset = swappable("reference")
    extra = 0
    classes = FOLDED
    fields = ("reference", ("locator", "reading", "as_retracted"), "words")
    autocomplete_fields = ("reference",)
    verbose_name_plural = _("what we know of each citation (staff only)")
