"""“Also found in the text of N pages”: the texts that repeat a sentence of a disclaimer."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import clock, copies, disclaimers, kinds


class AlsoFound:
    """Mixin of the disclaimer's admin; goes before EntryAdmin.

    Looking through every text takes up to a second at ten thousand pages, so that the change page
    has a link, and its script asks for the number.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(self.also_found)
        name = "publishing_disclaimer_also_found"
        return [path("<int:pk>/also-found/", view, name=name), *super().get_urls()]

    def also_found(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the texts that repeat a sentence of the newest or the live text.

        With ``?number`` it answers how many they are, in words, as JSON.
        """
        entry, draft = self._newest(request, pk)
        live = [e for e in disclaimers.live_editions(clock.now()) if e.entry_id == entry.pk]
        found = copies.copies_of([draft, *map(disclaimers.document_of, live)])
        said = number_words(len(found))
        if "number" in request.GET:
            return JsonResponse({"said": said})
        rows = [{"copy": copy, "url": _change_url(copy.entry)} for copy in found[: copies.MOST]]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Also found in other texts"),
            "entry": entry,
            "media": self.media,
            "said": said,
            "rows": rows,
            "change_url": reverse("admin:publishing_disclaimer_change", args=[entry.pk]),
        }
        return TemplateResponse(request, "publishing/admin/also_found.html", context)


def number_words(count: int) -> str:
    """Say in how many pages' texts copies were found."""
    if count > copies.MOST:
        return _("Also found in the text of more than %(count)d pages") % {"count": copies.MOST}
    if not count:
        return _("Found in the text of no other page")
    return ngettext(
        "Also found in the text of %(count)d page",
        "Also found in the text of %(count)d pages",
        count,
    ) % {"count": count}


def _change_url(entry) -> str:
    meta = kinds.of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
