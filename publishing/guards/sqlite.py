"""The guards as SQLite triggers."""

from publishing.guards.tables import (
    APPEND_ONLY,
    EDITION,
    EDITION_FIXED,
    GUARDED,
    PAYLOAD,
    UNIQUE_KEYS,
)

_REFUSE = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def triggers() -> dict[str, str]:
    """Return the SQL of every trigger by name, exactly as SQLite stores it."""
    made: dict[str, str] = {}
    for table in GUARDED:
        refuse = _REFUSE.format(table=table)
        made[f"{table}_no_delete"] = (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        )
        # REPLACE INTO deletes the old row without firing its DELETE trigger.
        taken = " OR ".join(
            "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
            for key in UNIQUE_KEYS[table]
        )
        made[f"{table}_no_replace"] = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {refuse}"
        )
        made[f"{table}_no_update"] = (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {_when(table)}{refuse}"
        )
    for event in ("insert", "update"):
        name = f"{EDITION}_overlap_{event}"
        made[name] = (
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {EDITION} WHEN {_OVERLAP} "
            "BEGIN SELECT RAISE(ABORT, 'two editions would be live at once'); END"
        )
    return made


def install(cursor) -> None:
    """Create the triggers that are missing or differ."""
    present = _present(cursor)
    for name, sql in triggers().items():
        if present.get(name) != sql:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)


def drop(cursor) -> None:
    """Remove the triggers."""
    for name in triggers():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(cursor) -> list[str]:
    """Return the names of triggers that are absent or altered."""
    present = _present(cursor)
    return sorted(name for name, sql in triggers().items() if present.get(name) != sql)


def lift_deletes(cursor) -> None:
    """Let rows be deleted: for the test databases' flush alone."""
    for table in GUARDED:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def _present(cursor) -> dict[str, str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(cursor.fetchall())


def _when(table: str) -> str:
    """Return the condition under which an update is refused: “always” is the empty text."""
    if table in APPEND_ONLY:
        return ""
    if table == PAYLOAD:
        return "WHEN NEW.revision_id IS NOT OLD.revision_id OR NEW.text IS NOT NULL "
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in EDITION_FIXED)
    return f"WHEN {changed} "


# Half-open intervals; an empty one is a cancelled edition and overlaps nothing.
_OVERLAP = (
    f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id IS NOT NEW.id "
    "AND (e.path = NEW.path OR e.entry_id = NEW.entry_id) "
    "AND (e.live_until IS NULL OR e.live_until > e.live_from) "
    "AND (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) "
    "AND (NEW.live_until IS NULL OR e.live_from < NEW.live_until) "
    "AND (e.live_until IS NULL OR NEW.live_from < e.live_until))"
)
