"""Closing a case: somebody looked at the page, and nothing needs changing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import cases, clock, kinds, permissions
from publishing.models import Case


def close_case(model_admin, request: HttpRequest, pk: int, case: int) -> HttpResponse:
    """Close an open case of an entry and lead back to it; pressed twice, it is closed once."""
    kind = kinds.get(model_admin.model.kind_name)
    if not permissions.may(request.user, "write", kind):
        raise permissions.MayNot(permissions.who_may("write", kind))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    closable = Case.objects.filter(why__in=Case.CLOSED_BY_HAND)
    found = get_object_or_404(closable, pk=case, entry=pk, entry__kind=kind.name)
    if cases.close_one(found, by=request.user, at=clock.now()):
        messages.success(request, _("Closed. The text stays as it is."))
    meta = model_admin.model._meta
    return HttpResponseRedirect(
        reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk])
    )
