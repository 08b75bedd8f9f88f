"""What a password may not be built around."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


OWN: Final = ("shuoshi", "dangyuan", "password", "admin", "12345678")
# So much must be left of a password once the words that anybody would try are gone.
LEAST_BESIDE: Final = 8
SHORTEST: Final = 2


class HouseWordsValidator:
    """Refuse a password made of words of the house (OWASP ASVS 5.0, 6.2.11)."""

    def __init__(self, words: list[str]) -> None:
        """Take the words of this site, beside those that every house has."""
        self.words = [word.casefold() for word in (*OWN, *words)]

    def validate(self, password: str, user: Any = None) -> None:
        """
        Let a password pass that is long enough without the house's words.

        The log-in name and the name of whoever it is for are such words.

        :raises ValidationError: if too little else is in it.
        """
        own = [getattr(user, "username", ""), getattr(user, "name", "")]
        words = {*self.words, *(word.casefold() for word in own)}
        left = password.casefold()
        for word in sorted(words, key=len, reverse=True):
            if len(word) >= SHORTEST:
                left = left.replace(word, "")
        if len(left) < LEAST_BESIDE:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _(
            "去掉单位名、登录名、姓名这类谁都猜得到的词，密码至少还要有 %(least)d 个字符。"
        ) % {"least": LEAST_BESIDE}
