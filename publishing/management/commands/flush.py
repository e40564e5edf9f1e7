"""flush, refused where it would delete signed text."""

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections, transaction

from publishing.guards import install, postgresql, sqlite
from publishing.search.engines import index


class Command(flush.Command):
    """Empties a test database, lifting the guards meanwhile; refuses any other database."""

    def handle(self, **options):
        connection = connections[options["database"]]
        name = str(connection.settings_dict["NAME"])
        test_name = str((connection.settings_dict.get("TEST") or {}).get("NAME") or "")
        if name != test_name and not name.rsplit("/", 1)[-1].startswith("test_"):
            raise CommandError(
                f"Not flushed. {name} may hold signed text, which is never deleted. "
                "Drop the database itself if you mean to start anew."
            )
        with transaction.atomic(using=options["database"]):
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    sqlite.lift_deletes(cursor)
                else:
                    postgresql.set_enabled(cursor, False)
            index(options["database"]).empty()
            super().handle(**options)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    postgresql.set_enabled(cursor, True)
            install(options["database"])
