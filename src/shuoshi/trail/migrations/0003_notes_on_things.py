from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    # Neither step makes the table of events anew on SQLite: its triggers stay.
    dependencies = [("trail", "0002_refuse_changes")]
    operations = [
        migrations.AddField("event", "thing", models.UUIDField(blank=True, null=True)),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["thing", "id"],
                condition=Q(thing__isnull=False),
                name="event_thing",
            ),
        ),
        migrations.CreateModel(
            name="ChainEnd",
            fields=[
                ("about", models.UUIDField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
    ]
