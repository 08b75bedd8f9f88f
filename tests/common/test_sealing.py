import base64
import hmac
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.sealing import (
    Ring,
    SealBroken,
    SealErased,
    keyed_hash,
    mac,
    new_box,
    open_box,
    rewrap,
    ring,
)


AES = base64.b64encode(bytes(range(32))).decode()
SM4 = base64.b64encode(bytes(range(100, 116))).decode()
K1 = f"k1:aes:{AES}"
K2 = f"k2:sm4:{SM4}"
OWNER = UUID(int=7)
SM3_OF_ABC = "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.fixture(params=[K1, K2], ids=["aes", "sm4"])
def keys(request, settings):
    settings.SHUOSHI_KEYS = request.param
    return request.param


@given(text=texts, about=st.text(max_size=20))
def test_what_is_sealed_opens_again(text, about):
    box = new_box(OWNER)

    assert open_box(OWNER, box.wrapped).open(box.seal(text, about), about) == text


def test_both_algorithms_seal_text_and_bytes(keys):
    box = new_box(OWNER)

    assert box.open(box.seal("矿灯房的灯坏了", "words"), "words") == "矿灯房的灯坏了"
    assert box.open_bytes(box.seal_bytes(b"\0" * 5000, "file"), "file") == b"\0" * 5000


def test_a_token_shows_nothing_and_is_never_the_same_twice(keys):
    box = new_box(OWNER)

    one, two = box.seal("张三", "name"), box.seal("张三", "name")

    assert one != two
    assert one.isascii()
    assert "张三" not in repr(box)
    assert box.wrapped in repr(box)
    assert "_key" not in repr(box)


@given(
    here=st.tuples(texts, texts),
    there=st.tuples(texts, texts),
)
def test_a_moved_token_does_not_open(here, there):
    token = new_box(here[0]).seal("内容", here[1])
    box = new_box(there[0])

    with pytest.raises(SealBroken):
        box.open(token, there[1])


@given(here=st.tuples(texts, texts), there=st.tuples(texts, texts))
def test_a_token_moved_within_its_box_does_not_open(here, there):
    box = new_box(here[0])
    token = box.seal("内容", here[1])

    if here[1] == there[1]:
        assert box.open(token, there[1]) == "内容"
    else:
        with pytest.raises(SealBroken):
            box.open(token, there[1])


