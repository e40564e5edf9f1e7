import unicodedata

from django.db import migrations, models

ENGLISH = models.Q(edition__entry__language__iexact="en") | models.Q(
    edition__entry__language__istartswith="en-"
)
OUT_OF_INDEX = """
INSERT INTO publishing_searchindex(publishing_searchindex, rowid, title, summary, body)
    SELECT 'delete', edition_id, title, summary, body
    FROM publishing_searchtext WHERE edition_id = %s
"""
ANEW = "INSERT INTO publishing_searchindex(publishing_searchindex) VALUES ('rebuild')"
AS_ENGLISH = """
WITH said AS (
    SELECT setweight(to_tsvector('publishing_words', %s), 'A')
        || setweight(to_tsvector('publishing_words', %s), 'B') AS head,
        to_tsvector('publishing_words', %s) AS body
)
UPDATE publishing_searchtext SET head = said.head, vector = said.head || said.body
    FROM said WHERE edition_id = %s
"""


def drop_others(apps, schema_editor) -> None:
    """Drop what was stemmed as English and is not: it is made anew by what follows migrations."""
    connection = schema_editor.connection
    texts = apps.get_model("publishing", "SearchText").objects.using(connection.alias)
    names = apps.get_model("publishing", "SearchName").objects.using(connection.alias)
    keys = list(texts.exclude(ENGLISH).values_list("pk", flat=True))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(OUT_OF_INDEX, [(key,) for key in keys])
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        texts.filter(pk__in=some).delete()
        names.filter(edition__in=some).delete()


def stem_as_english(apps, schema_editor) -> None:
    """Index every text as English again."""
    connection = schema_editor.connection
    texts = apps.get_model("publishing", "SearchText").objects.using(connection.alias)
    others = texts.exclude(ENGLISH)
    if not others.exists():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(ANEW)
            return
        for row in others.iterator(200):
            said = (plain(row.title), plain(row.summary), plain(row.body), row.pk)
            cursor.execute(AS_ENGLISH, said)


def plain(text: str) -> str:
    """Return lower-case letters and digits without accents, as the search had them."""
    bases = (unicodedata.normalize("NFD", char)[0].lower() for char in text)
    return "".join(base if base.isalnum() else " " for base in bases)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0011_search_head'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchtext',
            name='language',
            field=models.CharField(default='en', max_length=12),
        ),
        migrations.RunPython(drop_others, stem_as_english),
    ]
