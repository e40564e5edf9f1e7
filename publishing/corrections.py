"""Corrections: every text that put right what an earlier one of its entry had said."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from publishing.models import Edition, EditionQuerySet, EditionTie
from publishing.ties import CORRECTION


def corrections(at: datetime) -> EditionQuerySet:
    """Return the edition with which each correction became public, the newest first.

    A later renewal of the same text is no second correction. What was withdrawn since stays on
    the list, but for a legal reason.
    """
    begun = Edition.objects.begun(at)
    earlier = begun.filter(revision=OuterRef("revision"), live_from__lt=OuterRef("live_from"))
    found = begun.tied(EditionTie.CHANGE, CORRECTION).exclude(Exists(earlier)).public(at)
    return found.order_by("-live_from", "-pk")
