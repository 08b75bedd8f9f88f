"""The page of figures asks nothing that it does not show, and shows the list behind it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuoshi.matters.models import Matter
from tests.matters import counting
from tests.matters.house import Story, raised


URL = "/desk/figures/"
BEHIND = "/desk/figures/behind/"
ALL = "?since=2026-09-01&until=2026-12-31"
MAY = ("coordinator", "chief", "leader", "head", "party_head")
MAY_NOT = ("receiver", "handler", "discipline", "sysadmin", "secadmin", "auditor")


@pytest.mark.parametrize("who", MAY)
def test_every_number_opens_a_list_of_just_as_many(stories, sign_in, who):
    client = sign_in(who)
    sheet = client.get(URL + ALL).context["sheet"]

    for line in sheet.lines:
        for number, url in (
            (line.share.numerator, line.url),
            (line.share.denominator, line.base_url),
        ):
            answer = client.get(url)
            assert answer.context["count"] == number
            assert len(answer.context["shown"].lines) == min(number, 25)


def test_every_cell_opens_a_list_of_just_as_many(stories, sign_in):
    client = sign_in("coordinator")
    for _ in range(6):
        raised(stories)
    sheet = client.get(URL + ALL).context["sheet"]
    cells = [
        cell
        for table in (sheet.by_unit, sheet.by_channel)
        for row in table.rows
        for cell in row.cells
        if cell.number
    ]

    assert cells
    for cell in cells:
        assert client.get(cell.url).context["count"] == cell.number


@pytest.mark.parametrize("path", [URL, BEHIND + ALL + "&of=raised"])
def test_a_stranger_is_asked_to_sign_in(house, path):
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/sign-in/")


@pytest.mark.parametrize("who", MAY_NOT)
@pytest.mark.parametrize("path", [URL, BEHIND + ALL + "&of=raised"])
def test_who_has_no_such_post_is_refused(house, sign_in, who, path):
    assert sign_in(who).get(path).status_code == 403


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?since=2026-09-09&until=2026-09-01", "until"),
        ("?since=&until=2026-09-01", "since"),
        ("?since=abc&until=2026-09-01", "since"),
        ("?since=1812-01-01&until=2026-09-01", "since"),
        ("?since=2026-09-01&until=9999-12-31", "until"),
        ("?since=2026-09-01&until=2026-09-02&unit=nix", "unit"),
        ("?since=%00&until=%ff", "since"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(house, sign_in, query, field):
    answer = sign_in("coordinator").get(URL + query)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "sheet" not in answer.context


@pytest.mark.parametrize(
    "query",
    [
        "",
        ALL,
        ALL + "&of=secrets",
        ALL + "&of=raised&unit=nix",
        ALL + "&of=raised&channel=nix",
        "?since=2026-09-09&until=2026-09-01&of=raised",
        ALL + "&of=raised&row=" + "x" * 99,
    ],
)
def test_there_is_no_list_behind_nonsense(house, sign_in, query):
    assert sign_in("coordinator").get(BEHIND + query).status_code == 404


def test_a_head_may_not_ask_for_another_unit(stories, sign_in):
    client = sign_in("head")

    assert client.get(URL + ALL + "&unit=MINE-two").status_code == 422
    own = client.get(URL + ALL + "&unit=MINE-one").context["sheet"]
    assert own.lines == client.get(URL + ALL + "&unit=MINE-one").context["sheet"].lines
    row = client.get(BEHIND + ALL + "&of=raised&row=MINE-two")
    assert row.context["count"] == 0


def test_without_a_wish_the_last_three_months_are_shown(house, sign_in):
    answer = sign_in("chief").get(URL)

    wish = answer.context["wish"]
    assert wish.since.day == 1
    assert [tab.label for tab in answer.context["tabs"] if tab.current]


def test_an_empty_period_shows_empty_rates(house, sign_in):
    page = sign_in("chief").get(URL + "?since=2001-01-01&until=2001-12-31")

    text = page.content.decode()
    assert "0%" not in text
    assert "100" not in re.sub(r"<[^>]*>", "", text)


def test_small_cells_are_not_on_the_page(house, sign_in):
    for _ in range(9):
        raised(house)
    for _ in range(3):
        Story(house).triaged()

    table = sign_in("coordinator").get(URL + ALL).context["sheet"].by_unit

    numbers = {row.label: row.cells[0].number for row in table.rows}
    assert numbers == {"one队": None, "party队": None}
    assert "＊" in sign_in("coordinator").get(URL + ALL).content.decode()


def test_who_is_kept_from_a_matter_finds_it_in_no_list(house, sign_in):
    Story(house).triaged(objects=[house.people["coordinator"]])
    asked = BEHIND + ALL + "&of=raised"

    assert sign_in("coordinator").get(asked).context["count"] == 0
    assert sign_in("chief").get(asked).context["count"] == 1


def test_the_list_pages_on(house, sign_in):
    for _ in range(27):
        raised(house)
    client = sign_in("coordinator")
    first = client.get(BEHIND + ALL + "&of=raised")

    second = client.get(f"{BEHIND}{ALL}&of=raised&older={first.context['shown'].older}")

    assert first.context["count"] == second.context["count"] == 27
    assert len(second.context["shown"].lines) == 2


def test_a_long_period_is_drawn_in_few_stretches(stories, sign_in):
    sheet = (
        sign_in("chief")
        .get(URL + "?since=2020-01-01&until=2029-12-31")
        .context["sheet"]
    )

    assert len(sheet.trend) <= 53
    assert sheet.weeks_each == 10


def test_a_single_week_has_no_trend(stories, sign_in):
    asked = "?since=2026-09-14&until=2026-09-20"

    assert sign_in("chief").get(URL + asked).context["sheet"].trend == []


def test_the_page_asks_as_much_for_many_as_for_one(house, sign_in):
    client = sign_in("coordinator")

    def asked():
        client.get(URL + ALL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL + ALL)
        return len(queries)

    raised(house)
    one = asked()
    for plot in counting.PLOTS:
        counting.tell(house, counting.random.Random(1), plot)

    assert Matter.objects.count() > 3
    assert asked() == one


def test_figures_are_the_same_in_english(stories, sign_in):
    client = sign_in("chief")
    client.cookies["django_language"] = "en"

    answer = client.get(URL + ALL)

    assert answer.status_code == 200
