"""The database itself refuses to change or delete what was recorded."""

from django.db import migrations

from shuoshi.trail.rules.append_only import allow_changes, refuse_changes


TABLES = {
    "trail_event": ("about = NEW.about AND seq = NEW.seq",),
    "trail_reading": (),
    "trail_seal": ("day = NEW.day", "prev_hash = NEW.prev_hash"),
}


def refuse(apps, schema_editor):
    for table, same in TABLES.items():
        for statement in refuse_changes(schema_editor.connection.vendor, table, *same):
            schema_editor.execute(statement)


def allow(apps, schema_editor):
    for table in TABLES:
        for statement in allow_changes(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
