"""The ledger: filters, columns, paging, and never more than may be seen."""

from datetime import timedelta

import pytest

from tests.matters.house import NOW, Story, raised


URL = "/desk/ledger/"


def numbers(client, query=""):
    lines = client.get(URL + query).context["shown"].lines
    return [int(line.matter.number.removeprefix("2026-")) for line in lines]


def test_ledger_shows_what_may_be_seen_newest_first(house, sign_in):
    raised(house)
    Story(house, now=NOW + timedelta(hours=1)).triaged()

    assert numbers(sign_in("coordinator")) == [2, 1]
    assert numbers(sign_in("head")) == [2]
    assert numbers(sign_in("other")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=RECEIVED", [1]),
        ("?state=OPEN", [3, 2, 1]),
        ("?state=HANDLING", [3]),
        ("?state=INTAKE", [1]),
        ("?state=ARCHIVE", []),
        ("?unit=MINE-one", [3, 2]),
        ("?unit=MINE-two", []),
        ("?channel=WEB", [3, 2, 1]),
        ("?channel=PHONE", []),
        ("?petition_class=GRIEVANCE", []),
        ("?since=2026-09-09&until=2026-09-09", [3, 2, 1]),
        ("?since=2026-09-10", []),
        ("?until=2026-09-08", []),
        ("?q=热饭", [3, 2, 1]),
        ("?q=暖气", []),
        ("?overdue=on", [3, 2, 1]),
        ("?mine=on", []),
        ("?category=canteen", []),
    ],
)
def test_filters(house, sign_in, query, found):
    raised(house)
    Story(house, now=NOW + timedelta(minutes=10)).triaged()
    Story(house, now=NOW + timedelta(minutes=20)).handling()

    assert numbers(sign_in("coordinator"), query) == found


@pytest.mark.parametrize(
    "query",
    [
        "?older=1-1-1",
        "?older=99999999999999999-999999999999999999",
        "?newer=00-00",
        "?since=yesterday&state=NOWHERE&unit=x&category=%00&q=%00",
        "?c=&c=none",
        "?q=" + "x" * 3000,
        "?q=%ff%fe",
    ],
)
def test_what_cannot_be_meant_breaks_nothing(house, sign_in, query):
    raised(house)

    assert sign_in("coordinator").get(URL + query).status_code == 200


def test_paging_goes_down_and_up_again(house, sign_in):
    for minute in range(60):
        # Pairs share a moment: then the id decides.
        raised(house, now=NOW + timedelta(minutes=minute // 2))
    client = sign_in("coordinator")

    first = client.get(URL).context["shown"]
    second = client.get(f"{URL}?older={first.older}").context["shown"]
    third = client.get(f"{URL}?older={second.older}").context["shown"]
    back = client.get(f"{URL}?newer={third.newer}").context["shown"]
    top = client.get(f"{URL}?newer={back.newer}").context["shown"]

    pages = [first, second, third, back, top]
    rows = [[line.matter.serial for line in page.lines] for page in pages]
    assert rows[0] + rows[1] + rows[2] == list(range(60, 0, -1))
    assert (rows[3], rows[4]) == (rows[1], rows[0])
    assert (first.newer, third.older, top.newer) == ("", "", "")


def test_columns_are_chosen_and_kept_on_the_device(house, sign_in):
    raised(house)
    client = sign_in("coordinator")

    client.get(f"{URL}?c=receiver&c=class")

    assert client.get(URL).context["columns"] == ["class", "receiver"]


def test_sealed_words_are_not_in_the_ledger(house, sign_in):
    Story(house).take("hand_to_discipline", "receiver", reason="检举")

    text = sign_in("coordinator").get(URL).content.decode()

    assert "已密封移送纪委" in text
    assert "热饭" not in text


def test_named_filters_are_links(house, sign_in):
    tabs = sign_in("receiver").get(f"{URL}?state=OPEN&q=").context["tabs"]

    assert [tab.label for tab in tabs if tab.current] == ["没有办完的"]


@pytest.mark.parametrize("who", ["coordinator", "handler", "leader"])
def test_more_rows_ask_no_more(house, sign_in, queries, who):
    Story(house).handling()
    client = sign_in(who)
    once = queries(client, URL)
    Story(house).handling()
    Story(house).handling()

    assert queries(client, URL) == once
