from django.db import migrations

from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hash


def vouch(apps, _schema_editor):
    """Vouch anew, for more of what is there: from now on a change of it is found."""
    accounts = apps.get_model("accounts", "User").objects
    for person in accounts.order_by("pk").iterator():
        told = kept_hash(PURPOSE, told_of_account(person))
        accounts.filter(pk=person.pk).update(vouch=told)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_vouch")]

    operations = [
        migrations.RunPython(vouch, migrations.RunPython.noop, elidable=True),
    ]
