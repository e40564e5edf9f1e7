"""The guards as PostgreSQL triggers and exclusion constraints."""

from publishing.guards.tables import APPEND_ONLY, EDITION, EDITION_FIXED, GUARDED, PAYLOAD

_FUNCTION = "publishing_refuse"
_BODY = (
    " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END "
)
# Exactly as pg_get_constraintdef gives them back.
_EXCLUSIONS = {
    f"{EDITION}_one_live_per_{column}": (
        f"EXCLUDE USING gist ({column} WITH =, tstzrange(live_from, live_until) WITH &&)"
    )
    for column in ("path", "entry_id")
}


def triggers() -> dict[str, tuple[str, str]]:
    """Return table and definition (what follows CREATE TRIGGER name) of every trigger by name."""
    made: dict[str, tuple[str, str]] = {}
    call = f"EXECUTE FUNCTION {_FUNCTION}()"
    for table in GUARDED:
        made[f"{table}_no_delete"] = (table, f"BEFORE DELETE ON {table} FOR EACH ROW {call}")
        made[f"{table}_no_truncate"] = (
            table,
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
        )
        made[f"{table}_no_update"] = (
            table,
            f"BEFORE UPDATE ON {table} FOR EACH ROW {_when(table)}{call}",
        )
    return made


def install(cursor) -> None:
    """Create what is missing, altered or switched off."""
    cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
    )
    absent = set(missing(cursor))
    for name, (table, definition) in triggers().items():
        if name in absent:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"CREATE TRIGGER {name} {definition}")
            # The mark by which an altered trigger of the same name is told.
            cursor.execute(f"COMMENT ON TRIGGER {name} ON {table} IS %s", [definition])
    for name, definition in _EXCLUSIONS.items():
        if name in absent:
            cursor.execute(f"ALTER TABLE {EDITION} DROP CONSTRAINT IF EXISTS {name}")
            cursor.execute(f"ALTER TABLE {EDITION} ADD CONSTRAINT {name} {definition}")


def drop(cursor) -> None:
    """Remove the triggers; the exclusion constraints stand no migration in the way."""
    present = _present_triggers(cursor)
    for name, (table, _definition) in triggers().items():
        if name in present:
            cursor.execute(f"DROP TRIGGER {name} ON {table}")


def missing(cursor) -> list[str]:
    """Return the names of guards that are absent, altered or switched off."""
    present = _present_triggers(cursor)
    cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [_FUNCTION])
    source = cursor.fetchone()
    gone = [] if source and source[0] == _BODY else [_FUNCTION]
    for name, (_table, definition) in triggers().items():
        enabled, comment, actual = present.get(name, ("", "", ""))
        if enabled != "O" or comment != definition or not _same(actual, definition):
            gone.append(name)
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'x' AND convalidated AND conrelid = to_regclass(%s)",
        [EDITION],
    )
    found = dict(cursor.fetchall())
    return sorted(gone + [name for name, said in _EXCLUSIONS.items() if found.get(name) != said])


def set_enabled(cursor, enabled: bool) -> None:
    """Switch all triggers on or off: for the test databases' flush alone."""
    word = "ENABLE" if enabled else "DISABLE"
    for table in GUARDED:
        cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


def _present_triggers(cursor) -> dict[str, tuple[str, str, str]]:
    cursor.execute(
        "SELECT tgname, tgenabled, obj_description(oid, 'pg_trigger'), pg_get_triggerdef(oid) "
        "FROM pg_trigger WHERE NOT tgisinternal AND tgname = ANY(%s)",
        [list(triggers())],
    )
    return {
        name: (_text(enabled), comment or "", definition)
        for name, enabled, comment, definition in cursor.fetchall()
    }


def _text(value: str | bytes) -> str:
    """pg_trigger.tgenabled is PostgreSQL's one-byte "char", which arrives as bytes."""
    return value.decode() if isinstance(value, bytes) else value


def _same(actual: str, definition: str) -> bool:
    """Say whether the catalogue's rendering has the event, level and columns of a definition.

    PostgreSQL prints its own brackets and schema names, so the letters alone are compared.
    """

    def letters(text: str) -> str:
        text = text.split(" BEFORE ", 1)[-1] if " BEFORE " in text else text
        text = text.removeprefix("BEFORE ").replace("public.", "").replace("::text", "")
        return "".join(c for c in text.lower() if c.isalnum() or c in "_.")

    return letters(actual) == letters(definition)


def _when(table: str) -> str:
    if table in APPEND_ONLY:
        return ""
    if table == PAYLOAD:
        return "WHEN (NEW.revision_id IS DISTINCT FROM OLD.revision_id OR NEW.text IS NOT NULL) "
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in EDITION_FIXED)
    return f"WHEN ({changed}) "
