"""The text index, and every entry in it. Raw SQL, because each kind of database has its own; nothing of it is a model."""

from django.db import migrations


def make(apps, schema_editor):
    from exitplan.store import texts

    for statement in texts.create(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def fill(apps, schema_editor):
    from exitplan.store import texts

    texts.fill(apps.get_model("store", "EntryRow"))


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0005_alarms"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
