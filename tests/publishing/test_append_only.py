"""Invariant 2: revisions, sign-offs, editions and changes are never changed or deleted.

The ORM refuses first; the database's own triggers refuse whatever gets past it.
"""

import itertools

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from publishing.guards.tables import GUARDED
from publishing.models import (
    AppendOnlyError,
    Change,
    Edition,
    Entry,
    Revision,
    RevisionPayload,
    SignOff,
)

MODELS = [Revision, RevisionPayload, SignOff, Edition, Change]
# A column of each that an honest reader of the table would miss, and another value for it.
COLUMN = {
    Revision: ("reason", "because"),
    RevisionPayload: ("text", "{}"),
    SignOff: ("name", "Somebody Else"),
    Edition: ("path", "/elsewhere/"),
    Change: ("reason", "because"),
}
BY_MODEL = pytest.mark.parametrize("model", MODELS, ids=[m.__name__ for m in MODELS])
sqlite_only = pytest.mark.sqlite
postgresql_only = pytest.mark.postgresql


@pytest.fixture
def edition(desk):
    """A live edition, with a row in every guarded table."""
    edition = desk.live(desk.article())
    if connection.vendor == "postgresql":
        # TRUNCATE would be refused for the test's own sake while foreign keys wait to be checked.
        connection.check_constraints()
    return edition


def contents(model) -> list[tuple]:
    return list(model._base_manager.order_by("pk").values_list())


def by_save(model, row):
    setattr(row, *COLUMN[model])
    row.save()


def by_save_of_one_field(model, row):
    setattr(row, *COLUMN[model])
    row.save(update_fields=[COLUMN[model][0]])


def by_forced_update(model, row):
    setattr(row, *COLUMN[model])
    row.save(force_update=True)


def by_update(model, row):
    model.objects.filter(pk=row.pk).update(**dict([COLUMN[model]]))


def by_bulk_update(model, row):
    setattr(row, *COLUMN[model])
    model.objects.bulk_update([row], [COLUMN[model][0]])


def by_update_or_create(model, row):
    model.objects.update_or_create(pk=row.pk, defaults=dict([COLUMN[model]]))


def by_upsert(model, row):
    setattr(row, *COLUMN[model])
    model.objects.bulk_create(
        [row],
        update_conflicts=True,
        update_fields=[COLUMN[model][0]],
        unique_fields=[model._meta.pk.name],
    )


def by_a_second_row_of_the_same_key(model, row):
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    model(**{**values, **dict([COLUMN[model]])}).save()


def by_base_manager(model, row):
    model._base_manager.filter(pk=row.pk).update(**dict([COLUMN[model]]))


def by_delete(model, row):
    row.delete()


def by_delete_of_all(model, row):
    model.objects.all().delete()


def by_delete_through_base_manager(model, row):
    model._base_manager.filter(pk=row.pk).delete()


def by_raw_delete(model, row):
    model._base_manager.filter(pk=row.pk)._raw_delete("default")


WAYS = [
    by_save,
    by_save_of_one_field,
    by_forced_update,
    by_update,
    by_bulk_update,
    by_update_or_create,
    by_upsert,
    by_a_second_row_of_the_same_key,
    by_base_manager,
    by_delete,
    by_delete_of_all,
    by_delete_through_base_manager,
    by_raw_delete,
]
FENCED = {
    by_save,
    by_save_of_one_field,
    by_forced_update,
    by_update,
    by_bulk_update,
    by_update_or_create,
    by_delete,
    by_delete_of_all,
}


@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_the_orm_changes_nothing(edition, way):
    refusal = AppendOnlyError if way in FENCED else (DatabaseError, ProtectedError)
    for model in MODELS:
        before = contents(model)
        assert before

        with pytest.raises(refusal), transaction.atomic():
            way(model, model._base_manager.order_by("pk").last())

        assert contents(model) == before


def test_deleting_an_entry_is_refused_while_it_has_a_record(edition):
    with pytest.raises((ProtectedError, AppendOnlyError)):
        Entry.objects.get(pk=edition.entry_id).delete()

    assert Revision.objects.filter(entry=edition.entry_id).exists()


def run(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@BY_MODEL
def test_raw_update_is_refused(edition, model):
    before = contents(model)
    column, value = COLUMN[model]

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"UPDATE {model._meta.db_table} SET {column} = %s", value)

    assert contents(model) == before


