from django.db import migrations

HAS_TITLES_ALONE = """
SELECT 1 FROM pg_attribute WHERE attrelid = 'publishing_searchtext'::regclass
    AND attname = 'title_vector' AND NOT attisdropped
"""
# The order of positions changes, too: rows are made anew by what follows every migration.
FORWARD = [
    "TRUNCATE publishing_searchtext, publishing_searchname",
    "ALTER TABLE publishing_searchtext RENAME COLUMN title_vector TO head",
    "ALTER INDEX publishing_searchtext_title RENAME TO publishing_searchtext_head",
    # Two thousand are unpacked to put them in order.
    "ALTER TABLE publishing_searchtext ALTER COLUMN vector SET STORAGE EXTERNAL",
]
BACK = [
    "UPDATE publishing_searchtext SET head = setweight(ts_filter(head, '{a}'), 'D')",
    "ALTER TABLE publishing_searchtext RENAME COLUMN head TO title_vector",
    "ALTER INDEX publishing_searchtext_head RENAME TO publishing_searchtext_title",
    "ALTER TABLE publishing_searchtext ALTER COLUMN vector SET STORAGE EXTENDED",
]


def make_heads(apps, schema_editor) -> None:
    """Let PostgreSQL rank by title and summary; some databases do already."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(HAS_TITLES_ALONE)
        if cursor.fetchone():
            for sql in FORWARD:
                cursor.execute(sql)


def make_titles(apps, schema_editor) -> None:
    """Let PostgreSQL rank by the title alone."""
    if schema_editor.connection.vendor == "postgresql":
        for sql in BACK:
            schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0010_site_footer'),
    ]

    operations = [
        migrations.RunPython(make_heads, make_titles),
    ]
