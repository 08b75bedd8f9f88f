from io import BytesIO

from openpyxl import load_workbook

from shuoshi.matters.views import ledger_export
from tests.matters.house import raised


EXPORT = "/desk/ledger/export/"


def test_a_stranger_signs_in_first(house, client):
    assert client.get(EXPORT).status_code == 302


def rows_of(answer):
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True, min_row=2))


def test_the_ledger_goes_out_as_it_is_filtered(house, sign_in):
    raised(house)
    other = raised(house, text="班车太少了")
    client = sign_in("coordinator")
    answer = client.get(EXPORT)

    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "xlsx" in answer.headers["Content-Disposition"]
    assert len(rows_of(answer)) == 2
    ((number, *_rest),) = rows_of(client.get(EXPORT, {"q": "班车"}))
    assert number == other.number


def test_nobody_takes_out_what_they_do_not_see(house, sign_in):
    raised(house)

    assert len(rows_of(sign_in("receiver").get(EXPORT))) == 1
    assert rows_of(sign_in("other").get(EXPORT)) == []
    assert sign_in("sysadmin").get(EXPORT).status_code == 403


def test_too_many_lines_are_refused(house, sign_in, monkeypatch):
    monkeypatch.setattr(ledger_export, "MOST_LINES", 1)
    raised(house)
    raised(house, text="班车太少了")
    answer = sign_in("coordinator").get(EXPORT, follow=True)

    assert "缩小筛选范围" in answer.content.decode()