@BY_MODEL
def test_every_column_but_the_two_let_through_is_guarded(edition, model):
    """An edition's live_until moves with its Change; a payload's text may become NULL."""
    let_through = {(Edition, "live_until")}
    table, key = model._meta.db_table, model._meta.pk.column
    for field in model._meta.concrete_fields:
        if (model, field.column) in let_through:
            continue
        other = {
            "DateTimeField": "'2001-01-01 00:00:00+00:00'",
            "UUIDField": "'00000000000000000000000000000001'",
            "TextField": "'x'",
            "CharField": "'x'",
        }.get(field.get_internal_type(), "9876")
        with pytest.raises(IntegrityError, match="append-only"):
            run(
                f"UPDATE {table} SET {field.column} = {other} WHERE {key} = "
                f"(SELECT MIN({key}) FROM {table})"
            )


@BY_MODEL
def test_raw_delete_is_refused(edition, model):
    before = contents(model)

    for where in ("", " WHERE 1 = 1"):
        with pytest.raises(IntegrityError, match="append-only"):
            run(f"DELETE FROM {model._meta.db_table}{where}")

    assert contents(model) == before


@sqlite_only
@BY_MODEL
def test_replace_into_is_refused(edition, model):
    before = contents(model)
    table, column = model._meta.db_table, COLUMN[model][0]
    columns = [field.column for field in model._meta.concrete_fields]
    picked = ", ".join("'x'" if name == column else name for name in columns)

    for verb in ("REPLACE", "INSERT OR REPLACE"):
        with pytest.raises(IntegrityError, match="append-only"):
            run(f"{verb} INTO {table} ({', '.join(columns)}) SELECT {picked} FROM {table}")

    assert contents(model) == before


@sqlite_only
@pytest.mark.parametrize("table", ["publishing_revision", "publishing_change"])
def test_replacing_by_a_number_instead_of_the_key_is_refused(edition, table):
    columns = [
        column.name
        for column in connection.introspection.get_table_description(connection.cursor(), table)
    ]
    picked = ", ".join("id + 1000" if name == "id" else name for name in columns)

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {picked} FROM {table}")


@postgresql_only
@BY_MODEL
def test_truncate_is_refused(edition, model):
    before = contents(model)

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"TRUNCATE {model._meta.db_table} CASCADE")

    assert contents(model) == before


@postgresql_only
@pytest.mark.parametrize("table", ["publishing_entry", "auth_user"])
def test_truncating_a_table_that_they_hang_on_is_refused(edition, table):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"TRUNCATE {table} CASCADE")

    assert Revision.objects.exists()


@postgresql_only
@BY_MODEL
def test_an_upsert_is_refused(edition, model):
    table, key = model._meta.db_table, model._meta.pk.column
    column, value = COLUMN[model]

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"INSERT INTO {table} SELECT * FROM {table} "
            f"ON CONFLICT ({key}) DO UPDATE SET {column} = %s",
            value,
        )


def test_a_payload_may_lose_its_text_and_nothing_else(edition):
    key = edition.revision_id

    run("UPDATE publishing_revisionpayload SET text = NULL WHERE revision_id = %s", key)

    assert RevisionPayload.objects.get(pk=key).text is None
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE publishing_revisionpayload SET text = '{}' WHERE revision_id = %s", key)


def test_live_until_may_move_because_a_change_tells_it(edition):
    run("UPDATE publishing_edition SET live_until = live_from WHERE id = %s", edition.pk)

    assert Edition.objects.get(pk=edition.pk).live_until == edition.live_from


def test_every_append_only_model_is_guarded():
    assert {model._meta.db_table for model in MODELS} == set(GUARDED)


def test_flush_refuses_a_database_that_holds_signed_text(edition, settings):
    kept = connection.settings_dict["NAME"]
    names = ["/srv/site/db.sqlite3", "healthcms", "/srv/latest_site.sqlite3", "latest_news"]
    try:
        for name in names:
            connection.settings_dict["NAME"] = name
            with pytest.raises(CommandError, match="Not flushed"):
                call_command("flush", interactive=False, verbosity=0)
    finally:
        connection.settings_dict["NAME"] = kept

    assert Edition.objects.filter(pk=edition.pk).exists()


def test_flush_empties_a_test_database_and_puts_the_guards_back(edition):
    from publishing import guards

    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    assert not any(itertools.chain.from_iterable(contents(model) for model in MODELS))
    assert guards.missing() == []
