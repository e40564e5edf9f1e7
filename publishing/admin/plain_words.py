"""What Django's lists and addresses say in its own words, said in the house's."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class PlainWords:
    """Mixin of a ModelAdmin; goes before ModelAdmin."""

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Show the list; an action without its name, or without lines, does nothing and says so."""
        asked = request.method == "POST" and "action" in request.POST
        if asked and not request.POST["action"]:
            return self._not_done(request, _("Nothing was done. Choose what to do, then press Go."))
        if asked and not request.POST.getlist(ACTION_CHECKBOX_NAME):
            told = _("Nothing was done. Tick the lines that you mean, then press Go.")
            return self._not_done(request, told)
        return super().changelist_view(request, extra_context)

    def _not_done(self, request: HttpRequest, told: str) -> HttpResponse:
        self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id) -> HttpResponse:
        told = _("%(kind)s %(number)s was never made. Look for it in its list.")
        named = {"kind": capfirst(opts.verbose_name), "number": object_id}
        self.message_user(request, told % named, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:index"))
