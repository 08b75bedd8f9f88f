"""The restore drill: a house is lost, and comes back on an empty machine."""

import json
import random
import shutil
import threading
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils.timezone import now

from shuoshi.backup.actions.erasures import note_erasures
from shuoshi.backup.actions.making import make_backup
from shuoshi.backup.actions.restoring import restore_backup
from shuoshi.backup.rules.keys import new_key
from shuoshi.backup.rules.refusals import RestoreRefused
from shuoshi.files.actions import keep, remove
from shuoshi.files.models import Attachment
from shuoshi.files.queries import read
from shuoshi.matters.actions.erasing import erase_speaker
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.trail.actions import seal_day
from shuoshi.trail.models import Event
from tests.backup.place import empty_place, vendors
from tests.files.samples import picture
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC, SECRET = new_key("drill")
PAPER = SECRET.on_paper()


class Writer(threading.Thread):
    """Somebody who goes on raising matters while the backup is made."""

    def __init__(self, mine_id):
        super().__init__()
        self.mine_id, self.stop, self.raised = mine_id, threading.Event(), []
        self.receipts = []

    def run(self):
        try:
            while not self.stop.is_set():
                saying = Saying(text="备份时还有人说事。", identity="ANONYMOUS")
                raised = raise_matter(
                    saying, mine_id=self.mine_id, channel="WEB", now=now()
                )
                self.raised.append(raised.matter.number)
                self.receipts.append(raised.receipt)
                self.stop.wait(0.05)
        finally:
            connection.close()


@pytest.fixture
def lived_in(settings, tmp_path):
    """A house with matters here and there on their way, files, a folder for backups."""
    settings.SHUOSHI_BACKUP_KEY = str(PUBLIC)
    house = build_house()
    matter = Story(house).handling().matter
    Story(house).closed()
    Story(house, identity="CONFIDENTIAL").answered(solved=False)
    Story(house).triaged().take("hand_to_discipline", "receiver", reason="检举")
    for number in range(3):
        keep(
            ContentFile(picture(colour=(number, 9, 9)), name=f"井口{number}.jpg"),
            about=matter.uid,
            mine_id=matter.mine_id,
            by="speaker",
            now=now(),
        )
    return tmp_path / "backups"


def test_a_house_that_was_lost_comes_back_while_others_wrote(lived_in, tmp_path):
    assert Matter.objects.filter(sealed=True).exists()
    seal_day(now().date(), now=now())
    writer = Writer(Matter.objects.first().mine_id)
    writer.start()
    try:
        while len(writer.raised) < 3:
            time.sleep(0.01)
        before = Event.objects.count()
        made = make_backup(lived_in, by="clock", now=now())
    finally:
        writer.stop.set()
        writer.join()
    shown = writer.receipts[:2]
    files = {str(one.pk): read(one).hex() for one in Attachment.objects.all()}

    # It was whole at one moment: not before it began, not after it ended.
    assert before <= made.totals.rows["trail_event"] <= Event.objects.count()
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in lived_in.iterdir()] == [made.file.name]
    for vendor in vendors():
        with empty_place(tmp_path, vendor) as place:
            done = place.shuoshi(
                "restore", str(made.file), "--json", SHUOSHI_BACKUP_SECRET=PAPER
            )
            assert (done.returncode, done.stderr) == (0, "")
            told = json.loads(done.stdout)
            assert told["verify"]["ok"] is True
            assert told["verify"]["seals"] == 1
            assert told["files"] == 3
            found = place.asked(receipts=shown, files=list(files))
            # What the restore itself put on record came after.
            counts = made.totals.rows | {
                "trail_event": made.totals.rows["trail_event"] + 1,
                "trail_chainend": found["counts"]["trail_chainend"],
            }
            counts.pop("words")
            assert found["counts"] == counts
            assert found["files"] == files
            assert found["shown"] == [200] * len(shown) != []
            assert place.shuoshi("verify").returncode == 0
            again = place.shuoshi(
                "restore", str(made.file), SHUOSHI_BACKUP_SECRET=PAPER
            )
            assert (again.returncode, "不是空的" in again.stderr) == (1, True)


