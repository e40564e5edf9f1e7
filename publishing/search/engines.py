"""Which engine answers a connection."""

from django.db import connections

from publishing.search.postgresql import PostgresqlIndex
from publishing.search.sqlite import SqliteIndex

Index = SqliteIndex | PostgresqlIndex

_ENGINES = {"sqlite": SqliteIndex, "postgresql": PostgresqlIndex}


def index(using: str = "default") -> Index:
    """Return the full text of a database."""
    connection = connections[using]
    return _ENGINES[connection.vendor](connection)
