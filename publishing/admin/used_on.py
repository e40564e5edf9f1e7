"""“Used on N pages”: where something shared is shown, cited or named, live or scheduled."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock
from publishing.admin.plain_words import PlainWords
from publishing.models import Edition, EditionQuerySet
from publishing.usage import once_each

PER_PAGE = 100


class UsedOn:
    """Mixin of a ModelAdmin whose objects are tied to pages; goes before ModelAdmin.

    ``tie`` is the sort of tie; its identity is the object's ``uid``.
    """

    tie = ""

    def pages_using(self, obj) -> EditionQuerySet:
        """Return the editions, live or scheduled, that use an object, by title."""
        found = Edition.objects.held().ending_after(clock.now()).tied(self.tie, obj.uid)
        return found.order_by("title", "live_from", "pk")

    def was_used(self, obj) -> bool:
        """Say whether any edition ever used an object."""
        return Edition.objects.tied(self.tie, obj.uid).exists()

    def used_on_url(self, obj) -> str:
        """Return the address of the whole list."""
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_used_on", args=[obj.pk])

    def get_urls(self):
        meta = self.model._meta
        view = self.admin_site.admin_view(self.used_on)
        name = f"{meta.app_label}_{meta.model_name}_used_on"
        return [path("<path:object_id>/used-on/", view, name=name), *super().get_urls()]

    def used_on(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the pages that use an object."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        pages = Paginator(once_each(self.pages_using(obj)), PER_PAGE)
        meta = self.model._meta
        context = {
            **self.admin_site.each_context(request),
            "opts": meta,
            "title": _("Used on"),
            "entry": obj,
            "media": self.media,
            "now": clock.now(),
            "pages": pages.get_page(request.GET.get("page")),
            "change_url": reverse(
                f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk]
            ),
        }
        return TemplateResponse(request, "publishing/admin/used_on.html", context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and change:
            context["used_on"] = once_each(self.pages_using(obj)).count()
            context["used_on_url"] = self.used_on_url(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


class RegisterUsedOn(PlainWords, UsedOn):
    """The same for a register or a library record, whose form has nothing else to say on top.

    ``reaches`` says what saving does to the pages that use it.
    """

    change_form_template = "publishing/admin/register_form.html"
    reaches: Any = gettext_lazy(
        "They show it as it was when each was saved, until they are saved anew."
    )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["reaches"] = self.reaches
        return super().render_change_form(request, context, add, change, form_url, obj)
