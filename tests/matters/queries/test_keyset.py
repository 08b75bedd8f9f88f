from datetime import timedelta

import pytest

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.keyset import Place, page_of, place_in
from tests.matters.house import NOW, build_house, raised


pytestmark = pytest.mark.django_db


@pytest.fixture
def matters():
    """Seven matters; three of one moment, so that the id must part them."""
    house = build_house()
    moments = [0, 1, 1, 1, 2, 3, 4]
    return [raised(house, now=NOW + timedelta(minutes=one)) for one in moments]


def page(mark="", *, back=False, descending=True, ways=()):
    asked = {"newer" if back else "older": mark} if mark else {}
    return page_of(
        Matter.objects.all(),
        "received_at",
        place=place_in(asked),
        size=2,
        descending=descending,
        ways=ways,
    )


def rows_of(pages):
    return [row for one in pages for row in one.rows]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("by_ways", [True, False])
def test_forth_and_back_every_row_is_met_once(matters, descending, by_ways):
    ways = [Matter.objects.filter(serial__lte=4), Matter.objects.filter(serial__gte=3)]
    how = {"descending": descending, "ways": ways if by_ways else ()}
    expected = matters[::-1] if descending else matters

    pages = [page(**how)]
    while pages[-1].older:
        pages.append(page(pages[-1].older, **how))
    back = [pages[-1]]
    while back[0].newer:
        back.insert(0, page(back[0].newer, back=True, **how))

    assert rows_of(pages) == rows_of(back) == expected
    assert pages[0].newer == ""


def test_behind_the_last_there_is_nothing(matters):
    mark = page(descending=False).newer or "0-0"

    assert page(mark).rows == []


@pytest.mark.parametrize(
    "mark", ["", "x", "1", "-1-1", "１-１", "9" * 40 + "-1", "1-" + "9" * 30, "1-1\n"]
)
def test_what_names_no_place_is_the_first_page(mark):
    assert place_in({"older": mark}) is None


def test_a_place_is_a_moment_and_a_row():
    micro = NOW + timedelta(microseconds=7)
    mark = f"{int(NOW.timestamp())}000007-42"

    assert place_in({"older": mark}) == Place(micro, 42)
    assert place_in({"newer": mark}) == Place(micro, 42, back=True)


def test_an_empty_list_has_one_empty_page():
    assert (page().rows, page().older, page().newer) == ([], "", "")