def broken(file: Path, how: str) -> Path:
    sealed = bytearray(file.read_bytes())
    if how == "changed":
        sealed[len(sealed) // 2] ^= 1
    if how == "cut":
        del sealed[-1:]
    other = file.with_name(f"{how}.backup")
    other.write_bytes(sealed)
    return other


def test_a_damaged_backup_and_wrong_secrets_change_nothing(lived_in, settings):
    made = make_backup(lived_in, by="clock", now=now())
    before = Event.objects.count()
    foreign = new_key("other")[1]
    # The file, the secret, the words of the refusal.
    cases = [
        (broken(made.file, "changed"), SECRET, "被改动过"),
        (broken(made.file, "cut"), SECRET, "不完整"),
        (made.file, foreign, "打不开"),
        (Path(__file__), SECRET, "不是说事的备份"),
        (lived_in / "none.backup", SECRET, "读不出来"),
        # Whole, but somebody lives here already.
        (made.file, SECRET, "不是空的"),
    ]
    for file, secret, words in cases:
        with pytest.raises(RestoreRefused, match=words):
            restore_backup(file, secret, by="console", now=now())
    settings.SECRET_KEY = "x" * 50
    with pytest.raises(RestoreRefused, match="SHUOSHI_SECRET_KEY"):
        restore_backup(made.file, SECRET, by="console", now=now())

    assert Event.objects.count() == before


def test_a_damaged_backup_does_not_even_make_a_table(lived_in, tmp_path, vendor):
    made = make_backup(lived_in, by="clock", now=now())
    with empty_place(tmp_path, vendor) as place:
        done = place.shuoshi(
            "restore",
            str(broken(made.file, "changed")),
            SHUOSHI_BACKUP_SECRET=PAPER,
        )

        assert (done.returncode, "被改动过" in done.stderr) == (1, True)
        assert place.is_untouched()
        assert not (place.data / "files").exists()


def test_a_bit_flipped_anywhere_in_a_real_backup_is_found(lived_in):
    made = make_backup(lived_in, by="clock", now=now())
    whole = made.file.read_bytes()
    chance = random.Random(7)
    for _attempt in range(200):
        sealed = bytearray(whole)
        sealed[chance.randrange(len(sealed))] ^= 1 << chance.randrange(8)
        made.file.write_bytes(sealed)
        # Whole, it would be refused because somebody lives here.
        with pytest.raises(RestoreRefused, match=r"^(?!.*不是空的)"):
            restore_backup(made.file, SECRET, by="console", now=now())


def test_what_was_erased_after_the_backup_is_erased_again(lived_in, tmp_path, vendor):
    made = make_backup(lived_in, by="clock", now=now())
    matter = Matter.objects.filter(speaker__isnull=False).first()
    file = Attachment.objects.first()
    erase_speaker(matter, by="person:1", now=now(), why="asked")
    remove(file, by="person:1", now=now())
    assert note_erasures(lived_in) == 2
    assert note_erasures(lived_in) == 0
    with (lived_in / "erased.list").open("a") as opened:
        # Somebody who can write there, without our keys.
        forged = {"box": "matters.Matter", "owner": str(matter.uid), "row": "1"}
        opened.write(f"{'0' * 64} {json.dumps(forged)}\n")
    with empty_place(tmp_path, vendor) as place:
        done = place.shuoshi(
            "restore", str(made.file), "--json", SHUOSHI_BACKUP_SECRET=PAPER
        )

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["erased_again"] == 2
        assert json.loads(done.stdout)["verify"]["ok"] is True
        stored = place.data / "files" / file.stored_as
        assert not stored.exists()


def test_a_restore_that_breaks_half_way_leaves_nothing(lived_in, tmp_path, vendor):
    """The store cannot be written: the rows that were in already go out again."""
    made = make_backup(lived_in, by="clock", now=now())
    with empty_place(tmp_path, vendor) as place:
        (place.data / "files").write_text("in the way")

        done = place.shuoshi("restore", str(made.file), SHUOSHI_BACKUP_SECRET=PAPER)

        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not any(
            place.asked(receipts=[], files=[])["counts"][name]
            for name in ("matters_matter", "accounts_user", "trail_event")
        )
        # What was in the way is gone: now it works.
        (place.data / "files").unlink()
        done = place.shuoshi("restore", str(made.file), SHUOSHI_BACKUP_SECRET=PAPER)
        assert done.returncode == 0, done.stderr
        shutil.rmtree(place.data)
