"""The duty sheet bears the seal of the day before."""

from datetime import timedelta

from django.utils.timezone import localdate, now

from shuoshi.trail.actions import seal_day
from tests.matters.house import raised


def test_the_sheet_bears_yesterdays_seal(house, sign_in):
    raised(house)
    today = localdate(now())
    seal_day(today - timedelta(days=2), now=now())
    seal = seal_day(today - timedelta(days=1), now=now())

    text = sign_in("receiver").get("/desk/duty-sheet/").content.decode()

    for at in range(0, 64, 4):
        assert f"<span>{seal.hash[at : at + 4]}</span>" in text
    assert "data:image/svg+xml" in text
    assert "值班人签字" in text


def test_without_a_seal_it_says_so(house, sign_in):
    text = sign_in("coordinator").get("/desk/duty-sheet/").content.decode()

    assert "还没有封印" in text


def test_it_is_for_those_who_receive(house, sign_in):
    for who in ("handler", "head", "discipline", "auditor", "sysadmin"):
        assert sign_in(who).get("/desk/duty-sheet/").status_code == 403
    assert "duty-sheet" in sign_in("receiver").get("/desk/").content.decode()
    assert "duty-sheet" not in sign_in("handler").get("/desk/").content.decode()
