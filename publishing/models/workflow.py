"""Workflow rows: mutable, outside the ledger, never read when a page is composed."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.entries import Entry


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
        return self.group.name if self.group else ""


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
