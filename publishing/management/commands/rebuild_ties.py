"""rebuild_ties: make the ties of all editions anew from their texts."""

from django.core.management.base import BaseCommand
from django.db import transaction

from publishing import assessment, ties
from publishing.models import Edition, EditionTie


class Command(BaseCommand):
    """Ties are a projection of what was signed: they may be dropped and made again at any time."""

    help = "Make the rows anew by which pages are found that share, show or cover something."

    @transaction.atomic
    def handle(self, **options) -> None:
        EditionTie.objects.all().delete()
        done = 0
        editions = Edition.objects.filter(revision__payload__text__isnull=False)
        found = editions.select_related("revision__entry", "revision__payload")
        for edition in found.order_by("pk").iterator(200):
            ties.record(edition, assessment.context_for(edition.revision, edition.live_from))
            done += 1
        self.stdout.write(f"Made the ties of {done} editions anew.")
