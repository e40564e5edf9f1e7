"""The disclaimer staff's page: live text, signer, next review, where shown, draft beside live."""

import csv
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from publishing import clock, disclaimers, kinds, permissions, usage
from publishing.admin.copies import AlsoFound
from publishing.admin.entries import EntryAdmin
from publishing.admin.precedence import precedence
from publishing.admin.used_on import PER_PAGE
from publishing.comparison import changed_fields
from publishing.disclaimers import DisclaimerDocument
from publishing.documents import load_payload
from publishing.models import Disclaimer

# A spreadsheet runs a cell that begins with one of these. No title begins with white space.
FORMULA = ("=", "+", "-", "@")


@admin.register(Disclaimer)
class DisclaimerAdmin(AlsoFound, EntryAdmin):
    change_form_template = "publishing/admin/disclaimer_form.html"
    fieldsets = (
        (None, {"fields": ("title", "slug", "body")}),
        (
            _("Shown on"),
            {
                "fields": ("scope", "scope_kind", "scope_topic", "scope_entry"),
                "description": _(
                    "A page shows the most specific disclaimer that is live: one for the page "
                    "itself, else for its topic, else for its kind, else the site's."
                ),
            },
        ),
    )
    autocomplete_fields = ("scope_topic", "scope_entry")

    class Media:
        js = ("publishing/desk-number.js",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "scope_kind":
            shown = [kind for kind in kinds.every() if kind.shows_disclaimer]
            choices = [("", "---------"), *((k.name, k.label_plural.capitalize()) for k in shown)]
            return forms.ChoiceField(choices=choices, required=False, label=field.label)
        if db_field.name == "body":
            field.help_text = _(
                "What it is, what it can't replace, and what to do in an emergency."
            )
        return field

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and change and obj.head_id and obj.head.payload.text:
            context.update(self._where_it_stands(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "publishing_disclaimer_where_shown"
        return [
            path("<int:pk>/where-shown.csv", view(self.where_shown), name=name),
            path("<int:pk>/where-shown/", view(self.where_shown_list), name=f"{name}_list"),
            *super().get_urls(),
        ]

    def where_shown_list(self, request, pk: int) -> HttpResponse:
        """Show the live pages that show the newest text, and which disclaimer wins where."""
        entry, draft = self._newest(request, pk)
        at = clock.now()
        live = disclaimers.live_editions(at)
        pages = disclaimers.pages_showing(draft, entry, at, live=live)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Where shown"),
            "entry": entry,
            "media": self.media,
            "now": at,
            "pages": Paginator(pages, PER_PAGE).get_page(request.GET.get("page")),
            "change_url": reverse("admin:publishing_disclaimer_change", args=[entry.pk]),
            **_ranks(draft, entry, at, live),
        }
        return TemplateResponse(request, "publishing/admin/where_shown.html", context)

    def _newest(self, request, pk: int) -> tuple[Disclaimer, DisclaimerDocument]:
        """Return a disclaimer that a person may see, with what its newest version says."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Disclaimer.objects.exclude(head=None).select_related("head__payload")
        entry = get_object_or_404(rows, pk=pk)
        if entry.head.payload.text is None:
            raise Http404
        return entry, load_payload(DisclaimerDocument, entry.head.payload.text)[0]

    def where_shown(self, request, pk: int) -> HttpResponse:
        """Answer the live pages that show the newest text, one line each, as CSV."""
        entry, draft = self._newest(request, pk)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{entry.slug}.csv"'
        lines = csv.writer(response)
        lines.writerow([_("address"), _("title"), _("live since")])
        for page in disclaimers.pages_showing(draft, entry, clock.now()):
            title = f"'{page.title}" if page.title.startswith(FORMULA) else page.title
            lines.writerow([settings.SITE_URL + page.path, title, page.live_from.isoformat()])
        return response

    def _where_it_stands(self, entry: Disclaimer) -> dict:
        at = clock.now()
        kind = kinds.get("disclaimer")
        draft = load_payload(kind.document, entry.head.payload.text)[0]
        in_force = disclaimers.live_editions(at)
        live = next((e for e in in_force if e.entry_id == entry.pk), None)
        said = disclaimers.document_of(live) if live else None
        return {
            "live": live,
            "live_document": said,
            "draft_changes": changed_fields(said, draft) if said else [],
            **usage.listing(disclaimers.pages_showing(draft, entry, at, live=in_force), at),
            **_ranks(draft, entry, at, in_force),
            "signers": permissions.allowed_people("sign", kind),
        }


def _ranks(draft: DisclaimerDocument, entry: Disclaimer, at: datetime, live) -> dict:
    """Return the context of ``precedence.html``."""
    found = precedence(draft, entry, at, live)
    return {"precedence": found, "taken": [one for one in found if one.taken]}
