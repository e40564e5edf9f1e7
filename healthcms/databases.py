"""Options that each database engine needs to keep the spine's promises."""

from pathlib import Path

# Measured with eight writer threads: without IMMEDIATE and WAL a read-then-write transaction fails
# with “database is locked” instead of waiting for its turn.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; "
        "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864;"
    ),
}
POSTGRESQL_OPTIONS = {"pool": {"min_size": 2, "max_size": 24, "timeout": 10}}


def configure_database(parsed: dict) -> dict:
    """Complete django-environ's parsed DATABASE_URL with the options of its engine.

    Raises ValueError for an engine other than SQLite and PostgreSQL: the guards that keep signed
    text append-only exist for those two.
    """
    database = dict(parsed)
    engine = database["ENGINE"]
    if engine.endswith("sqlite3"):
        database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
        # A file, not memory: threads that share an in-memory database get “table is locked”.
        name = Path(str(database["NAME"]))
        database["TEST"] = {"NAME": str(name.with_name("test.sqlite3"))}
    elif engine.endswith(("postgresql", "psycopg2")):
        database["ENGINE"] = "django.db.backends.postgresql"
        database["OPTIONS"] = {**POSTGRESQL_OPTIONS, **database.get("OPTIONS", {})}
        # The pool keeps connections; Django refuses persistent ones beside it.
        database["CONN_MAX_AGE"] = 0
    else:
        raise ValueError(
            f"DATABASE_URL names the engine {engine!r}. healthcms runs on SQLite and PostgreSQL."
        )
    return database
