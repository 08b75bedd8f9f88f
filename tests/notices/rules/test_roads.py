import pytest

from shuoshi.notices.rules.roads import (
    AddressRefused,
    Reach,
    Road,
    checked_address,
    reach_of,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13912345678", Reach(Road.SMS, "13912345678")),
        (" 139 1234 5678 ", Reach(Road.SMS, "13912345678")),
        ("+86 139-1234-5678", Reach(Road.SMS, "13912345678")),
        ("0086139 12345678", Reach(Road.SMS, "13912345678")),
        ("zhang@example.com", Reach(Road.EMAIL, "zhang@example.com")),
        # A telephone on a desk, an extension, a place: only a person can go there.
        ("0561-3012345", None),
        ("8123", None),
        ("三号楼值班室", None),
        ("12912345678", None),
        ("a@b, c@d.com", None),
        ("", None),
    ],
)
def test_what_somebody_left_tells_how_to_reach_them(text, found):
    assert reach_of(text) == found


@pytest.mark.parametrize(
    ("road", "text"),
    [
        ("SMS", "8123"),
        ("SMS", "zhang@example.com"),
        ("EMAIL", "13912345678"),
        ("EMAIL", "zhang@"),
        ("EMAIL", "zhang@example.com\nBcc: all@example.com"),
        ("EMAIL", f"{'a' * 65}@example.com"),
        ("WECHAT", "13912345678"),
    ],
)
def test_no_address_is_taken_that_is_none(road, text):
    with pytest.raises(AddressRefused) as refused:
        checked_address(road, text)

    assert refused.value.field == "address"
