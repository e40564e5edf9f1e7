"""The one way in which every bulk action works: a list, a form, the verbs, a report."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import permissions
from publishing.admin.actions.page import ActionForm
from publishing.admin.bulk import report
from publishing.admin.bulk.chosen import Chosen, chosen_from, keys_in, opened_in
from publishing.kinds import Kind
from publishing.refusals import Refused

logger = logging.getLogger(__name__)


class BulkPage:
    """An action on several entries of a kind. A subclass says who may, and calls its verb.

    Each entry is done by itself, in a transaction of its own: a refusal stops no other.
    """

    name = ""
    title: Any = ""
    button: Any = ""
    allowed: permissions.Action = "write"
    template = "publishing/admin/bulk.html"
    most = 100
    # Whether entries are ticked when the page opens.
    ticked_at_first = True

    def __init__(self, model_admin) -> None:
        self.model_admin = model_admin
        self.kind: Kind = model_admin.kind
        self.prefix = "admin:" + model_admin.model._meta.label_lower.replace(".", "_")

    @classmethod
    def offered(cls, model_admin, user) -> bool:
        """Say whether a person may do this to entries of a kind."""
        return permissions.may(user, cls.allowed, model_admin.kind)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        if not permissions.may(request.user, self.allowed, self.kind):
            raise permissions.MayNot(permissions.who_may(self.allowed, self.kind))
        if not self.offered(self.model_admin, request.user):
            raise PermissionDenied
        posted = request.method == "POST"
        chosen = self.chosen(request, posted)
        if not chosen:
            return HttpResponseRedirect(self.list_url(request))
        self.prepare(request, chosen)
        form = self.form(request, chosen, request.POST if posted else None)
        refusal = None
        if posted and form.is_valid():
            try:
                outcomes = self.outcomes(request, chosen, form)
            except Refused as error:
                refusal = error
            else:
                report.keep(request, self.title, outcomes, self.list_url(request))
                return HttpResponseRedirect(reverse(f"{self.prefix}_bulk_report"))
        return self.page(request, chosen, form, refusal)

    def chosen(self, request: HttpRequest, posted: bool) -> list[Chosen]:
        """Return the entries that the page is about, ticked as they came."""
        listed = opened_in(request.POST.get("listed", "")) if posted else {}
        keys = list(listed) if posted else keys_in(request.GET.get("entries", ""))
        entries = self.model_admin.get_queryset(request).filter(pk__in=keys[: self.most])
        found = chosen_from(entries.select_related("head__payload"), keys[: self.most])
        ticked = opened_in(",".join(request.POST.getlist("entry")))
        for each in found:
            each.ticked = each.entry.pk in ticked if posted else self.ticked_at_first
            each.opened = listed.get(each.entry.pk, each.opened)
        return found

    def prepare(self, request: HttpRequest, chosen: list[Chosen]) -> None:
        """Say of each entry what should be known before: notes, links, what stops it."""

    def form(self, request: HttpRequest, chosen: list[Chosen], data) -> ActionForm:
        """Return the form, bound where data was sent."""
        return ActionForm(data)

    def each(self, request: HttpRequest, chosen: Chosen, form: ActionForm) -> str:
        """Do it to one entry and say what was done. Raises Refused."""
        raise NotImplementedError

    def outcomes(
        self, request: HttpRequest, chosen: list[Chosen], form: ActionForm
    ) -> list[report.Outcome]:
        """Do it to every ticked entry. Raises Refused where none is ticked."""
        if not any(each.ticked for each in chosen):
            raise Refused(_("Nothing was done. No entry is ticked. Tick those that you mean."))
        return [self._outcome(request, each, form) for each in chosen]

    def _outcome(self, request, chosen: Chosen, form: ActionForm) -> report.Outcome:
        if chosen.stopped:
            return self.outcome(chosen, False, chosen.stopped)
        if not chosen.ticked:
            return self.outcome(chosen, False, _("Left out: you did not tick it."))
        try:
            return self.outcome(chosen, True, self.each(request, chosen, form))
        except Refused as refused:
            return self.outcome(chosen, False, refused.message, refused.problems)
        except OperationalError:
            # What was done to the entries before this one is kept: the report must say so.
            logger.exception("%s of entry %s failed", self.name, chosen.entry.pk)
            return self.outcome(
                chosen, False, _("Not done. The database did not answer. Try this one again.")
            )

    def outcome(self, chosen: Chosen, done: bool, text: str, problems=()) -> report.Outcome:
        """Return the report's line on one entry."""
        url = self.change_url(chosen)
        if done:
            return report.outcome(url, chosen.title, done, text)
        more = {"waits": chosen.waits, "way": chosen.way}
        return report.outcome(url, chosen.title, done, text, problems, **more)

    def change_url(self, chosen: Chosen) -> str:
        """Return the address of an entry's change page."""
        return self.url(chosen, "change")

    def url(self, chosen: Chosen, page: str, *args) -> str:
        """Return the address of a page about an entry."""
        return reverse(f"{self.prefix}_{page}", args=[chosen.entry.pk, *args])

    def list_url(self, request: HttpRequest) -> str:
        """Return the address of the list, filtered as it was."""
        query = request.POST.get("list") or request.GET.get("list", "")
        return reverse(f"{self.prefix}_changelist") + (f"?{query}" if query else "")

    def page(
        self, request: HttpRequest, chosen: list[Chosen], form: ActionForm, refusal: Refused | None
    ) -> HttpResponse:
        """Show the list and the form, with the refusal on top where there is one."""
        context = {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.model._meta,
            "title": self.title,
            "button": self.button,
            "kind": self.kind,
            "chosen": [(each, self.change_url(each)) for each in chosen],
            "listed": ",".join(each.value for each in chosen),
            "ready": any(not each.stopped for each in chosen),
            "form": form,
            "refusal": refusal,
            "refused_problems": [(p, "") for p in (refusal.problems if refusal else ())],
            "list_query": request.POST.get("list") or request.GET.get("list", ""),
            "list_url": self.list_url(request),
            "media": self.model_admin.media + form.media,
        }
        return TemplateResponse(request, self.template, context, status=409 if refusal else 200)
