"""The filters of the lists of entries, each a condition in the one query of the list."""

from datetime import date, datetime, timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from publishing import cases, languages, permissions, zone
from publishing.admin.list_facts import shows_changed_embeds
from publishing.kinds import Kind
from publishing.models import (
    Change,
    Edition,
    Entry,
    ReviewRequest,
    SignOff,
    Topic,
)
from publishing.reviews_due import due_condition, ties_by_months
from publishing.state import STATE_LABELS, State


def in_state(wanted: State, kind: Kind, at: datetime) -> Q:
    """Return the condition, within a query on entries, that one is listed in a state.

    The same rule as ``state.listed_state``, said in rows that exist or don't: PostgreSQL joins
    those, and would read the annotations of ``state.with_state`` entry by entry.
    """
    editions = Edition.objects.filter(entry=OuterRef("pk"))
    live = Q(Exists(editions.live(at)))
    current = Q(Exists(editions.live(at).filter(revision=OuterRef("head_id"))))
    if wanted in (State.LIVE, State.LIVE_CHANGED):
        return current if wanted is State.LIVE else live & ~current
    scheduled = Q(Exists(editions.scheduled(at)))
    if wanted is State.SCHEDULED:
        return ~live & scheduled
    hidden = ~live & ~scheduled
    asked = Q(Exists(ReviewRequest.objects.filter(entry=OuterRef("pk"), closed_at=None)))
    left = _left(kind.role, at)
    if wanted not in (State.WITHDRAWN, State.EXPIRED):
        return hidden & _in_progress(wanted, kind.role, asked) & (asked | ~Q(Exists(left)))
    withdrawn = Exists(
        Change.objects.filter(
            entry=OuterRef("entry"),
            verb=Change.Verbs.WITHDRAW,
            at__gte=OuterRef("live_until"),
            at__lte=at,
        )
    )
    ended = left.filter(withdrawn) if wanted is State.WITHDRAWN else left.exclude(withdrawn)
    return hidden & ~asked & Q(Exists(ended))


def _left(role: str, at: datetime) -> QuerySet[Edition]:
    """Return an entry's edition that began last, where nobody wrote or decided since it ended."""
    began = Edition.objects.begun(at)
    newer = began.filter(entry=OuterRef("entry"), live_from__gt=OuterRef("live_from"))
    decided = SignOff.objects.filter(
        revision=OuterRef(OuterRef("head_id")), role=role, at__gt=OuterRef("live_until")
    )
    last = began.filter(entry=OuterRef("pk"), live_until__gte=OuterRef("head__at"))
    return last.exclude(Exists(newer)).exclude(Exists(decided))


def _in_progress(wanted: State, role: str, asked: Q) -> Q:
    written = Q(head__isnull=False)
    if wanted is State.EMPTY:
        return ~written
    if wanted is State.IN_REVIEW:
        return written & asked
    decisions = SignOff.objects.filter(revision=OuterRef("head_id"), role=role)
    if wanted is State.DRAFT:
        return written & ~asked & ~Q(Exists(decisions))
    newer = SignOff.objects.filter(revision=OuterRef("revision"), role=role, pk__gt=OuterRef("pk"))
    last = decisions.exclude(Exists(newer))
    wording = SignOff.Decisions.APPROVED if wanted is State.APPROVED else SignOff.Decisions.CHANGES
    return ~asked & Q(Exists(last.filter(decision=wording)))


def due_by(kind: str, until: date, at: datetime, register: list[Topic]) -> QuerySet[Edition]:
    """Return the editions of a kind, live at an instant, that are due for review by a day."""
    due = due_condition(until, [kind], ties_by_months(register))
    return Edition.objects.live(at).filter(due, entry__kind=kind)


class OfLists(admin.SimpleListFilter):
    """A filter that knows its list's admin: the kind, the instant and the register of topics."""

    def __init__(self, request, params, model, model_admin) -> None:
        self.desk, self.request = model_admin, request
        super().__init__(request, params, model, model_admin)

    def chosen(self) -> str | None:
        """Return the chosen value; one that is on no list is as none."""
        value = self.value()
        return value if value in {str(key) for key, _label in self.lookup_choices} else None


class StateFilter(OfLists):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state.value, label) for state, label in STATE_LABELS.items()]

    def queryset(self, request, queryset):
        chosen = self.chosen()
        if chosen is None:
            return queryset
        return queryset.filter(in_state(State(chosen), self.desk.kind, self.desk.instant(request)))


class OwnerFilter(OfLists):
    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        wrote = Entry.objects.filter(kind=model_admin.kind.name).values("head__by")
        people = get_user_model().objects.filter(pk__in=wrote)
        ordered = people.order_by("last_name", "first_name", "username")
        return [(person.pk, permissions.person_name(person)) for person in ordered]

    def queryset(self, request, queryset):
        chosen = self.chosen()
        return queryset.filter(head__by=chosen) if chosen else queryset


class TopicFilter(OfLists):
    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request, model_admin):
        return [(topic.slug, topic.name) for topic in model_admin.topic_register(request)]

    def queryset(self, request, queryset):
        chosen = self.chosen()
        if chosen is None:
            return queryset
        through = Entry.topics.through.objects
        return queryset.filter(pk__in=through.filter(topic__slug=chosen).values("entry"))


class LanguageFilter(OfLists):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        codes = languages.every()
        return [(code, languages.translated_name(code)) for code in codes if len(codes) > 1]

    def queryset(self, request, queryset):
        chosen = self.chosen()
        if chosen is None:
            return queryset
        if languages.is_default(chosen):
            return queryset.exclude(language__in=languages.every()[1:])
        return queryset.filter(language=chosen)


class ReviewFilter(OfLists):
    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("Overdue")),
            ("30", _("Due within 30 days")),
            ("90", _("Due within 90 days")),
        ]

    def queryset(self, request, queryset):
        chosen = self.chosen()
        if chosen is None:
            return queryset
        at = self.desk.instant(request)
        about = {"at": at, "register": self.desk.topic_register(request)}
        kind, today = self.desk.kind.name, zone.date_of(at)
        late = due_by(kind, today - timedelta(days=1), **about).values("entry")
        if chosen == "overdue":
            return queryset.filter(pk__in=late)
        soon = due_by(kind, today + timedelta(days=int(chosen)), **about).values("entry")
        return queryset.filter(pk__in=soon).exclude(pk__in=late)


class FlagFilter(OfLists):
    """What the column of flags says, as a choice."""

    title = _("flags")
    parameter_name = "flag"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("Review overdue")),
            ("case", _("A case is open")),
            ("changed", _("Questions changed since signing")),
        ]

    def queryset(self, request, queryset):
        chosen, at, kind = self.chosen(), self.desk.instant(request), self.desk.kind
        if chosen is None:
            return queryset
        if chosen == "case":
            return queryset.filter(pk__in=cases.standing(at).values("entry"))
        if chosen == "changed":
            return queryset.filter(pk__in=shows_changed_embeds(kind, at))
        yesterday = zone.date_of(at) - timedelta(days=1)
        late = due_by(kind.name, yesterday, at, self.desk.topic_register(request))
        return queryset.filter(pk__in=late.values("entry"))


FILTERS = (StateFilter, OwnerFilter, TopicFilter, LanguageFilter, ReviewFilter, FlagFilter)
