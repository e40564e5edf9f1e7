"""Workflow rows: mutable, outside the ledger, never read when a page is composed."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing import roles
from publishing.models.entries import Entry
from publishing.models.spine import Edition


class ReviewRequest(models.Model):
    """Somebody asked for an entry to be reviewed, by a person or by a group."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="review_requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("due"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(closed_at=None), name="one_open_review_request"
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.entry_id}"

    @property
    def asked(self) -> str:
        """Who was asked, in words."""
        if self.reviewer:
            return self.reviewer.get_full_name() or self.reviewer.get_username()
        return roles.label(self.group.name) if self.group else ""


class Override(models.Model):
    """A reason to go ahead in spite of a warning, bound to the check and the passage."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="overrides")
    check_id = models.CharField(max_length=12)
    passage = models.CharField(max_length=64)
    message = models.TextField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entry", "check_id"], name="override_by_check")]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.reason[:60]}"


class Decline(models.Model):
    """Somebody who was asked for a review says that they can't."""

    class Whys(models.TextChoices):
        SPECIALTY = "specialty", _("It is not my field")
        INTEREST = "interest", _("I have an interest in this")
        TIME = "time", _("I have no time before it is due")

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="declines")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(_("why"), max_length=12, choices=Whys.choices)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "by"], name="declined_once_a_request")
        ]

    def __str__(self) -> str:
        return self.get_why_display()


class PassageRow(models.Model):
    """Something said of a passage. It stays with the passage while the passage stays the same.

    ``passage`` is the SHA-256 of the passage's words with its place; ``quote`` are the words
    themselves, to be read when the passage is gone.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="%(class)ss")
    passage = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Comment(PassageRow):
    """A reviewer's or editor's remark on one passage, perhaps with a wording to take over."""

    revision = models.ForeignKey("publishing.Revision", models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    quote = models.TextField()
    text = models.TextField(_("comment"))
    suggestion = models.TextField(_("suggested wording"), blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["entry", "passage"], name="comment_by_passage")]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, accepted=False)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Tick(PassageRow):
    """A reviewer has read this passage: their place in the text, on any device."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "by", "passage"], name="tick_once_a_passage")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} read {self.passage[:8]}"


class ShareLink(models.Model):
    """A link for somebody without an account to read one revision, until it ends."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey("publishing.Revision", models.PROTECT, related_name="share_links")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(_("valid until"))
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"link to {self.revision_id} until {self.until:%Y-%m-%d}"

    def valid_at(self, at: datetime) -> bool:
        """Say whether the link opens the page at an instant."""
        return at < self.until and self.revoked_at is None


class Presence(models.Model):
    """Somebody has an entry's form open; the browser says so every half minute."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="present")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "by"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.entry_id}"


class Case(models.Model):
    """A task that a breach opens for the people who write an entry.

    Where something else than an entry gave rise to it, ``about`` is the entry itself, and ``tie``
    names the thing as the ties of editions do: “reference:<uid>”.
    """

    class Whys(models.TextChoices):
        EMBED_CHANGED = "embed_changed", _("Something that it shows has changed")
        EMBED_WITHDRAWN = "embed_withdrawn", _("Something that it shows was withdrawn")
        ORIGINAL_WITHDRAWN = "original_withdrawn", _("What it was translated from was withdrawn")
        NOTICE = "notice", _("An emergency notice stands on it")
        SOURCE_RETRACTED = "source_retracted", _("A source that it cites was retracted")

    CLOSED_BY_HAND = (Whys.EMBED_CHANGED, Whys.EMBED_WITHDRAWN, Whys.ORIGINAL_WITHDRAWN)
    """The sorts that whoever looked at the page may close with no change to it.

    A notice is taken down. What readers are told of a retraction goes when the page is signed.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="cases")
    why = models.CharField(max_length=20, choices=Whys.choices)
    about = models.ForeignKey(Entry, models.CASCADE, related_name="cases_opened")
    tie = models.CharField(max_length=120, blank=True, default="")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "why", "about", "tie"],
                condition=Q(closed_at=None),
                name="one_open_case",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def closed_by_hand(self) -> bool:
        """Whether it ends when somebody looked at the page and found nothing to change."""
        return self.why in self.CLOSED_BY_HAND


class Feedback(models.Model):
    """What a reader said of a page, without a name or an address; for staff, never shown."""

    MOST_CHARACTERS = 1000

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="feedback", verbose_name=_("page")
    )
    useful = models.BooleanField(_("useful"))
    text = models.TextField(_("what would make it better"), blank=True)
    at = models.DateTimeField(_("sent"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reader's answer")
        verbose_name_plural = _("readers' answers")

    def __str__(self) -> str:
        return self.edition.title
