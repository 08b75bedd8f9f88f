"""The page of figures asks nothing that it does not show, and shows the list behind it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from shuoshi.matters.models import Matter
from shuoshi.trail.models import Event
from tests.matters import counting
from tests.matters.house import NOW, Story, raised


URL = "/desk/figures/"
BEHIND = "/desk/figures/behind/"
EXPORT = "/desk/figures/export/"
ALL = "?year=2026"
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
            if number is None:
                continue
            answer = client.get(url)
            assert answer.context["count"] == number
            assert len(answer.context["shown"].lines) == min(number, 25)


def test_every_cell_opens_a_list_of_just_as_many(stories, sign_in):
    client = sign_in("coordinator")
    for _ in range(9):
        raised(stories)
        Story(stories).triaged()
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


PATHS = [URL, EXPORT + ALL, BEHIND + ALL + "&of=raised"]


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_sign_in(house, path):
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/sign-in/")


@pytest.mark.parametrize("who", MAY_NOT)
@pytest.mark.parametrize("path", PATHS)
def test_who_has_no_such_post_is_refused(house, sign_in, who, path):
    assert sign_in(who).get(path).status_code == 403


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?year=&part=9", "year"),
        ("?year=abc", "year"),
        ("?year=1812", "year"),
        ("?year=9999", "year"),
        ("?year=2026&part=17", "part"),
        ("?year=2026&part=x", "part"),
        ("?year=2026&unit=nix", "unit"),
        ("?year=%00&part=%ff", "year"),
        ("?since=2026-09-01&until=2026-09-02", "year"),
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
        "?year=1812&of=raised",
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


def test_without_a_wish_this_year_is_shown(house, sign_in):
    answer = sign_in("chief").get(URL)

    assert answer.context["wish"].span.stretch == 0
    assert [tab.label for tab in answer.context["tabs"] if tab.current]


def test_an_empty_period_shows_empty_rates(house, sign_in):
    page = sign_in("chief").get(URL + "?year=2001")

    text = page.content.decode()
    assert "0%" not in text
    assert "100" not in re.sub(r"<[^>]*>", "", text)


def test_few_are_nowhere_on_the_page(house, sign_in):
    for _ in range(9):
        raised(house)
    for _ in range(3):
        Story(house).triaged()
    client = sign_in("coordinator")

    page = client.get(URL + ALL)

    sheet = page.context["sheet"]
    numbers = {row.label: row.cells[0].number for row in sheet.by_unit.rows}
    assert {unit: n for unit, n in numbers.items() if n != 0} == {
        "one队": None,
        "party队": None,
    }
    assert sheet.lines[0].share.numerator == 12
    # Three were triaged, and then nine were not.
    assert sheet.lines[1].share.numerator is None
    assert page.text.count("少于五件或者会让人推算出来") >= 4
    assert ">3<" not in page.text
    assert ">9<" not in page.text


def test_a_month_of_few_is_hidden_on_its_own_page_and_among_the_months(house, sign_in):
    for months, times in ((0, 9), (30, 2), (60, 8)):
        for _ in range(times):
            raised(house, now=NOW + timedelta(days=months))
    client = sign_in("coordinator")

    bars = client.get(URL + ALL).context["sheet"].trend
    months = [
        client.get(f"{URL}?year=2026&part={month}").context["sheet"].lines[0].share
        for month in (9, 10, 11)
    ]

    assert [bar.number for bar in bars[8:]] == [9, None, None, 0]
    assert [bar.of for bar in bars] == [9] * 12
    assert [share.numerator for share in months] == [9, None, None]


def test_the_file_holds_what_the_page_shows(stories, sign_in):
    client = sign_in("coordinator")
    sheet = client.get(URL + ALL).context["sheet"]

    answer = client.get(EXPORT + ALL)

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names == ["各项", "按单位", "按来源", "按月"]
    rows = book.get_sheet_by_name("各项").to_python()[1:13]
    told = ["＊" if line.hides else line.share.numerator for line in sheet.lines]
    assert [row[2] for row in rows] == told
    units = book.get_sheet_by_name("按单位").to_python()[1:]
    cells = [
        ["＊" if c.number is None else c.number for c in row.cells]
        for row in sheet.by_unit.rows
    ]
    assert [row[1:] for row in units] == cells
    assert Event.objects.filter(verb__endswith="figures.exported").count() == 1


@pytest.mark.parametrize("query", ["", "?year=1812", ALL + "&unit=nix"])
def test_there_is_no_file_of_nonsense(house, sign_in, query):
    assert sign_in("coordinator").get(EXPORT + query).status_code == 404


def test_a_head_sees_no_more_of_the_own_unit_than_the_chief(stories, sign_in):
    own = sign_in("head").get(URL + ALL).context["sheet"].lines
    chief = sign_in("chief").get(URL + ALL + "&unit=MINE-one").context["sheet"].lines

    assert [line.share for line in own] == [line.share for line in chief]


def test_who_is_kept_from_a_matter_finds_it_in_no_list(house, sign_in):
    Story(house).triaged(objects=[house.people["coordinator"]])
    asked = BEHIND + ALL + "&of=raised"

    # It is in no figure, so it is in no list behind one either.
    assert sign_in("coordinator").get(asked).context["count"] == 0
    assert sign_in("chief").get(asked).context["count"] == 0


def test_the_list_pages_on(house, sign_in):
    for _ in range(27):
        raised(house)
    client = sign_in("coordinator")
    first = client.get(BEHIND + ALL + "&of=raised")

    second = client.get(f"{BEHIND}{ALL}&of=raised&older={first.context['shown'].older}")

    assert first.context["count"] == second.context["count"] == 27
    assert len(second.context["shown"].lines) == 2


def test_a_single_month_has_no_trend(stories, sign_in):
    assert sign_in("chief").get(URL + ALL + "&part=9").context["sheet"].trend == []


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
