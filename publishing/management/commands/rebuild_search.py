"""rebuild_search: make what readers search anew from the texts that are live or may be."""

from django.core.management.base import BaseCommand
from django.db import transaction

from publishing import search


class Command(BaseCommand):
    """What is searched is a projection of what was signed: it may be made again at any time."""

    help = "Make anew what the readers' search looks through."

    @transaction.atomic
    def handle(self, **options) -> None:
        done = search.rebuild()
        self.stdout.write(f"Made the search of {done} editions anew.")
