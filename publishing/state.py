"""The state of an entry: derived from its head, sign-offs, requests and editions, never stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from publishing import kinds, reviews, withdrawals, zone
from publishing.models import Change, Edition, Entry, ReviewRequest, Revision, SignOff, Topic


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

ENDED = frozenset({State.WITHDRAWN, State.EXPIRED})
"""The states of what was live and is not, with nothing done about it since."""


@dataclass(frozen=True)
class Standing:
    """Everything that the state panel says about one entry at an instant.

    ``state`` is what readers see (live, scheduled, withdrawn) or how far a draft is; ``progress``
    is how far the head is, which differs once something is live. ``newer`` counts the revisions
    since the live one. ``ended`` is what was live last, where nothing is live or scheduled, and
    ``withdrawal`` what ended it, if somebody did.
    """

    at: datetime
    state: State
    progress: State
    head: Revision | None = None
    live: Edition | None = None
    scheduled: list[Edition] = field(default_factory=list)
    sign_off: SignOff | None = None
    request: ReviewRequest | None = None
    ended: Edition | None = None
    withdrawal: Change | None = None
    newer: int = 0
    review_due: date | None = None
    topics: dict[UUID, Topic] = field(default_factory=dict)

    @property
    def overdue_days(self) -> int:
        """Days since the review was due; 0 when it is not overdue."""
        if self.review_due is None:
            return 0
        return max(0, (zone.date_of(self.at) - self.review_due).days)

    @property
    def is_signed(self) -> bool:
        """Whether the head is signed, and was not taken off the site since."""
        return self.progress is State.APPROVED and self.state not in ENDED

    @property
    def is_ready(self) -> bool:
        """Whether the head is signed and waits for somebody to publish it."""
        shown = [edition.revision_id for edition in (self.live, *self.scheduled) if edition]
        return self.is_signed and self.head.pk not in shown

    @property
    def must_be_signed_anew(self) -> bool:
        """Whether the head is the very text that was withdrawn as wrong, and is as it was."""
        if self.withdrawal is None or self.sign_off is None:
            return False
        return withdrawals.voids(self.withdrawal, self.ended, self.sign_off)

    @property
    def withdrawn_for(self) -> str:
        """Why the page was withdrawn, in a word or two; "" where it was not."""
        return withdrawals.reason(self.withdrawal) if self.withdrawal else ""


def standing_of(entry: Entry, at: datetime) -> Standing:
    """Return where an entry stands at an instant."""
    kind = kinds.of(entry)
    row = Entry.objects.select_related("head__by", "head__payload").get(pk=entry.pk)
    live, scheduled, ended = _public_at(entry, at)
    withdrawal = withdrawals.withdrawal_of(ended, at) if ended else None
    topics = reviews.topics_of(live) if live else {}
    sign_off = _last_decision(row.head, kind.role)
    request = (
        ReviewRequest.objects.filter(entry=entry.pk, closed_at=None)
        .select_related("reviewer", "group")
        .first()
    )
    facts = _Facts(
        head=row.head_id,
        asked=request is not None,
        decision=sign_off.decision if sign_off else None,
        stepped_at=max((step.at for step in (row.head, sign_off) if step), default=None),
        live=live.revision_id if live else None,
        scheduled=bool(scheduled),
        ended_at=ended.live_until if ended else None,
        withdrawn_at=withdrawal.at if withdrawal else None,
    )
    return Standing(
        at=at,
        state=facts.state,
        progress=facts.progress,
        head=row.head,
        live=live,
        scheduled=scheduled,
        sign_off=sign_off,
        request=request,
        ended=ended,
        withdrawal=withdrawal,
        newer=row.head.number - live.revision.number if row.head and live else 0,
        review_due=reviews.next_review(live, topics) if live else None,
        topics=topics,
    )


def _public_at(entry: Entry, at: datetime) -> tuple[Edition | None, list[Edition], Edition | None]:
    """Return what is live, what is scheduled, and what ended last where there is neither."""
    editions = Edition.objects.filter(entry=entry.pk)
    ahead = (editions.live(at) | editions.scheduled(at)).composed().order_by("live_from")
    scheduled = list(ahead)
    live = scheduled.pop(0) if scheduled and scheduled[0].live_from <= at else None
    ended = None if live or scheduled else editions.begun(at).order_by("-live_from").first()
    return live, scheduled, ended


def _last_decision(head: Revision | None, role: str) -> SignOff | None:
    if head is None:
        return None
    return SignOff.objects.filter(revision=head, role=role).order_by("-id").first()


@dataclass(frozen=True)
class _Facts:
    """What the state of one entry follows from, whether one entry was read or a whole list.

    ``stepped_at`` is when the head was saved or last decided on; ``ended_at`` is when the
    edition that began last ended.
    """

    head: int | None
    asked: bool
    decision: str | None
    stepped_at: datetime | None
    live: int | None
    scheduled: bool
    ended_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def progress(self) -> State:
        if self.head is None:
            return State.EMPTY
        if self.asked:
            return State.IN_REVIEW
        if self.decision is None:
            return State.DRAFT
        approved = self.decision == SignOff.Decisions.APPROVED
        return State.APPROVED if approved else State.CHANGES_REQUESTED

    @property
    def state(self) -> State:
        if self.live:
            return State.LIVE if self.live == self.head else State.LIVE_CHANGED
        if self.scheduled:
            return State.SCHEDULED
        if self.ended_at is None or self.asked or self.stepped_at > self.ended_at:
            # Never live, or somebody has taken it up again since.
            return self.progress
        withdrawn = self.withdrawn_at is not None and self.withdrawn_at >= self.ended_at
        return State.WITHDRAWN if withdrawn else State.EXPIRED


def with_state(entries: QuerySet, at: datetime) -> QuerySet:
    """Annotate a list of entries with what ``listed_state`` needs, in the same query."""
    editions = Edition.objects.filter(entry=OuterRef("pk"))
    withdrawn = Change.objects.filter(
        entry=OuterRef("pk"), verb=Change.Verbs.WITHDRAW, at__lte=at
    ).order_by("-number")
    roles = [When(kind=kind.name, then=Value(kind.role)) for kind in kinds.every()]
    role = Case(*roles, default=Value(""), output_field=CharField())
    decided = SignOff.objects.filter(
        revision=OuterRef("head_id"), role=OuterRef("role_of_kind")
    ).order_by("-id")
    return entries.annotate(
        role_of_kind=role,
        live_revision=Subquery(editions.live(at).values("revision_id")[:1]),
        has_scheduled=Exists(editions.scheduled(at)),
        ended_at=Subquery(editions.begun(at).order_by("-live_from").values("live_until")[:1]),
        withdrawn_at=Subquery(withdrawn.values("at")[:1]),
        last_decision=Subquery(decided.values("decision")[:1]),
        decided_at=Subquery(decided.values("at")[:1]),
        asked=Exists(ReviewRequest.objects.filter(entry=OuterRef("pk"), closed_at=None)),
        head_at=F("head__at"),
    )


def listed_state(entry) -> State:
    """Return the state of an entry that came from ``with_state``."""
    return _Facts(
        head=entry.head_id,
        asked=entry.asked,
        decision=entry.last_decision,
        stepped_at=max((at for at in (entry.head_at, entry.decided_at) if at), default=None),
        live=entry.live_revision,
        scheduled=entry.has_scheduled,
        ended_at=entry.ended_at,
        withdrawn_at=entry.withdrawn_at,
    ).state
