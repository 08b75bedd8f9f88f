"""What was read goes on the chain of who read it; every such chain remembers its end."""

from django.db import migrations
from django.db.models import Max

from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.chain import FIRST, event_hash
from shuoshi.trail.rules.notes import READ


# Rooms whose things never remembered the end of their chain.
HEADLESS = ("accounts.", "ledger.", "note.", "org.")


def remember_ends(apps, _schema_editor):
    event, end = apps.get_model("trail", "Event"), apps.get_model("trail", "ChainEnd")
    lasts = event.objects.values("about").annotate(last=Max("seq")).order_by("about")
    for chain in lasts.iterator():
        last = event.objects.get(about=chain["about"], seq=chain["last"])
        if last.verb.startswith(HEADLESS):
            end.objects.create(about=last.about, seq=last.seq, hash=last.hash)


def bring_over(apps, _schema_editor):
    event, end = apps.get_model("trail", "Event"), apps.get_model("trail", "ChainEnd")
    for old in apps.get_model("trail", "Reading").objects.order_by("id").iterator():
        chain = chain_of(old.by)
        before = end.objects.filter(about=chain).first()
        told = {"field": old.field, "on": str(old.about), "reading": old.pk}
        new = event(
            mine_id=old.mine_id,
            about=chain,
            seq=before.seq + 1 if before else 1,
            at=old.at,
            verb=READ,
            by=old.by,
            thing=old.about,
            detail={**told, **({"why": old.why} if old.why else {})},
            prev_hash=before.hash if before else FIRST,
        )
        new.hash = event_hash(new)
        new.save(force_insert=True)
        end.objects.update_or_create(
            about=chain, defaults={"seq": new.seq, "hash": new.hash}
        )


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_notes_on_things")]
    operations = [
        migrations.RunPython(remember_ends, migrations.RunPython.noop),
        migrations.RunPython(bring_over, migrations.RunPython.noop),
    ]
