import django.db.models.deletion
from django.db import migrations, models


def keep_uncompressed(apps, schema_editor) -> None:
    """Spare PostgreSQL the unpacking of every row: a search reads them all."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE publishing_entrywords ALTER COLUMN words SET STORAGE EXTERNAL"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryWords',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='publishing.entry')),
                ('words', models.TextField()),
            ],
        ),
        migrations.RunPython(keep_uncompressed, migrations.RunPython.noop),
    ]
