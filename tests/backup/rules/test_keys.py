import pytest
from django.core.exceptions import ImproperlyConfigured

from shuoshi.backup.rules.keys import new_key, public_key, secret_key
from shuoshi.backup.rules.refusals import RestoreRefused


def test_both_halves_are_read_as_they_were_shown():
    public, secret = new_key("b1")

    assert public_key(str(public)) == public
    assert secret_key(secret.on_paper()) == secret
    assert secret.public == public.raw


def test_nobody_minds_how_it_was_typed():
    _public, secret = new_key("b1")

    typed = f"  {secret.on_paper().lower().replace('-', ' ')}\n"

    assert secret_key(typed) == secret


def test_only_the_secret_half_finds_the_data_key():
    public, secret = new_key("b1")
    _other, foreign = new_key("b1")

    key, once = public.agree(32)

    assert secret.find(once, 32) == key
    assert foreign.find(once, 32) != key
    assert public.agree(32)[0] != key


@pytest.mark.parametrize("typed", ["", "ABCD", "ABC1-" * 13, "A" * 60, "密钥"])
def test_what_is_no_secret_is_refused(typed):
    with pytest.raises(RestoreRefused, match="52"):
        secret_key(typed)


@pytest.mark.parametrize("text", ["b1", "b1:aes:AAAA", "b1:x25519:AAAA", ":x25519:"])
def test_what_is_no_public_half_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="SHUOSHI_BACKUP_KEY"):
        public_key(text)


def test_a_secret_is_not_shown_by_accident():
    _public, secret = new_key("b1")

    assert secret.on_paper()[:9] not in repr(secret)
    assert repr(secret.raw) not in repr(secret)
