"""The list of a kind's entries: columns, filters, search, and what is done to several at once.

A page of any length costs the same number of queries. The rows are read by the primary keys of
the page, so that what is derived for a row is derived for those rows alone.
"""

from datetime import datetime

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import TextField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import clock, kinds, permissions, state, zone
from publishing.admin import bulk, list_facts, list_problems
from publishing.admin.list_filters import FILTERS, TopicFilter
from publishing.admin.list_problems import ProblemFilter
from publishing.admin.list_search import matching
from publishing.admin.plain_words import PlainWords
from publishing.kinds import Kind
from publishing.models import Topic

# As many as the longest page of a list holds: its script asks for no more at once.
MOST_COUNTED = 200


class EntryChangeList(ChangeList):
    """Reads a page's keys, then its rows with all that stands beside them."""

    def get_queryset(self, request, **kwargs):
        # The search boxes of other forms look for titles; the list looks into the texts too.
        request.searches_texts = True
        return super().get_queryset(request, **kwargs)

    def get_results(self, request) -> None:
        super().get_results(request)
        rows = self.root_queryset.filter(pk__in=self.result_list.values("pk"))
        ordered = rows.order_by(*self.get_ordering(request, self.queryset))
        self.result_list = self.model_admin.listed(request, ordered)


class EntryLists(PlainWords, admin.ModelAdmin):
    """The list part of every kind's admin. ``search_fields`` begins with the kind's title."""

    list_display = (
        "title_column",
        "state_column",
        "flags_column",
        "problems_column",
        "owner_column",
        "topics_column",
        "review_column",
        "changed_column",
    )
    # The last one looks at what the others leave.
    list_filter = (*FILTERS, ProblemFilter)
    list_per_page = 50
    list_max_show_all = MOST_COUNTED
    ordering = ("-head__at", "-pk")
    search_fields = ("title", "slug")
    search_help_text = gettext_lazy("Words of the title, the address or the newest text.")
    # Each of these counts would be a query over the whole list.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = bulk.ACTIONS

    @property
    def kind(self) -> Kind:
        """The kind that is listed."""
        return kinds.get(self.model.kind_name)

    @property
    def has_topics(self) -> bool:
        """Whether entries of this kind are about topics."""
        return "topics" in self.kind.document.model_fields

    def instant(self, request: HttpRequest) -> datetime:
        """Return the one instant for which a page's list holds."""
        if not hasattr(request, "_listed_at"):
            request._listed_at = clock.now()
        return request._listed_at

    def topic_register(self, request: HttpRequest) -> list[Topic]:
        """Return every topic by name, read once for each page."""
        if not hasattr(request, "_topic_register"):
            request._topic_register = list(Topic.objects.all())
        return request._topic_register

    def get_queryset(self, request):
        entries = super().get_queryset(request).select_related("head__by")
        titled = list_facts.with_title(entries, self.search_fields[0])
        return state.with_state(titled, self.instant(request))

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return [name for name in shown if name != "topics_column" or self.has_topics]

    def get_list_filter(self, request):
        filters = super().get_list_filter(request)
        return [each for each in filters if each is not TopicFilter or self.has_topics]

    def get_changelist(self, request, **kwargs):
        return EntryChangeList

    def get_search_results(self, request, queryset, search_term):
        if not getattr(request, "searches_texts", False):
            return super().get_search_results(request, queryset, search_term)
        return matching(queryset, search_term), False

    def get_actions(self, request):
        """Return what may be done to several entries, but nothing that this person may not do."""
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if getattr(action[0], "offered", lambda *asked: True)(self, request.user)
        }

    def get_urls(self):
        name = self.model._meta.label_lower.replace(".", "_")
        view = self.admin_site.admin_view(self.problem_counts)
        counts = path("problems/", view, name=f"{name}_problems")
        return [counts, *bulk.urls(self), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        try:
            response = super().changelist_view(request, extra_context)
        except OverflowError:
            # A number in the address that no engine can compare, so no entry has it.
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        if hasattr(response, "context_data") and "media" in (response.context_data or {}):
            response.context_data["media"] += forms.Media(
                css={"all": ["publishing/desk-lists.css"]}, js=["publishing/desk-lists.js"]
            )
        return response

    def listed(self, request, rows) -> list:
        """Return the rows of a page, each with its facts and what is known of its problems."""
        rows = list_facts.with_facts(rows, self.kind.role)
        own = self.model._meta.local_concrete_fields
        texts = [field.name for field in own if isinstance(field, TextField)]
        long_texts = [name for name in texts if name not in self.search_fields]
        found = list(rows.defer(*long_texts, "change_note"))
        at = self.instant(request)
        facts = list_facts.facts_of(found, self.kind, at, self.topic_register(request))
        counts = list_problems.known_counts(found, at)
        for row in found:
            row.facts, row.problem_count = facts[row.pk], counts.get(row.pk)
        return found

    def problems_url(self) -> str:
        """Return the address that answers counts of problems."""
        return reverse(f"admin:{self.model._meta.label_lower.replace('.', '_')}_problems")

    def problem_counts(self, request: HttpRequest) -> HttpResponse:
        """Answer the counts of ``?entries=1,2,3`` as JSON, and which of them are still to count."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = bulk.keys_in(request.GET.get("entries", ""))[:MOST_COUNTED]
        rows = list_facts.with_facts(
            self.get_queryset(request).filter(pk__in=asked), self.kind.role
        )
        rows = [row for row in rows if row.head_id]
        counts = list_problems.count_problems(rows, self.instant(request))
        left = [row.pk for row in rows if row.pk not in counts]
        words = {pk: problem_words(count) for pk, count in counts.items()}
        return JsonResponse({"counts": words, "left": left})

    @admin.display(description=gettext_lazy("title"), ordering="sorted_title")
    def title_column(self, entry) -> str:
        return str(entry)

    @admin.display(description=gettext_lazy("state"))
    def state_column(self, entry) -> str:
        found = state.listed_state(entry)
        return format_html(
            '<span class="state state-{}">{}</span>', found.value, state.STATE_LABELS[found]
        )

    @admin.display(description=gettext_lazy("flags"), empty_value="")
    def flags_column(self, entry) -> str:
        facts = entry.facts
        flags = []
        if facts.overdue_days:
            flags.append(
                ngettext(
                    "Review overdue by %(days)d day",
                    "Review overdue by %(days)d days",
                    facts.overdue_days,
                )
                % {"days": facts.overdue_days}
            )
        if facts.case_open:
            flags.append(_("A case is open"))
        if facts.embeds_changed:
            flags.append(_("Questions changed since signing"))
        return format_html_join(" ", '<span class="desk-listed">{}</span>', ((f,) for f in flags))

    @admin.display(description=gettext_lazy("problems"), empty_value="")
    def problems_column(self, entry) -> str:
        if entry.head_id is None:
            return ""
        if entry.problem_count is not None:
            return problem_words(entry.problem_count)
        return format_html(
            '<span class="desk-uncounted" data-entry="{}" data-counts="{}">…'
            '<span class="desk-hidden">{}</span></span>',
            entry.pk,
            self.problems_url(),
            _("not counted yet"),
        )

    @admin.display(description=gettext_lazy("owner"), empty_value="")
    def owner_column(self, entry) -> str:
        return permissions.person_name(entry.head.by) if entry.head else ""

    @admin.display(description=gettext_lazy("topic"), empty_value="")
    def topics_column(self, entry) -> str:
        return ", ".join(entry.facts.topics)

    @admin.display(description=gettext_lazy("next review"), empty_value="")
    def review_column(self, entry) -> str:
        return zone.day(entry.facts.review_due) if entry.facts.review_due else ""

    @admin.display(description=gettext_lazy("changed"), ordering="head__at", empty_value="")
    def changed_column(self, entry) -> str:
        return zone.moment(entry.head.at) if entry.head else ""


def problem_words(count: int | None) -> str:
    """Say how many problems stop an entry from going live."""
    if count is None:
        return _("the text was removed")
    if not count:
        return _("none")
    return ngettext("%(count)d to mend", "%(count)d to mend", count) % {"count": count}
