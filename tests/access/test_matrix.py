"""
Every kind of person × every relation to a matter × every way to come by it.

Who may know of which matter stands here once more, written by hand. The query, the gate and
each way in (list, zone, page, step, slip, file, search, export, count, API) are held to it.
"""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.models import User
from shuoshi.files.queries import attachments_of
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by
from shuoshi.matters.rules.access import Permission, gate
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db

# relation → who of the mine may know of the matter.
SEES = {
    "handled_by_one": {"receiver", "coordinator", "chief", "leader", "head", "handler"},
    "confidential_received": {"receiver", "coordinator", "chief", "party_head"},
    "sealed": {"receiver", "coordinator", "chief", "party_head", "discipline"},
    "about_the_head": {
        "receiver",
        "coordinator",
        "chief",
        "leader",
        "other_head",
        "other",
    },
    "about_unit_one": {
        "receiver",
        "coordinator",
        "chief",
        "leader",
        "other_head",
        "other",
    },
    "about_the_leader": {"receiver", "coordinator", "chief", "party_head"},
    # Nobody was left who could sort it.
    "about_the_coordinator": {"chief", "discipline"},
    "opinion_of_two": {
        "receiver",
        "coordinator",
        "chief",
        "leader",
        "head",
        "handler",
        "other_head",
    },
}
SEALED = {"sealed", "about_the_coordinator"}
READS = SEES | {relation: {"discipline"} for relation in SEALED}
KNOWS_SPEAKER = READS | {"confidential_received": {"receiver", "coordinator"}}
# A word that stands in the text of one matter only.
WORDS = dict(zip(SEES, "甲乙丙丁戊己庚辛", strict=True))
PEOPLE = [
    "receiver",
    "coordinator",
    "party_head",
    "head",
    "handler",
    "mate",
    "other_head",
    "other",
    "leader",
    "chief",
    "discipline",
    "sysadmin",
    "secadmin",
    "auditor",
]


def story(house, relation, **saying):
    return Story(house, text=f"反映{WORDS[relation]}号风井的情况。", **saying)


def matters_of(house):
    people, units = house.people, house.units
    about = {"reason": "说事人写明"}
    opinion = {
        "question": "怎么办",
        "units": [units["two"]],
        "convener": people["head"],
    }
    stories = {
        "handled_by_one": story(house, "handled_by_one").handling(),
        "confidential_received": story(
            house, "confidential_received", identity="CONFIDENTIAL"
        ),
        "sealed": story(house, "sealed"),
        "about_the_head": story(house, "about_the_head").triaged(
            lead_unit=units["two"], objects=[people["head"]]
        ),
        "about_unit_one": story(house, "about_unit_one").triaged(
            lead_unit=units["two"], object_units=[units["one"]]
        ),
        "about_the_leader": story(house, "about_the_leader").take(
            "name_object", "receiver", objects=[people["leader"]], **about
        ),
        "about_the_coordinator": story(house, "about_the_coordinator").take(
            "name_object",
            "receiver",
            objects=[people["coordinator"], people["receiver"], people["party_head"]],
            **about,
        ),
        "opinion_of_two": story(house, "opinion_of_two").handling(),
    }
    photo = SimpleUploadedFile("a.txt", "井下照明".encode(), "text/plain")
    for one in stories.values():
        if one.matter.state == "RECEIVED" and one.matter.responsible_id == (
            people["receiver"].pk
        ):
            one.take("attach", "receiver", files=[photo])
            photo.seek(0)
    stories["sealed"].take("hand_to_discipline", "receiver", **about)
    stories["opinion_of_two"].take("call_deliberation", "receiver", **opinion)
    for relation in ("about_the_head", "about_unit_one"):
        stories[relation].take("accept", "other_head", handler=people["other"])
    return {relation: one.matter for relation, one in stories.items()}


@pytest.fixture
def house(db):
    build_house("ELSEWHERE")
    return build_house()


@pytest.fixture
def matters(house):
    return matters_of(house)


def knows(table, who):
    return {relation for relation, people in table.items() if who in people}


def allowed(person, permission, page):
    return {one for one, matter in page.items() if gate.may(person, permission, matter)}


def numbers(matters, text):
    return {relation for relation, matter in matters.items() if matter.number in text}


def test_the_query_and_the_gate_say_what_the_table_says(house, matters):
    for who in PEOPLE:
        person = house.standing(who)
        page = {
            relation: for_the_page(Matter.objects.filter(pk=matter.pk)).get()
            for relation, matter in matters.items()
        }

        seen = set(matters_seen_by(person).values_list("pk", flat=True))

        assert {one for one in page if page[one].pk in seen} == knows(SEES, who)
        assert allowed(person, Permission.SEE, page) == knows(SEES, who)
        assert allowed(person, Permission.READ, page) == knows(READS, who)
        assert allowed(person, Permission.SEE_SPEAKER, page) == knows(
            KNOWS_SPEAKER, who
        )


def test_lists_pages_and_steps(client, house, matters):
    for who in PEOPLE:
        client.force_login(house.people[who])

        assert numbers(matters, client.get("/desk/ledger/").text) == knows(SEES, who)
        zones = "".join(
            client.get(f"/desk/zones/{zone}/").text
            for zone in ("intake", "triage", "deliberation", "handling", "reply")
        )
        unended = {one for one, matter in matters.items() if matter.is_open}
        assert numbers(matters, zones) == knows(SEES, who) & unended
        for relation, matter in matters.items():
            status = 200 if who in SEES[relation] else 404
            assert client.get(matter.get_absolute_url()).status_code == status
            assert client.get(f"{matter.get_absolute_url()}slip/").status_code in (
                {status} if status == 404 else {200, 403}
            )
            step = client.get(f"{matter.get_absolute_url()}do/add_note/").status_code
            assert step == 404 if status == 404 else step in {200, 403, 422}


