"""Nothing happens forwards; backwards it refuses to take signed text along."""

from django.db import migrations


def refuse_to_delete(apps, schema_editor) -> None:
    """Stop ``migrate publishing zero`` on a database that holds revisions."""
    revisions = apps.get_model("publishing", "Revision")
    if revisions._base_manager.using(schema_editor.connection.alias).exists():
        raise RuntimeError(
            "Not migrated backwards: the tables hold signed text, which is never deleted. "
            "Drop the database itself if you mean to start anew."
        )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [migrations.RunPython(migrations.RunPython.noop, refuse_to_delete)]
