import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.passwords import HouseWordsValidator


PERSON = User(username="zhaoliang", name="赵亮")


@pytest.mark.parametrize(
    "password",
    [
        "shuoshi-2026",
        "SHUOSHI说事室2026",
        "zhaoliang123456",
        "赵亮赵亮赵亮赵亮1976",
        "Heishan-2026!",
    ],
)
def test_words_of_the_house_do_not_count(password):
    with pytest.raises(ValidationError, match="至少还要有 8 个字符"):
        HouseWordsValidator(["heishan"]).validate(password, PERSON)


@pytest.mark.parametrize(
    "password",
    ["shuoshi 三只麻雀落在井架上", "zhaoliang-correct-horse", "wohenxihuanchadaohe"],
)
def test_what_is_long_enough_without_them_passes(password):
    HouseWordsValidator(["heishan"]).validate(password, PERSON)


def test_the_house_asks_its_validator():
    with pytest.raises(ValidationError, match="至少还要有 8 个字符"):
        validate_password("shuoshi-2026", PERSON)