@given(place=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_changed_byte_breaks_the_seal(place, flip):
    box = new_box(OWNER)
    sealed = bytearray(box.seal_bytes("内容".encode(), "words"))
    sealed[place % len(sealed)] ^= flip

    with pytest.raises(SealBroken):
        box.open_bytes(bytes(sealed), "words")


@pytest.mark.parametrize("token", ["", "!", "AQ", "AQ==", "内容", "A" * 40, "A" * 41])
def test_rubbish_breaks_the_seal(token):
    with pytest.raises(SealBroken):
        new_box(OWNER).open(token, "words")


@pytest.mark.parametrize(
    "wrapped", ["k1", "k1.", "k9.AAAA", "k1.!!!", f"k1.{'A' * 80}", "."]
)
def test_a_rubbish_box_does_not_open(settings, wrapped):
    settings.SHUOSHI_KEYS = K1

    with pytest.raises(SealBroken, match="打不开"):
        open_box(OWNER, wrapped)


def test_a_box_of_another_owner_does_not_open(keys):
    with pytest.raises(SealBroken):
        open_box(uuid4(), new_box(OWNER).wrapped)


def test_an_erased_box_says_so():
    with pytest.raises(SealErased, match="已按规定清除") as refusal:
        open_box(OWNER, "")

    assert refusal.value.message == "这段内容已按规定清除。"


def test_rotation_from_aes_to_sm4(settings):
    settings.SHUOSHI_KEYS = K1
    box = new_box(OWNER)
    token, digest = box.seal("内容", "words"), box.digest("内容")

    settings.SHUOSHI_KEYS = f"{K2},{K1}"
    wrapped = rewrap(OWNER, box.wrapped)
    settings.SHUOSHI_KEYS = K2
    moved = open_box(OWNER, wrapped)

    assert wrapped.startswith("k2.")
    assert moved.open(token, "words") == "内容"
    assert moved.commits(digest, "内容")
    assert moved.commits(moved.digest("内容"), "内容")
    assert not moved.commits(digest, "内容。")
    assert not moved.commits(f"md5:{digest}", "内容")
    assert moved.open(moved.seal("新的", "words"), "words") == "新的"
    assert moved.seal_bytes(b"", "words")[0] == 3
    with pytest.raises(SealBroken):
        open_box(OWNER, box.wrapped)


def test_rewrap_leaves_what_is_current_or_erased():
    assert rewrap(OWNER, new_box(OWNER).wrapped) is None
    assert rewrap(OWNER, "") is None


def test_rewrap_refuses_another_owner(settings):
    settings.SHUOSHI_KEYS = K1
    wrapped = new_box(OWNER).wrapped
    settings.SHUOSHI_KEYS = f"{K2},{K1}"

    with pytest.raises(SealBroken):
        rewrap(uuid4(), wrapped)


def test_a_digest_commits_to_the_text_within_its_box_only():
    box, other = new_box(OWNER), new_box(OWNER)

    assert box.digest("甲") == open_box(OWNER, box.wrapped).digest("甲")
    assert len({box.digest("甲"), box.digest("乙"), other.digest("甲")}) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "entry 1 is not of the form"),
        ("k1", "entry 1 is not of the form"),
        (f"K 1:aes:{AES}", "entry 1 is not of the form"),
        (f":aes:{AES}", "entry 1 is not of the form"),
        ("k1:aes:", "entry 1 is not of the form"),
        (f"k1:des:{AES}", "entry 1: the algorithm is neither"),
        (f"{K1},k2:sm4:hunter2", "entry 2: the key is not base64"),
        ("k1:aes:密钥", "entry 1: the key is not base64"),
        (f"k1:aes:{SM4}", "entry 1: aes takes 32 bytes, not 16"),
        (f"k2:sm4:{AES}", "entry 1: sm4 takes 16 bytes, not 32"),
        (f"{K1},k1:sm4:{SM4}", "'k1' stands there twice"),
        (f"{K1},", "entry 2 is not of the form"),
    ],
)
def test_a_wrong_ring_says_what_is_wrong_and_never_the_key(text, why):
    with pytest.raises(ImproperlyConfigured, match=why) as error:
        Ring.parse(text)

    assert not any(secret in str(error.value) for secret in (AES, SM4, "hunter2"))
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_the_ring_is_parsed_once(settings):
    settings.SHUOSHI_KEYS = f" {K1} , {K2}"

    assert ring() is ring()
    assert ring().current.id == "k1"
    assert list(ring().keys) == ["k1", "k2"]
    assert AES not in repr(ring())
    assert "secret" not in repr(ring())


def test_keyed_hash_differs_by_purpose_and_installation(settings):
    settings.SECRET_KEY = "one"
    first = keyed_hash("receipt", "1234")

    assert first == keyed_hash("receipt", "1234")
    assert len(first) == 64
    assert first != keyed_hash("token", "1234")
    assert first != keyed_hash("receipt", "1235")
    settings.SECRET_KEY = "two"
    assert first != keyed_hash("receipt", "1234")


def test_with_sm4_goes_sm3(settings):
    settings.SHUOSHI_KEYS = K2
    box = new_box(OWNER)

    assert box.digest("甲").startswith("sm3:")
    assert len(box.digest("甲")) == len("sm3:") + 64
    assert box.seal_bytes(b"", "words")[0] == 3


def test_the_hmac_with_sm3_is_the_standard_one():
    # Worked out with OpenSSL: openssl dgst -sm3 -hmac key.
    assert mac("sm3", b"key", b"abc").hex() == SM3_OF_ABC
    assert mac("sha256", b"key", b"abc") == hmac.digest(b"key", b"abc", "sha256")
