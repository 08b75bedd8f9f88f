import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from shuoshi.common.hashing import hash_keys, kept_hash, kept_hashes, parsed_hash_keys
from shuoshi.common.sealing import keyed_hash


KEY = base64.b64encode(bytes(range(32))).decode()
H1, H2 = f"h1:sha256:{KEY}", f"h2:sm3:{KEY}"


def test_without_keys_of_its_own_the_secret_hashes(settings):
    assert kept_hashes("receipt", "1") == [keyed_hash("receipt", "1")]


def test_the_newest_key_hashes_and_the_others_are_asked(settings):
    first = kept_hash("receipt", "1")
    settings.SHUOSHI_HASH_KEYS = H1
    second = kept_hash("receipt", "1")
    settings.SHUOSHI_HASH_KEYS = f"{H2},{H1}"

    assert kept_hashes("receipt", "1")[1:] == [second, first]
    assert kept_hash("receipt", "1").startswith("h2.")
    assert len(kept_hash("receipt", "1")) == len("h2.") + 64
    assert kept_hash("receipt", "1")[3:] != second[3:]
    assert kept_hash("row", "1") != kept_hash("receipt", "1")


def test_a_former_secret_still_finds_what_it_hashed(settings):
    first = kept_hash("receipt", "1")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert kept_hashes("receipt", "1")[1] == first


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("h1", "entry 1 is not of the form"),
        (f"{H1},h2:md5:{KEY}", "entry 2: the digest is neither"),
        ("h1:sm3:hunter2", "entry 1: the key is not base64"),
        ("h1:sm3:QQ==", "entry 1: takes 32 bytes, not 1"),
        (f"{H1},{H1}", "an id stands there twice"),
    ],
)
def test_wrong_keys_are_named_and_never_shown(text, why):
    with pytest.raises(ImproperlyConfigured, match=why) as error:
        parsed_hash_keys(text)

    assert not any(secret in str(error.value) for secret in (KEY, "hunter2"))


def test_keys_do_not_show_in_their_repr(settings):
    settings.SHUOSHI_HASH_KEYS = H1

    assert "secret" not in repr(hash_keys())
