"""Revision, SignOff, Edition and Change: append-only, chained; readers are served from these."""

import json
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from publishing.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from publishing.models.entries import Entry
from publishing.models.people import Contributor
from publishing.models.ties import EditionTie


class Revision(AppendOnlyModel):
    """One saved state of an entry. Its text lives in a payload table of its own."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    chain = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="revision_number_per_entry")
        ]
        get_latest_by = "number"

    def __str__(self) -> str:
        return f"version {self.number} ({self.short_digest})"

    @property
    def short_digest(self) -> str:
        """The first eight digits: enough for a person to compare by eye."""
        return self.digest[:8]


class RevisionPayload(AppendOnlyModel):
    """The canonical text of a Revision; NULL once it was redacted, the one change allowed."""

    revision = models.OneToOneField(
        Revision, models.PROTECT, primary_key=True, related_name="payload"
    )
    text = models.TextField(null=True)  # noqa: DJ001  NULL says “redacted”, "" could not

    def __str__(self) -> str:
        return f"payload of {self.revision_id}"


class SignOffQuerySet(AppendOnlyQuerySet):
    def standing_approvals(self) -> "SignOffQuerySet":
        """Return the approvals that nobody of the same role took back by asking for changes."""
        changes = SignOff.objects.filter(
            revision=OuterRef("revision"),
            role=OuterRef("role"),
            decision=SignOff.Decisions.CHANGES,
            pk__gt=OuterRef("pk"),
        )
        return self.filter(decision=SignOff.Decisions.APPROVED).exclude(Exists(changes))


class SignOff(AppendOnlyModel):
    """One person's decision, in one role, on one Revision."""

    class Decisions(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("Changes requested")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sign_offs")
    role = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, choices=Decisions.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    credential = models.TextField(blank=True)
    disclosure = models.TextField(blank=True)
    statement = models.TextField(blank=True)
    attestations = models.TextField(default="[]")
    overrides = models.TextField(default="[]")
    embeds = models.TextField(default="{}")
    note = models.TextField(blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["revision", "role", "-id"], name="signoff_last_decision")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.name}"

    def embeds_seen(self) -> dict[str, str]:
        """Return the digest of each embed that the signer saw, by the uid of its entry."""
        return json.loads(self.embeds)


def closed_by_law(at: datetime) -> Exists:
    """Return the condition that an edition's entry was withdrawn, since, for a legal reason."""
    withdrawals = Change.objects.filter(
        entry=OuterRef("entry"),
        verb=Change.Verbs.WITHDRAW,
        at__gte=OuterRef("live_from"),
        at__lte=at,
        # The detail is canonical JSON: there is one way to write this.
        detail__contains='"why":"legal"',
    )
    return Exists(withdrawals)


class EditionQuerySet(AppendOnlyQuerySet):
    """Visibility is a query on time."""

    def live(self, at: datetime) -> "EditionQuerySet":
        """Return the editions that readers see at an instant."""
        return self.filter(live_from__lte=at).filter(Q(live_until=None) | Q(live_until__gt=at))

    def held(self) -> "EditionQuerySet":
        """Leave out the editions that were cancelled before they began."""
        return self.exclude(live_until=F("live_from"))

    def begun(self, at: datetime) -> "EditionQuerySet":
        """Return the editions that were live at some instant up to ``at``."""
        return self.held().filter(live_from__lte=at)

    def scheduled(self, at: datetime) -> "EditionQuerySet":
        """Return the editions that will begin after an instant."""
        return self.held().filter(live_from__gt=at)

    def ending_after(self, at: datetime) -> "EditionQuerySet":
        """Return the editions that are live at an instant or begin later."""
        return self.filter(Q(live_until=None) | Q(live_until__gt=at))

    def tied(self, name: str, *identities: uuid.UUID | str) -> "EditionQuerySet":
        """Return the editions that have one of some ties: a topic, an entry shown inside them …"""
        # Not the condition of EditionTie: a rare tie leads to its few editions this way round.
        ties = EditionTie.objects.filter(tie__in=[f"{name}:{each}" for each in identities])
        return self.filter(pk__in=ties.values("edition"))

    def public(self, at: datetime) -> "EditionQuerySet":
        """Leave out what was withdrawn for a legal reason by an instant: it has no history."""
        return self.exclude(closed_by_law(at))

    def listed(self) -> "EditionQuerySet":
        """Read what a line of a list needs and no more: a long list is sorted whole."""
        return self.select_related("entry").only("path", "title", "live_from", "entry__kind")

    def composed(self) -> "EditionQuerySet":
        """Join what a page needs, so that composing costs one query.

        ``signer_uid`` is the uid of the contributor who signed; None where the account has none.
        """
        signer = Contributor.objects.filter(user=OuterRef("sign_off__by")).values("uid")
        joined = self.select_related("entry", "revision__payload", "sign_off")
        return joined.annotate(signer_uid=Subquery(signer[:1]))


class Edition(AppendOnlyModel):
    """One signed Revision made public at one path in [live_from, live_until)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="editions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="editions")
    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="editions")
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=400)
    related = models.TextField(default="[]")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="edition_interval",
            )
        ]
        indexes = [
            models.Index(fields=["path", "-live_from"], name="edition_by_path"),
            models.Index(fields=["entry", "-live_from"], name="edition_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.path} from {self.live_from:%Y-%m-%d %H:%M}"

    def frozen_related(self) -> list[dict[str, str]]:
        """Return the related pages ranked at publishing: ``[{"uid", "reason"}]``."""
        return json.loads(self.related)

    def live_at(self, at: datetime) -> bool:
        """Say whether readers see this edition at an instant."""
        return self.live_from <= at and (self.live_until is None or at < self.live_until)


class Change(AppendOnlyModel):
    """A numbered, hash-chained row of the site's ledger."""

    class Verbs(models.TextChoices):
        SAVE = "save", _("saved")
        SIGN = "sign_off", _("signed")
        START = "start", _("published")
        SCHEDULE = "schedule", _("scheduled")
        END = "end", _("ended by a newer edition")
        CANCEL = "cancel", _("schedule cancelled")
        REOPEN = "reopen", _("reopened")
        WITHDRAW = "withdraw", _("withdrawn")
        RENEW = "renew", _("reviewed, no change needed")
        REDACT = "redact", _("redacted")
        NOTICE = "notice", _("notice")

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=12, choices=Verbs.choices)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    detail = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["entry", "-at"], name="change_newest_of_entry"),
            models.Index(fields=["verb", "entry"], name="change_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    def facts(self) -> dict:
        """Return the detail as data."""
        return json.loads(self.detail)


class Ledger(models.Model):
    """The counter row: number and digest of the newest Change. Locked last by every verb."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"ledger at {self.number}"
