"""Make a backup, or say why not."""

import resource
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.timezone import now

from shuoshi.backup import tasks
from shuoshi.backup.actions.making import make_backup
from shuoshi.backup.queries.tables import LEFT_OUT, OF_DATABASE, WORDS, tables
from shuoshi.backup.rules.keeping import name_at
from shuoshi.backup.rules.keys import new_key
from shuoshi.backup.rules.refusals import BackupRefused
from shuoshi.files.actions import keep
from shuoshi.trail.models import Event
from tests.files.samples import picture
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC, _SECRET = new_key("b1")


@pytest.fixture(autouse=True)
def key(settings):
    settings.SHUOSHI_BACKUP_KEY = str(PUBLIC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def noted():
    events = Event.objects.filter(verb__startswith="note.backup.").order_by("id")
    return [(one.verb.removeprefix("note.backup."), one.by) for one in events]


def test_every_table_is_kept_or_left_out_for_a_reason():
    there = set(connection.introspection.table_names())
    # What the index of words is made of on SQLite is made anew.
    there = {name for name in there if not name.startswith(f"{WORDS}_")}

    kept = {table.name for table in tables()}

    left_out = {label.replace(".", "_") for label in LEFT_OUT}
    left_out = {name.replace("sessions_", "django_") for name in left_out}
    assert there - OF_DATABASE == kept | left_out | {WORDS}


def test_without_a_key_there_is_no_backup(settings, folder):
    settings.SHUOSHI_BACKUP_KEY = ""

    with pytest.raises(BackupRefused, match="backup-key"):
        make_backup(folder, by="clock", now=now())

    assert not folder.exists()
    assert noted() == [("failed", "clock")]


def test_older_ones_go_when_a_new_one_is_there(settings, folder):
    settings.SHUOSHI_BACKUP_KEEP = "2,0,0"
    folder.mkdir()
    moment = now()
    older = [folder / name_at(moment - timedelta(days=back)) for back in (1, 2, 3)]
    other = folder / "letter.txt"
    for file in (*older, other):
        file.write_text("x")

    made = make_backup(folder, by="clock", now=moment)

    assert made.pruned == sorted(file.name for file in older[1:])
    assert set(folder.iterdir()) == {made.file, older[0], other}
    assert noted() == [("made", "clock")]


def test_a_full_folder_is_said_and_leaves_the_older_ones(folder):
    make_backup(folder, by="clock", now=now())
    before = set(folder.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(BackupRefused, match="满了"):
            make_backup(folder, by="clock", now=now())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert set(folder.iterdir()) == before


def test_a_file_that_is_lost_is_named(folder):
    matter = Story(build_house()).matter
    file = keep(
        ContentFile(picture(), name="x.jpg"),
        about=matter.uid,
        mine_id=matter.mine_id,
        by="speaker",
        now=now(),
    )
    default_storage.delete(file.stored_as)

    made = make_backup(folder, by="clock", now=now())

    assert (made.totals.files, made.totals.missing) == (0, [file.stored_as])


def test_the_worker_makes_it_where_it_is_told_to(settings, folder, client):
    tasks.back_up()
    assert noted() == []
    assert "backup" not in client.get("/healthz").json()
    settings.SHUOSHI_BACKUP_TO = str(folder)
    assert client.get("/healthz").json()["backup"] == "late"

    tasks.back_up()
    tasks.carry_over_erasures()

    assert noted() == [("made", "clock")]
    health = client.get("/healthz").json()
    assert (health["backup"], health["backup_hours"]) == ("well", 0)


def test_an_old_backup_is_late(settings, folder, client):
    settings.SHUOSHI_BACKUP_TO = str(folder)
    folder.mkdir()
    (folder / name_at(now() - timedelta(hours=30))).write_text("x")

    health = client.get("/healthz").json()

    assert (health["backup"], health["backup_hours"]) == ("late", 30)
