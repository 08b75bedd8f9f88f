from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trail", "0004_readings_become_notes")]
    operations = [
        migrations.DeleteModel("Reading"),
        migrations.CreateModel(
            name="Reading",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("trail.event",),
        ),
    ]
