"""The auditor reads the trail and nothing else; nobody else reads it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuoshi.audit.actions.verifying import verify_on_record
from shuoshi.audit.queries.seals import last_verified
from shuoshi.audit.rules.kinds import KINDS, kind_of, told_of
from shuoshi.matters.models import Matter, ObjectNamed
from shuoshi.trail.actions import note, note_reading, seal_day
from shuoshi.trail.models import Event
from tests.matters.house import NOW, TEXT, Story, build_house, raised


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGES = ["/audit/", "/audit/export/csv/", "/audit/export/xlsx/", "/audit/seals/"]


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def as_(house):
    def signed_in(who):
        client = Client()
        client.force_login(house.people[who])
        return client

    return signed_in


def read(house, matter, who="receiver", at=NOW):
    note_reading(
        mine_id=house.mine.pk,
        about=matter.uid,
        field="speaker",
        by=house.standing(who).on_record,
        at=at,
        why="sheet",
    )


def rows(client, asked=""):
    answer = client.get(f"/audit/export/csv/{asked}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_are_the_auditors_alone(house, as_, path):
    for who in house.people:
        expected = 200 if who == "auditor" else 404
        answer = as_(who).get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        assert answer.status_code == expected, who
    assert Client().get(path).status_code == 302


def test_a_reading_is_listed_without_a_word_of_the_matter(house, as_):
    matter = raised(house)
    read(house, matter)

    text = as_("auditor").get("/audit/").content.decode()

    assert matter.number in text
    assert "receiver某（mine-receiver）" in text
    assert "说事人身份" in text
    for kept in ("张三丰", "13800000000", TEXT, matter.title):
        assert kept not in text
    assert as_("auditor").get(matter.get_absolute_url()).status_code == 404


def test_the_auditor_does_not_learn_of_what_names_the_auditor(house, as_):
    matter = raised(house)
    ObjectNamed.objects.create(matter=matter, person=house.people["auditor"])
    Matter.objects.update(names_objects=True)
    read(house, matter)

    client = as_("auditor")

    assert matter.number not in client.get("/audit/").content.decode()
    assert rows(client, f"?number={matter.number}") == []


def test_filters_narrow_by_who_kind_number_and_days(house, as_):
    one, two = raised(house), raised(house)
    read(house, one)
    read(house, two, "coordinator", NOW + DAY)
    note("accounts.signed_in", by=house.standing("chief").on_record, at=NOW + 2 * DAY)
    client = as_("auditor")

    def who(asked):
        return [row[1].partition("某")[0] for row in rows(client, asked)]

    assert who("?kind=READING") == ["coordinator", "receiver"]
    assert who("?kind=SIGN_IN") == ["chief"]
    assert who("?who=mine-receiver") == ["receiver"]
    assert who("?who=receiver某") == ["receiver"]
    assert who(f"?number={two.number}") == ["coordinator"]
    assert who("?since=2026-09-10&until=2026-09-10") == ["coordinator"]
    assert who("?since=2026-09-11&kind=SIGN_IN") == ["chief"]
    assert who("?who=nobody-at-all") == []


def test_days_are_found_along_the_seals(house, as_):
    matter = raised(house)
    for number in range(5):
        read(house, matter, at=NOW + number * DAY)
        seal_day((NOW + number * DAY).date(), now=NOW + number * DAY)
    client = as_("auditor")

    for number in range(5):
        day = (NOW + number * DAY).date()
        found = rows(client, f"?since={day}&until={day}&kind=READING")
        assert [row[0][:10] for row in found] == [str(day)]


def test_another_mines_trail_is_not_shown(house, as_):
    other = build_house("ELSE")
    read(other, raised(other))

    assert rows(as_("auditor"), "?kind=READING") == []


def test_the_export_is_itself_on_record_and_no_formula(house, as_):
    note("accounts.signed_in", by="=1+1", at=NOW)
    client = as_("auditor")

    assert [row[1] for row in rows(client)] == ["'=1+1"]

    event = Event.objects.get(verb="note.trail.exported")
    assert event.by == house.standing("auditor").on_record
    assert event.detail == {"rows": 1, "form": "csv"}
    answer = client.get("/audit/export/xlsx/")
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content))
    ).active
    assert [cell.value for cell in sheet[3]][1] == "=1+1"
    assert sheet.max_row == 3


def test_pages_hang_together_and_cost_the_same(house, as_):
    matter = raised(house)
    client = as_("auditor")
    client.get("/audit/")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get("/audit/")
        return len(asked)

    read(house, matter)
    few = cost()
    for number in range(500):
        read(house, matter, at=NOW + timedelta(minutes=number))
    assert cost() == few

    seen, places, asked = [], [], ""
    while True:
        shown = client.get(f"/audit/{asked}").context["shown"]
        seen += [line.at for line in shown.lines]
        places.append(shown.newer)
        if not shown.older:
            break
        asked = f"?older={shown.older}"
    assert len(seen) == Event.objects.filter(thing=matter.uid).count()
    assert seen == sorted(seen, reverse=True)
    back = client.get(f"/audit/?newer={places[2]}").context["shown"]
    assert [line.at for line in back.lines] == seen[50:100]


@pytest.mark.parametrize(
    "asked", ["?older=x", "?older=9" * 30, "?kind=no&since=x", "?number=%00"]
)
def test_what_cannot_be_meant_filters_nothing_and_breaks_nothing(house, as_, asked):
    read(house, raised(house))

    assert as_("auditor").get(f"/audit/{asked}").status_code == 200


def test_an_empty_trail_says_so(house, as_):
    assert "没有这样的记录" in as_("auditor").get("/audit/").content.decode()


def test_seals_and_the_last_verification_are_shown(house, as_):
    client = as_("auditor")
    assert "还没有做过全部验证" in client.get("/audit/seals/").content.decode()
    raised(house)
    seal = seal_day(date(2026, 9, 9), now=NOW)
    assert verify_on_record(now=NOW).ok

    text = client.get("/audit/seals/").content.decode()

    assert seal.hash in text
    assert "没有被动过" in text
    assert last_verified() == NOW


def test_a_failed_verification_is_told_where_the_auditor_looks(house, as_):
    matter = Story(house).handling().matter
    Matter.objects.update(state="TRIAGED")

    verify_on_record(now=datetime(2026, 9, 10, tzinfo=UTC))

    text = as_("auditor").get("/audit/seals/").content.decode()
    assert "台账里的内容和记录对不上" in text
    assert matter.number in text
    assert "审计" in as_("auditor").get("/desk/").content.decode()


def test_kinds_tell_verbs_apart():
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert str(kind_of("note.matters.referral_passed_up")) == "上交信件"
    assert str(kind_of("note.matters.committee_key_shared")) == "密钥与清除"
    assert str(kind_of("note.trail.read")) == "查看保护信息"
    assert str(kind_of("note.ledger.exported")) == "导出"
    assert str(kind_of("note.access.refused")) == "拒绝"
    assert str(kind_of("note.accounts.signed_in")) == "登录"
    assert str(kind_of("note.org.appointed")) == "授权与账号"
    assert str(kind_of("note.something.else")) == "其他"
    assert told_of("note.access.refused", {"status": 404, "on": "x", "l": [1]}) == (
        "access.refused · status 404"
    )


@pytest.mark.parametrize("by", ["person:None", "person:", "person:１", "nobody"])
def test_whoever_did_it_the_page_comes(house, as_, by):
    note("accounts.signed_in", by=by, at=NOW, mine_id=house.mine.pk)

    assert as_("auditor").get("/audit/").status_code == 200
    assert rows(as_("auditor"))
