from django.db import migrations, models

from shuoshi.common.hashing import kept_hash
from shuoshi.matters.rules.committee import PURPOSE, told_of_key


def vouch(apps, _schema_editor):
    """Vouch for what is there: from now on a change past the house is found."""
    keys = apps.get_model("matters", "CommitteeKey").objects
    for key in keys.order_by("pk"):
        keys.filter(pk=key.pk).update(vouch=kept_hash(PURPOSE, told_of_key(key)))


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_unknown_objects")]

    operations = [
        migrations.AddField(
            model_name="committeekey",
            name="vouch",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.RunPython(vouch, migrations.RunPython.noop, elidable=True),
    ]
