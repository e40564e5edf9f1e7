import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # The texts are the other table's: the index keeps none of its own.
    """
    CREATE VIRTUAL TABLE publishing_searchindex USING fts5(
        title, summary, body,
        content = 'publishing_searchtext', content_rowid = 'edition_id',
        tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4'
    )
    """,
]
POSTGRESQL = [
    # English stems, and no stop words: “vitamin A” is not “vitamin”.
    "CREATE TEXT SEARCH DICTIONARY publishing_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION publishing_words (COPY = simple)",
    """
    ALTER TEXT SEARCH CONFIGURATION publishing_words
        ALTER MAPPING FOR asciiword, word WITH publishing_stem
    """,
    """
    ALTER TABLE publishing_searchtext
        ADD COLUMN title_vector tsvector, ADD COLUMN vector tsvector
    """,
    # Each search would read, end to end, what fastupdate puts off.
    """
    CREATE INDEX publishing_searchtext_title ON publishing_searchtext
        USING gin (title_vector) WITH (fastupdate = off)
    """,
    """
    CREATE INDEX publishing_searchtext_words ON publishing_searchtext
        USING gin (vector) WITH (fastupdate = off)
    """,
    # So that the words with one beginning stand together, in whatever language the database sorts.
    'ALTER TABLE publishing_searchword ALTER COLUMN word TYPE varchar(40) COLLATE "C"',
]
BACK = {
    "sqlite": ["DROP TABLE publishing_searchindex"],
    "postgresql": [
        "DROP TEXT SEARCH CONFIGURATION publishing_words",
        "DROP TEXT SEARCH DICTIONARY publishing_stem",
    ],
}


def make_indexes(apps, schema_editor) -> None:
    """Make each engine's own full text over the texts."""
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def drop_indexes(apps, schema_editor) -> None:
    """Drop what does not go with its table."""
    for sql in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0005_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('spelling', models.CharField(db_index=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='MissedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(max_length=80, verbose_name='words')),
                ('day', models.DateField(verbose_name='day')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='times')),
            ],
            options={
                'verbose_name': 'search in vain',
                'verbose_name_plural': 'searches in vain',
                'constraints': [models.UniqueConstraint(fields=('day', 'query'), name='missed_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SearchName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(db_index=True, max_length=200)),
                ('name', models.TextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_names', to='publishing.edition')),
            ],
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='publishing.edition')),
                ('title', models.TextField()),
                ('summary', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('anchors', models.TextField(blank=True)),
                ('facets', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'facets'], name='search_facets')],
            },
        ),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
