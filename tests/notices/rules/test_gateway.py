import pytest

from shuoshi.notices.rules.gateway import Gateway


def test_it_is_read_as_it_is_written():
    found = Gateway.parse(
        "https://sms.example/send", "p={phone}&t={text}", "X-Key: a b; Y: 1", "ok"
    )

    assert found.headers == {"X-Key": "a b", "Y": "1"}
    assert "a b" not in repr(found)


@pytest.mark.parametrize(
    ("given", "blamed"),
    [
        (("ftp://sms.example", "{phone}{text}", "", ""), "SHUOSHI_SMS_URL"),
        (("https://sms.example", "{phone}", "", ""), "SHUOSHI_SMS_BODY"),
        (("https://sms.example", "{phone}{text}", "no colon", ""), "SMS_HEADERS"),
        (("https://sms.example", "{phone}{text}", ": no name", ""), "SMS_HEADERS"),
        (("https://sms.example", "{phone}{text}", "", "("), "SHUOSHI_SMS_TAKEN"),
    ],
)
def test_what_is_wrong_is_named(given, blamed):
    with pytest.raises(ValueError, match=blamed):
        Gateway.parse(*given)
