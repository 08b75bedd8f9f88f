from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.matters.actions import ledger_drafts
from shuoshi.matters.actions.ledger_drafts import (
    LedgerDraft,
    keep_draft,
    opened_draft,
    sweep_drafts,
)
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.ledger import LedgerRefused
from shuoshi.matters.views import ledger_import
from tests.matters.ledgers import HEADS, good_row, write_book


URL, CONFIRM = "/desk/ledger/import/", "/desk/ledger/import/confirm/"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "store"},
        }
    }


@pytest.fixture
def upload(tmp_path):
    """Return a ledger as a browser sends it."""

    def made(*rows, heads=tuple(HEADS), name="旧台账.xlsx"):
        path = write_book(tmp_path / "a.xlsx", list(heads), *rows)
        return SimpleUploadedFile(name, path.read_bytes())

    return made


def drafts():
    try:
        return default_storage.listdir("ledgers")[1]
    except FileNotFoundError:
        return []


def test_the_page_asks_for_a_file(house, sign_in):
    answer = sign_in("coordinator").get(URL)

    assert answer.status_code == 200
    assert 'type="file"' in answer.content.decode()


def test_the_preview_names_faults_and_changes_nothing(house, sign_in, upload):
    file = upload(good_row(), good_row(编号="2", 来访日期="3月5日"))
    answer = sign_in("coordinator").post(URL, {"file": file})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "没有年份" in text
    assert "写成 2019-3-5" in text
    assert "导入 1 件" in text
    assert not Matter.objects.exists()


def test_what_was_previewed_is_imported(house, sign_in, upload):
    client = sign_in("coordinator")
    client.post(URL, {"file": upload(good_row())})
    (stored,) = drafts()
    with default_storage.open(f"ledgers/{stored}") as file:
        assert not file.read().startswith(b"PK")
    answer = client.post(CONFIRM, follow=True)

    assert answer.redirect_chain == [("/desk/ledger/", 302)]
    assert "已导入 1 件" in answer.content.decode()
    matter = Matter.objects.get()
    assert matter.first_receiver == house.people["coordinator"]
    assert drafts() == []


def test_an_import_is_confirmed_once(house, sign_in, upload):
    client = sign_in("coordinator")
    client.post(URL, {"file": upload(good_row())})
    client.post(CONFIRM)
    answer = client.post(CONFIRM, follow=True)

    assert "预览已经过期" in answer.content.decode()
    assert Matter.objects.count() == 1


def test_a_draft_that_was_swept_has_expired(house, sign_in, upload):
    client = sign_in("coordinator")
    client.post(URL, {"file": upload(good_row())})
    assert sweep_drafts(now=datetime.now(UTC) + timedelta(days=2)) == 1
    answer = client.post(CONFIRM, follow=True)

    assert answer.redirect_chain[-1][0] == URL
    assert "预览已经过期" in answer.content.decode()


def test_a_second_upload_takes_the_place_of_the_first(house, sign_in, upload):
    client = sign_in("coordinator")
    client.post(URL, {"file": upload(good_row())})
    client.post(URL, {"file": upload(good_row(编号="2"))})

    assert len(drafts()) == 1


def test_nothing_new_cannot_be_confirmed(house, sign_in, upload):
    client = sign_in("coordinator")
    client.post(URL, {"file": upload(good_row())})
    client.post(CONFIRM)
    answer = client.post(URL, {"file": upload(good_row())})

    assert CONFIRM not in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        ("编号,来访日期".encode(), "CSV"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\x89PNG\r\n\x1a\n\x00", "不是 Excel"),
    ],
    ids=range(4),
)
def test_a_file_that_is_none_is_refused_beside_the_field(
    house, sign_in, content, reason
):
    answer = sign_in("coordinator").post(
        URL, {"file": SimpleUploadedFile("a.xlsx", content)}
    )

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert drafts() == []


def test_no_file_is_refused(house, sign_in):
    assert sign_in("coordinator").post(URL).status_code == 422


def test_no_heads_are_refused(house, sign_in, upload):
    answer = sign_in("coordinator").post(
        URL, {"file": upload(good_row(), heads=["一", "二", "三"])}
    )

    assert answer.status_code == 422
    assert "没有找到表头" in answer.content.decode()


def test_too_many_rows_are_for_the_console(house, sign_in, upload, monkeypatch):
    monkeypatch.setattr(ledger_import, "MOST_ROWS", 2)
    answer = sign_in("coordinator").post(URL, {"file": upload(good_row(), good_row())})

    assert answer.status_code == 422
    assert "超过 2 行" in answer.content.decode()


def test_markup_in_a_ledger_stays_text(house, sign_in, upload):
    file = upload(good_row(满意度="<script>x</script>"), name="<b>.xlsx")
    text = sign_in("coordinator").post(URL, {"file": file}).content.decode()

    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


@pytest.mark.parametrize(
    "who", ["receiver", "head", "chief", "mate", "discipline", "sysadmin"]
)
def test_only_coordinators_come_here(house, sign_in, upload, who):
    client = sign_in(who)

    assert client.get(URL).status_code == 403
    assert client.post(URL, {"file": upload(good_row())}).status_code == 403
    assert client.post(CONFIRM).status_code == 403
    assert not Matter.objects.exists()


def test_a_stranger_signs_in_first(house, client):
    for url in (URL, CONFIRM):
        assert client.get(url).status_code in {302, 405}


def test_a_draft_opens_only_with_its_key(tmp_path):
    draft = keep_draft(ContentFile(b"secret"))
    other = keep_draft(ContentFile(b"other"))

    with opened_draft(draft) as path:
        assert path.read_bytes() == b"secret"
    assert not path.exists()
    with pytest.raises(LedgerRefused), opened_draft(LedgerDraft(draft.name, other.key)):
        pass
    assert LedgerDraft.from_json({"name": "../../etc/passwd", "key": ""}) is None


def test_a_file_too_large_for_a_page_is_refused(house, sign_in, upload, monkeypatch):
    monkeypatch.setattr(ledger_drafts, "MOST_BYTES", 100)
    answer = sign_in("coordinator").post(URL, {"file": upload(good_row())})

    assert answer.status_code == 422
    assert "请按年份分开导入" in answer.content.decode()


def test_an_empty_store_needs_no_sweeping():
    assert sweep_drafts(now=datetime.now(UTC)) == 0
