"""The guards stand after a later migration that rebuilds a guarded table."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate

from publishing import guards
from publishing import migrations as existing
from publishing.apps import drop_guards
from publishing.guards.tables import GUARDED
from publishing.models import Edition, Revision
from publishing.verification import verify
from tests import factories

MODELS = {
    "publishing_revision": "Revision",
    "publishing_signoff": "SignOff",
    "publishing_change": "Change",
    "publishing_revisionpayload": "RevisionPayload",
    "publishing_edition": "Edition",
}


@pytest.fixture
def edition(transactional_db):
    """A live edition, committed; migrations rebuild tables outside of transactions."""
    clock = factories.Clock()
    writer, signer, publisher = factories.editor(), factories.reviewer(), factories.publisher()
    factories.fund_site()
    factories.live_disclaimer(factories.Clock(clock.at.replace(day=1)))
    yield factories.published(
        factories.article_document(writer),
        by=writer,
        signer=signer,
        publisher=publisher,
        clock=clock,
    )
    guards.install()


def still_guarded(edition) -> None:
    """Show that everything is in place and works, not only that it has the right names."""
    assert guards.missing() == []
    assert list(verify()) == []
    for sql in (
        "UPDATE publishing_edition SET title = 'x'",
        "DELETE FROM publishing_revision",
        "UPDATE publishing_change SET reason = 'x'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Edition.objects.get(pk=edition.pk).title == edition.title


def alter(model: str) -> None:
    """Add a column with a default to a model's table and remove it again, as migrations would."""
    executor = MigrationExecutor(connection)
    before = executor.loader.project_state()
    after = before.clone()
    added = migrations.AddField(model, "later", models.CharField(default="new", max_length=9))
    added.state_forwards("publishing", after)
    with connection.schema_editor() as editor:
        added.database_forwards("publishing", editor, before, after)
    with connection.schema_editor() as editor:
        added.database_backwards("publishing", editor, after, before)


@pytest.mark.parametrize("table", GUARDED)
def test_migrating_puts_the_guards_back_after_a_table_was_rebuilt(edition, table):
    drop_guards("default")
    alter(MODELS[table])
    assert guards.missing() != []

    call_command("migrate", verbosity=0, interactive=False)

    still_guarded(edition)


@pytest.mark.parametrize("table", GUARDED)
def test_a_rebuild_in_the_middle_of_migrate_leaves_the_guards(edition, table):
    """The rebuild runs where a migration's would: after pre_migrate, before post_migrate."""
    seen = []

    def rebuild(**kwargs):
        if kwargs["app_config"].label == "publishing":
            seen.append(guards.missing())
            alter(MODELS[table])

    # Receivers run in the order of connection: healthcms puts the guards back in its own turn,
    # which comes last because it is the last app.
    post_migrate.connect(rebuild, weak=False, dispatch_uid="rebuild")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        post_migrate.disconnect(dispatch_uid="rebuild")

    [missing_meanwhile] = seen
    assert missing_meanwhile, "the guards were lifted while migrations ran"
    still_guarded(edition)


def test_a_real_migration_that_rebuilds_a_table(edition, settings, tmp_path, monkeypatch):
    """A throw-away migration of the publishing app itself, run by `migrate` and taken back."""
    package = tmp_path / "later_migrations"
    package.mkdir()
    (package / "__init__.py").write_text("")
    names = sorted(path.stem for path in Path(existing.__file__).parent.glob("0*.py"))
    for name in names:
        (package / f"{name}.py").write_text(
            "from importlib import import_module\n"
            f"Migration = import_module('publishing.migrations.{name}').Migration\n"
        )
    (package / "0999_later.py").write_text(
        "from django.db import migrations, models\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = [('publishing', '{names[-1]}')]\n"
        "    operations = [\n"
        "        migrations.AddField('Edition', 'later', models.CharField(default='new', "
        "max_length=9)),\n"
        "        migrations.AlterField('Revision', 'reason', models.CharField(blank=True, "
        "max_length=299)),\n"
        "        migrations.AddField('Change', 'later', models.CharField(default='new', "
        "max_length=9)),\n"
        "    ]\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    settings.MIGRATION_MODULES = {"publishing": "later_migrations"}

    call_command("migrate", "publishing", verbosity=0, interactive=False)
    try:
        assert ("publishing", "0999_later") in MigrationRecorder(connection).applied_migrations()
        assert guards.missing() == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT later FROM publishing_edition")
            assert {row[0] for row in cursor.fetchall()} == {"new"}
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute("UPDATE publishing_edition SET title = 'x'")
    finally:
        call_command("migrate", "publishing", names[-1], verbosity=0, interactive=False)

    still_guarded(edition)
    assert Revision.objects.count() == 2


# PostgreSQL alters tables in place.
@pytest.mark.sqlite
def test_a_rebuild_without_migrate_is_named_and_mended_by_the_next_one(edition):
    drop_guards("default")
    with connection.schema_editor() as editor:
        editor._remake_table(Edition)
    missing = guards.missing()
    assert "publishing_edition_no_update" in missing

    call_command("migrate", verbosity=0, interactive=False)

    still_guarded(edition)
