"""Corrections: what put right an earlier text of its entry, and what was taken down as wrong."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, When

from publishing.models import Change, Edition, EditionQuerySet, EditionTie
from publishing.ties import CORRECTION
from publishing.withdrawals import WRONG


def corrections(at: datetime) -> EditionQuerySet:
    """Return the edition with which each correction became public, the newest first.

    A later renewal of the same text is no second correction. What was withdrawn since stays on
    the list, but for a legal reason.
    """
    begun = Edition.objects.begun(at)
    found = begun.tied(EditionTie.CHANGE, CORRECTION).exclude(_same_before(at)).public(at)
    return found.order_by("-live_from", "-pk")


def put_right(at: datetime) -> EditionQuerySet:
    """Return the corrections and what was withdrawn as wrong, what was done last first.

    ``corrected`` and ``was_wrong`` say which an edition is; it may be both.
    """
    own = EditionTie.objects.filter(edition=OuterRef("pk"), tie=f"{EditionTie.CHANGE}:{CORRECTION}")
    withdrawals = Change.objects.filter(
        entry=OuterRef("entry"),
        verb=Change.Verbs.WITHDRAW,
        at=OuterRef("live_until"),
        at__lte=at,
        # The detail is canonical JSON: there is one way to write this.
        detail__contains=f'"why":"{WRONG}"',
    )
    found = Edition.objects.begun(at).annotate(
        corrected=Exists(own) & ~_same_before(at), was_wrong=Exists(withdrawals)
    )
    done = Case(When(was_wrong=True, then=F("live_until")), default=F("live_from"))
    told = found.filter(Q(corrected=True) | Q(was_wrong=True)).public(at)
    return told.order_by(done.desc(), "-pk")


def _same_before(at: datetime) -> Exists:
    """Return the condition that an edition's text had been public before it."""
    earlier = Edition.objects.begun(at).filter(
        revision=OuterRef("revision"), live_from__lt=OuterRef("live_from")
    )
    return Exists(earlier)
