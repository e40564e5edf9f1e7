"""What staff do to several entries of a list at once: one page an action, calling the verbs.

Each page lists the entries, asks what the single action asks, and ends in a report that says of
each entry what was done, or what was refused and why.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from publishing.admin.bulk import asking, editions, report, signing, topics
from publishing.admin.bulk.chosen import keys_in
from publishing.admin.bulk.page import BulkPage

__all__ = ["ACTIONS", "PAGES", "keys_in", "urls"]

PAGES: tuple[type[BulkPage], ...] = (
    asking.RequestReview,
    signing.Sign,
    editions.Publish,
    editions.Schedule,
    topics.ChangeTopic,
)


def urls(model_admin) -> list:
    """Return the addresses of all bulk pages for a kind's admin, and of the report."""
    prefix = model_admin.model._meta.label_lower.replace(".", "_")
    view = model_admin.admin_site.admin_view
    made = [
        path(
            f"bulk/{page.name.replace('_', '-')}/",
            view(page(model_admin)),
            name=f"{prefix}_bulk_{page.name}",
        )
        for page in PAGES
    ]
    shown = view(report.view(model_admin))
    return [*made, path("bulk/report/", shown, name=f"{prefix}_bulk_report")]


def _action(page: type[BulkPage]) -> Callable:
    """Return the choice in the list's menu that leads to a bulk page."""

    def lead(model_admin, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: page.most + 1])
        if len(keys) > page.most:
            messages.error(
                request,
                _("Not begun. You chose more than %(most)d. Choose fewer: the rest can follow.")
                % {"most": page.most},
            )
            return None
        prefix = model_admin.model._meta.label_lower.replace(".", "_")
        query = {"entries": ",".join(map(str, keys)), "list": request.GET.urlencode()}
        address = reverse(f"admin:{prefix}_bulk_{page.name}")
        return HttpResponseRedirect(f"{address}?{urlencode(query)}")

    lead.__name__ = f"bulk_{page.name}"
    lead.short_description = page.title
    lead.offered = page.offered
    return lead


ACTIONS = tuple(_action(page) for page in PAGES)
