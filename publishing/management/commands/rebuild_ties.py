"""rebuild_ties: make the ties and the names of all editions anew from their texts."""

from django.core.management.base import BaseCommand
from django.db import transaction

from publishing import assessment, names, ties
from publishing.models import Edition, EditionName, EditionTie


class Command(BaseCommand):
    """Ties and names are projections of what was signed: they may be made again at any time."""

    help = "Make the rows anew by which pages are found: what they share or show, their names."

    @transaction.atomic
    def handle(self, **options) -> None:
        EditionTie.objects.all().delete()
        EditionName.objects.all().delete()
        done = 0
        editions = Edition.objects.filter(revision__payload__text__isnull=False)
        found = editions.select_related("revision__entry", "revision__payload")
        for edition in found.order_by("pk").iterator(200):
            context = assessment.context_for(edition.revision, edition.live_from)
            ties.record(edition, context)
            names.record(edition, context.document, context.kind)
            done += 1
        self.stdout.write(f"Made the ties and names of {done} editions anew.")
