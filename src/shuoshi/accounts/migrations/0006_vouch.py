from django.db import migrations, models

from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hash


def vouch(apps, _schema_editor):
    """Vouch for what is there: from now on a change past the house is found."""
    accounts = apps.get_model("accounts", "User").objects
    for person in accounts.order_by("pk").iterator():
        told = kept_hash(PURPOSE, told_of_account(person))
        accounts.filter(pk=person.pk).update(vouch=told)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_told_for_above")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="vouch",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.RunPython(vouch, migrations.RunPython.noop, elidable=True),
    ]
