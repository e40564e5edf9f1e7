from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0013_cases_of_sources'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='why',
            field=models.CharField(choices=[('embed_changed', 'Something that it shows has changed'), ('embed_withdrawn', 'Something that it shows was withdrawn'), ('original_withdrawn', 'What it was translated from was withdrawn'), ('notice', 'An emergency notice stands on it'), ('source_retracted', 'A source that it cites was retracted')], max_length=20),
        ),
    ]
