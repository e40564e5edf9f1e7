"""The state of an entry: derived from its head, sign-offs, requests and editions, never stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from publishing import kinds, reviews
from publishing.models import Change, Edition, Entry, ReviewRequest, Revision, SignOff


class State(StrEnum):
    """What the state panel and the lists say."""

    EMPTY = "empty"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    LIVE = "live"
    LIVE_CHANGED = "live_changed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


STATE_LABELS = {
    State.EMPTY: _("Empty"),
    State.DRAFT: _("Draft"),
    State.IN_REVIEW: _("In review"),
    State.CHANGES_REQUESTED: _("Changes requested"),
    State.APPROVED: _("Signed"),
    State.SCHEDULED: _("Scheduled"),
    State.LIVE: _("Live"),
    State.LIVE_CHANGED: _("Live, with newer changes"),
    State.WITHDRAWN: _("Withdrawn"),
    State.EXPIRED: _("No longer live"),
}


@dataclass(frozen=True)
class Standing:
    """Everything that the state panel says about one entry at an instant.

    ``state`` is what readers see (live, scheduled, withdrawn) or how far a draft is; ``progress``
    is how far the head is, which differs once something is live. ``newer`` counts the revisions
    since the live one.
    """

    at: datetime
    state: State
    progress: State
    head: Revision | None = None
    live: Edition | None = None
    scheduled: list[Edition] = field(default_factory=list)
    sign_off: SignOff | None = None
    request: ReviewRequest | None = None
    withdrawal: Change | None = None
    newer: int = 0
    review_due: date | None = None

    @property
    def overdue_days(self) -> int:
        """Days since the review was due; 0 when it is not overdue."""
        if self.review_due is None:
            return 0
        return max(0, (self.at.date() - self.review_due).days)


def standing_of(entry: Entry, at: datetime) -> Standing:
    """Return where an entry stands at an instant."""
    kind = kinds.of(entry)
    row = Entry.objects.select_related("head__by", "head__payload").get(pk=entry.pk)
    editions = Edition.objects.filter(entry=entry.pk)
    live = (
        editions.live(at)
        .composed()
        .select_related("entry", "revision__payload", "sign_off")
        .first()
    )
    scheduled = list(editions.scheduled(at).order_by("live_from").select_related("revision"))
    sign_off = _last_decision(row.head, kind.role)
    request = (
        ReviewRequest.objects.filter(entry=entry.pk, closed_at=None)
        .select_related("reviewer", "group")
        .first()
    )
    progress = _progress(row.head, sign_off, request)
    withdrawal = None
    if live is None and not scheduled:
        withdrawal = (
            Change.objects.filter(entry=entry.pk, verb=Change.Verbs.WITHDRAW)
            .order_by("-number")
            .first()
        )
    return Standing(
        at=at,
        state=_public_state(progress, row.head, live, scheduled, withdrawal),
        progress=progress,
        head=row.head,
        live=live,
        scheduled=scheduled,
        sign_off=sign_off,
        request=request,
        withdrawal=withdrawal,
        newer=row.head.number - live.revision.number if row.head and live else 0,
        review_due=reviews.next_review(live) if live else None,
    )


def _last_decision(head: Revision | None, role: str) -> SignOff | None:
    if head is None:
        return None
    return SignOff.objects.filter(revision=head, role=role).order_by("-id").first()


def _progress(
    head: Revision | None, sign_off: SignOff | None, request: ReviewRequest | None
) -> State:
    if head is None:
        return State.EMPTY
    if request is not None:
        return State.IN_REVIEW
    if sign_off is None:
        return State.DRAFT
    approved = sign_off.decision == SignOff.Decisions.APPROVED
    return State.APPROVED if approved else State.CHANGES_REQUESTED


def _public_state(
    progress: State,
    head: Revision | None,
    live: Edition | None,
    scheduled: list[Edition],
    withdrawal: Change | None,
) -> State:
    if live is not None:
        return State.LIVE if head and live.revision_id == head.pk else State.LIVE_CHANGED
    if scheduled:
        return State.SCHEDULED
    if withdrawal is not None and progress in (
        State.DRAFT,
        State.APPROVED,
        State.CHANGES_REQUESTED,
    ):
        newer = head is not None and head.at > withdrawal.at
        return progress if newer else State.WITHDRAWN
    return progress


def with_state(entries: QuerySet, at: datetime) -> QuerySet:
    """Annotate a list of entries with what ``listed_state`` needs, in the same query."""
    live = Edition.objects.live(at).filter(entry=OuterRef("pk"))
    decided = SignOff.objects.filter(revision=OuterRef("head_id")).order_by("-id")
    return entries.annotate(
        live_revision=Subquery(live.values("revision_id")[:1]),
        has_scheduled=Exists(Edition.objects.scheduled(at).filter(entry=OuterRef("pk"))),
        was_live=Exists(Edition.objects.begun(at).filter(entry=OuterRef("pk"))),
        last_decision=Subquery(decided.values("decision")[:1]),
        asked=Exists(ReviewRequest.objects.filter(entry=OuterRef("pk"), closed_at=None)),
        head_at=F("head__at"),
    )


def listed_state(entry) -> State:
    """Return the state of an entry that came from ``with_state``."""
    if entry.live_revision:
        return State.LIVE if entry.live_revision == entry.head_id else State.LIVE_CHANGED
    if entry.has_scheduled:
        return State.SCHEDULED
    if entry.head_id is None:
        return State.EMPTY
    if entry.asked:
        return State.IN_REVIEW
    if entry.last_decision == SignOff.Decisions.CHANGES:
        return State.CHANGES_REQUESTED
    if entry.was_live:
        return State.WITHDRAWN
    if entry.last_decision == SignOff.Decisions.APPROVED:
        return State.APPROVED
    return State.DRAFT
