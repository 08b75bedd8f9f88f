"""WeChat's envelope, against an independent implementation of it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException

from shuoshi.platforms.rules.codec import Codec
from shuoshi.platforms.rules.failures import NotGenuine
from shuoshi.platforms.rules.xml import parsed, written


KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CODEC = Codec("a-token", KEY, "wx0123456789abcdef")
ORACLE = WeChatCrypto("a-token", KEY, "wx0123456789abcdef")
SAID = "<xml><Content>井下通风不良 & “热”</Content></xml>"
STAMP, NONCE = "1700000000", "n0nce"


def by_oracle(text=SAID, oracle=ORACLE):
    return parsed(oracle.encrypt_message(text, NONCE, STAMP))


def test_what_the_other_seals_is_opened():
    told = by_oracle()

    CODEC.check(told["MsgSignature"], STAMP, NONCE, told["Encrypt"])
    assert CODEC.opened(told["Encrypt"]) == SAID


@given(st.text(max_size=200))
def test_the_other_opens_what_is_sealed(text):
    sealed = CODEC.sealed(text)
    body = written({"ToUserName": "gh", "Encrypt": sealed})
    signature = CODEC.signed(STAMP, NONCE, sealed)

    assert ORACLE.decrypt_message(body, signature, STAMP, NONCE) == text


def test_the_other_refuses_what_we_refuse():
    told = by_oracle()
    body = written({"Encrypt": told["Encrypt"]})

    with pytest.raises(InvalidSignatureException):
        ORACLE.decrypt_message(body, "0" * 40, STAMP, NONCE)
    with pytest.raises(NotGenuine):
        CODEC.check("0" * 40, STAMP, NONCE, told["Encrypt"])


@given(st.data())
def test_no_byte_changed_passes_the_signature(data):
    sealed = by_oracle()["Encrypt"]
    signature = CODEC.signed(STAMP, NONCE, sealed)
    raw = bytearray(base64.b64decode(sealed))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(NotGenuine):
        CODEC.check(signature, STAMP, NONCE, base64.b64encode(raw).decode())


@given(st.binary(max_size=200))
def test_nothing_foreign_is_opened(raw):
    with pytest.raises(NotGenuine):
        CODEC.opened(base64.b64encode(raw).decode())


@pytest.mark.parametrize("sealed", ["", "!", "YQ==", "井下"])
def test_what_is_no_envelope_is_refused(sealed):
    with pytest.raises(NotGenuine):
        CODEC.opened(sealed)


def test_what_is_for_another_account_is_refused():
    told = by_oracle(oracle=WeChatCrypto("a-token", KEY, "wxffffffffffffffff"))

    with pytest.raises(NotGenuine, match="owner"):
        CODEC.opened(told["Encrypt"])


def test_neither_key_nor_token_is_shown():
    assert KEY not in repr(CODEC)
    assert "a-token" not in repr(CODEC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<xml><a></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>',
        f"<xml><a>{'x' * 70_000}</a></xml>",
    ],
)
def test_xml_that_is_long_or_clever_is_refused(text):
    with pytest.raises(NotGenuine):
        parsed(text)


def test_xml_goes_there_and_back():
    fields = {"Content": "a < b & c > d ]]>", "MsgType": "text"}

    assert parsed(written(fields)) == fields
