from django.db import migrations, models

from shuoshi.common.hashing import kept_hash
from shuoshi.org.rules.vouching import PURPOSE, told_of_post


def vouch(apps, _schema_editor):
    """Vouch for what is there: from now on a change past the house is found."""
    posts = apps.get_model("org", "Post").objects
    for post in posts.prefetch_related("charges").order_by("pk").iterator(500):
        led = [charge.unit_id for charge in post.charges.all()]
        told = kept_hash(PURPOSE, told_of_post(post, led))
        posts.filter(pk=post.pk).update(vouch=told)


class Migration(migrations.Migration):
    dependencies = [("org", "0003_grant_words")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="vouch",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.RunPython(vouch, migrations.RunPython.noop, elidable=True),
    ]
