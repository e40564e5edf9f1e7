"""Guards: what the database itself refuses, whoever asks and by whatever way.

Triggers keep the spine's tables append-only and let no two editions be live at once. They are
dropped before migrations (on SQLite a rebuilt table loses its triggers in silence, and a trigger
that names another table makes a later rebuild fail) and put back by ``post_migrate``.
"""

from django.db import connections

from publishing.guards import postgresql, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def install(using: str = "default") -> None:
    """Put every guard in place; what is there already and unchanged stays."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _ENGINES[connection.vendor].install(cursor)


def drop(using: str = "default") -> None:
    """Remove the triggers, so that migrations can rebuild the guarded tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _ENGINES[connection.vendor].drop(cursor)


def missing(using: str = "default") -> list[str]:
    """Return the names of guards that are absent, altered or switched off; empty when whole."""
    connection = connections[using]
    with connection.cursor() as cursor:
        return _ENGINES[connection.vendor].missing(cursor)
