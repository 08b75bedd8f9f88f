"""One-time codes as RFC 6238 has them."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.accounts.rules.totp import (
    STEP,
    address_of,
    code_at,
    new_secret,
    step_at,
    step_of_code,
)


# Appendix B of the RFC, its last six digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_of_the_rfc(seconds, code):
    assert code_at(SECRET, seconds // STEP) == code


@pytest.mark.parametrize(
    ("later", "known"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_wrong_by_one_step(later, known):
    code = code_at(SECRET, step_at(NOW) + later)

    found = step_of_code(SECRET, code, now=NOW)

    assert (found is not None) == known


def test_no_two_secrets_are_alike_and_the_address_is_escaped():
    assert new_secret() != new_secret()
    assert address_of(SECRET, name="a b", issuer="说事").startswith(
        "otpauth://totp/%E8%AF%B4%E4%BA%8B:a%20b?secret="
    )


def test_a_step_lasts_half_a_minute():
    assert step_at(NOW + timedelta(seconds=STEP)) == step_at(NOW) + 1
