"""seed_demo: the demo site into the configured database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from healthcms.demo import people, seeding
from publishing import clock
from publishing.models import Ledger


class Command(BaseCommand):
    """Writes the demo once; run again, it writes nothing. Refuses a database of other content."""

    help = "Seed the demo: fictional people, signed and live texts, dated relative to today."

    def handle(self, **options) -> None:
        if Ledger._meta.db_table not in connection.introspection.table_names():
            raise CommandError(
                "Not seeded. The database has no tables yet. Run “python manage.py migrate” first."
            )
        try:
            count = seeding.seed(clock.now())
        except seeding.NotSeeded as refusal:
            raise CommandError(str(refusal)) from refusal
        if count is None:
            self.stdout.write("The demo is in this database already: nothing was written.")
        else:
            self.stdout.write(f"Seeded the demo: {count} entries, all signed and live.")
        for line in people.sign_in_lines(settings.SITE_URL):
            self.stdout.write(line)
