"""The inbox: what one was told, read by opening or all at once."""

from shuoshi.notices.models import Notice
from tests.matters.house import Story, raised


URL = "/desk/notices/"


def test_inbox_lists_what_one_was_told(house, sign_in):
    Story(house).triaged()

    page = sign_in("head").get(URL)

    assert [told.what for told in page.context["shown"].told] == ["已分给主办单位"]
    assert page.context["frame"].unread == 1


def test_empty_inbox_says_so(house, sign_in):
    assert "没有通知" in sign_in("other").get(URL).content.decode()


def test_reading_all_touches_only_ones_own(house, sign_in):
    Story(house).triaged()

    answer = sign_in("head").post(f"{URL}read/")

    assert answer["Location"] == URL
    unread = Notice.objects.filter(read_at=None, to__isnull=False)
    assert not unread.filter(to=house.people["head"]).exists()
    assert unread.filter(to=house.people["receiver"]).exists()


def test_reading_all_is_not_done_by_a_link(house, sign_in):
    assert sign_in("head").get(f"{URL}read/").status_code == 405
    assert sign_in("head").post(URL).status_code == 405


def test_inbox_is_for_those_who_signed_in(house, client):
    assert client.get(URL)["Location"].startswith("/accounts/sign-in/")


def test_more_rows_ask_no_more(house, sign_in, queries):
    raised(house)
    client = sign_in("receiver")
    once = queries(client, URL)
    raised(house)
    raised(house)

    assert queries(client, URL) == once
