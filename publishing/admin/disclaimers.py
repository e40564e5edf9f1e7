"""The disclaimer staff's page: live text, signer, next review, where shown, draft beside live."""

import csv

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from publishing import clock, disclaimers, kinds, permissions, usage
from publishing.admin.entries import EntryAdmin
from publishing.comparison import changed_fields
from publishing.disclaimers import DisclaimerDocument
from publishing.documents import load_payload
from publishing.models import Disclaimer

# A spreadsheet runs a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@admin.register(Disclaimer)
class DisclaimerAdmin(EntryAdmin):
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
        view = self.admin_site.admin_view(self.where_shown)
        name = "publishing_disclaimer_where_shown"
        return [path("<int:pk>/where-shown.csv", view, name=name), *super().get_urls()]

    def where_shown(self, request, pk: int) -> HttpResponse:
        """Answer the live pages that show the newest text's scope, one line each, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(Disclaimer.objects.exclude(head=None), pk=pk)
        if entry.head.payload.text is None:
            raise Http404
        draft = load_payload(DisclaimerDocument, entry.head.payload.text)[0]
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
        live = next((e for e in disclaimers.live_editions(at) if e.entry_id == entry.pk), None)
        said = disclaimers.document_of(live) if live else None
        return {
            "live": live,
            "live_document": said,
            "draft_changes": changed_fields(said, draft) if said else [],
            **usage.listing(disclaimers.pages_showing(draft, entry, at), at),
            "signers": permissions.allowed_people("sign", kind),
        }
