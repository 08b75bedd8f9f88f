import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shuoshi.platforms.rules.failures import NotGenuine
from shuoshi.platforms.rules.qq import answered, check


# From the guide of the platform.
SECRET = "DG5g3B4j9X2KOErG"
ASKED, STAMP = "Arq0D5A61EgUu4OxUvOp", "1725442341"
SIGNED = (
    "87befc99c42c651b3aac0278e71ada338433ae26fcb24307bdc5ad38c1adc2d0"
    "1bcfcadc0842edac85e85205028a1132afe09280305f13aa6909ffc2d652c706"
)
BODY = b'{"op":0}'


def signed(body=BODY, stamp=STAMP, secret=SECRET):
    seed = (secret.encode() * 32)[:32]
    return Ed25519PrivateKey.from_private_bytes(seed).sign(stamp.encode() + body).hex()


def test_the_documented_vector():
    assert answered(SECRET, stamp=STAMP, asked=ASKED) == SIGNED


def test_what_the_platform_signs_is_taken():
    check(SECRET, signature=signed(), stamp=STAMP, body=BODY)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": b'{"op":1}'},
        {"stamp": "1725442342"},
        {"signature": "00" * 64},
        {"signature": "no hex"},
        {"signature": ""},
    ],
)
def test_anything_else_is_refused(changed):
    given = {"signature": signed(), "stamp": STAMP, "body": BODY} | changed

    with pytest.raises(NotGenuine):
        check(SECRET, **given)


@pytest.mark.parametrize("asked", ['{"op":0}', "", "a" * 65, "井", "a b", "a\n"])
def test_nothing_is_signed_that_could_be_a_message(asked):
    """Else whoever asks for a validation could have any message signed."""
    with pytest.raises(NotGenuine):
        answered(SECRET, stamp=STAMP, asked=asked)
    with pytest.raises(NotGenuine):
        answered(SECRET, stamp='1{"op":0}', asked=ASKED)
