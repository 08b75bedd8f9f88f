import pytest

from shuoshi.platforms.rules.setup import QQ, WECHAT, WECOM, account


WHOLE = {
    "SHUOSHI_WECHAT_APPID": "wx1",
    "SHUOSHI_WECHAT_SECRET": "s",
    "SHUOSHI_WECHAT_TOKEN": "t",
    "SHUOSHI_WECHAT_AES_KEY": "a" * 43,
}


def test_without_a_word_it_is_off_and_nothing_is_missing():
    for platform in (WECHAT, WECOM, QQ):
        found = account(platform, {"PATH": "/bin"})
        assert (found.is_on, found.missing) == (False, ())


def test_whole_it_is_on_and_shows_nothing():
    found = account(WECHAT, WHOLE)

    assert found.is_on
    assert found.codec.owner == "wx1"
    assert found.api() == "https://api.weixin.qq.com"
    assert "wx1" not in repr(found)


@pytest.mark.parametrize("name", WHOLE)
def test_half_it_is_off_and_says_what_is_missing(name):
    found = account(WECHAT, {**WHOLE, name: " "})

    assert not found.is_on
    assert found.missing == (name,)


def test_a_key_of_the_wrong_form_counts_as_missing():
    found = account(WECHAT, WHOLE | {"SHUOSHI_WECHAT_AES_KEY": "short"})

    assert found.missing == ("SHUOSHI_WECHAT_AES_KEY",)


def test_another_address_may_take_the_platforms_place():
    told = {"SHUOSHI_QQ_APPID": "1", "SHUOSHI_QQ_SECRET": "s"}
    found = account(QQ, told | {"SHUOSHI_QQ_API": "http://127.0.0.1:1/"})

    assert found.api() == "http://127.0.0.1:1"
    assert found.api("TOKEN_API") == "https://bots.qq.com"