def test_not_yours_and_not_there_read_the_same(client, house, matters):
    client.force_login(house.people["mate"])

    hidden = client.get(matters["handled_by_one"].get_absolute_url())
    absent = client.get("/desk/matters/2026-9999/")

    assert hidden.status_code == absent.status_code == 404
    assert (
        hidden.text.replace(matters["handled_by_one"].number, "2026-9999")
        == absent.text
    )


def test_figures_count_the_same_for_everybody_and_nothing_that_names_somebody(
    client, house, matters
):
    year = NOW.year
    behind = f"/desk/figures/behind/?year={year}&of=raised"
    # Who may ask for figures, and what of their units the lists behind them hold.
    lists = {
        "coordinator": {
            "handled_by_one",
            "confidential_received",
            "sealed",
            "opinion_of_two",
        },
        "chief": {
            "handled_by_one",
            "confidential_received",
            "sealed",
            "opinion_of_two",
        },
        "leader": {"handled_by_one", "opinion_of_two"},
        "head": {"handled_by_one", "opinion_of_two"},
        "other_head": set(),
        "party_head": {"confidential_received"},
    }
    for who in PEOPLE:
        client.force_login(house.people[who])
        page = client.get(f"/desk/figures/?year={year}")
        listed = client.get(behind)

        assert page.status_code == listed.status_code == (200 if who in lists else 403)
        assert client.get(f"/desk/figures/export/?year={year}").status_code == (
            200 if who in lists else 403
        )
        if who in lists:
            rows = " ".join(one.matter.number for one in listed.context["shown"].lines)
            assert numbers(matters, rows) == lists[who] & knows(SEES, who)
            assert listed.context["count"] == len(lists[who])
            # Four in the mine, fewer in every unit: nobody is shown how many.
            told = [line.share.numerator for line in page.context["sheet"].lines]
            assert {number for number in told if number} == set()


def test_search_finds_only_what_may_be_read(client, house, matters):
    for who in PEOPLE:
        client.force_login(house.people[who])

        found = {
            relation
            for relation, word in WORDS.items()
            if matters[relation].get_absolute_url()
            in client.get(f"/desk/search/?q={word}号风井").text
        }

        assert found == knows(READS, who) - SEALED


def test_exports_hold_what_may_be_seen_and_words_that_may_be_read(
    client, house, matters
):
    for who in PEOPLE:
        client.force_login(house.people[who])

        response = client.get("/desk/ledger/export/")
        if response.status_code != 200:
            assert knows(SEES, who) == set()
            continue
        content = (
            b"".join(response.streaming_content)
            if response.streaming
            else response.content
        )
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        text = json.dumps(sheet.to_python(), ensure_ascii=False, default=str)

        assert numbers(matters, text) == knows(SEES, who)
        words = {one for one in matters if f"{WORDS[one]}号风井" in text}
        assert words == knows(READS, who) - SEALED


def test_files_belong_to_their_matter_and_its_readers(client, house, matters):
    for who in PEOPLE:
        client.force_login(house.people[who])
        other = matters["handled_by_one"]
        for relation, matter in matters.items():
            for kept in attachments_of(matter.uid):
                url = f"{matter.get_absolute_url()}files/{kept.pk}/"
                status = client.get(url).status_code
                assert (status == 200) == (who in READS[relation])
                moved = client.get(f"{other.get_absolute_url()}files/{kept.pk}/")
                assert moved.status_code == 404


def test_the_api_says_the_same(client, house, matters):
    for who in PEOPLE:
        token, _expires = give_token(
            house.people[who], purpose="test", now=NOW.replace(year=2036), second=True
        )
        headers = {"Authorization": f"Bearer {token}"}

        listed = client.get("/api/v1/matters?limit=100", headers=headers)

        rows = {row["number"] for row in listed.json()["matters"]}
        assert {one for one in matters if matters[one].number in rows} == knows(
            SEES, who
        )
        assert len(rows) == len(knows(SEES, who))
        for relation, matter in matters.items():
            one = client.get(f"/api/v1/matters/{matter.number}", headers=headers)
            assert one.status_code == (200 if who in SEES[relation] else 404)
            note = client.post(
                f"/api/v1/matters/{matter.number}/actions/add_note",
                {"note": "x"},
                content_type="application/json",
                headers=headers,
            )
            assert (note.status_code == 404) == (who not in SEES[relation])


@pytest.mark.parametrize("path", ["ledger/", "ledger/export/", "search/?q=风井", ""])
def test_nobody_comes_in_without_signing_in(client, house, matters, path):
    response = client.get(f"/desk/{path}")

    assert response.status_code == 302
    assert numbers(matters, response.text) == set()


def test_another_mine_sees_nothing(client, house, matters):
    client.force_login(User.objects.get(username="elsewhere-coordinator"))

    assert numbers(matters, client.get("/desk/ledger/").text) == set()
    for matter in matters.values():
        assert client.get(matter.get_absolute_url()).status_code == 404
