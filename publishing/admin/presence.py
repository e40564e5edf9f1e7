"""Who has an entry's form open: said when it opens, and every half minute by its script."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from publishing import clock
from publishing.models import Entry, Presence
from publishing.permissions import person_name

SEEN = timedelta(seconds=90)
"""How long somebody counts as present after their browser last said so: three missed turns."""


def touch(entry: Entry, user, at: datetime) -> None:
    """Note that a person has the entry's form open at an instant."""
    Presence.objects.bulk_create(
        [Presence(entry_id=entry.pk, by=user, at=at)],
        update_conflicts=True,
        unique_fields=["entry", "by"],
        update_fields=["at"],
    )


def others(entry: Entry, user, at: datetime) -> list[str]:
    """Return the names of the other people who have the form open, by name."""
    seen = Presence.objects.filter(entry=entry.pk, at__gt=at - SEEN).exclude(by=user)
    return sorted(person_name(row.by) for row in seen.select_related("by"))


def in_words(names: list[str]) -> str:
    """Say who else has the page open; "" for nobody."""
    if not names:
        return ""
    listed = _(" and ").join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return ngettext(
        "%(names)s has this page open too.", "%(names)s have this page open too.", len(names)
    ) % {"names": listed}


def urls(model_admin) -> list:
    """Return the address at which a page says that it is still open."""
    name = model_admin.model._meta.label_lower.replace(".", "_")

    @require_POST
    def still_open(request: HttpRequest, pk: int) -> JsonResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        entry = model_admin.model._default_manager.filter(pk=pk).only("pk").first()
        if entry is None:
            raise Http404
        at = clock.now()
        touch(entry, request.user, at)
        return JsonResponse({"others": in_words(others(entry, request.user, at))})

    view = model_admin.admin_site.admin_view(still_open)
    return [path("<int:pk>/presence/", view, name=f"{name}_presence")]
