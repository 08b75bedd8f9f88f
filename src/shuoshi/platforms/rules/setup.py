"""The accounts of this house on other people's platforms, as the environment names them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from shuoshi.platforms.rules.codec import AES_KEY, Codec


WECHAT: Final = "WECHAT"
WECOM: Final = "WECOM"
QQ: Final = "QQ"
PLATFORMS: Final = (WECHAT, WECOM, QQ)
# What each needs, by the last part of its variable: SHUOSHI_WECHAT_APPID and so on.
NEEDED: Final = {
    WECHAT: ("APPID", "SECRET", "TOKEN", "AES_KEY"),
    WECOM: ("CORPID", "AGENT", "SECRET", "TOKEN", "AES_KEY"),
    QQ: ("APPID", "SECRET"),
}
ADDRESSES: Final = {
    WECHAT: {"API": "https://api.weixin.qq.com"},
    WECOM: {"API": "https://qyapi.weixin.qq.com"},
    QQ: {"API": "https://api.sgroup.qq.com", "TOKEN_API": "https://bots.qq.com"},
}


@dataclass(frozen=True)
class Account:
    """
    One account of the house, and what of it is missing.

    It is off while nothing is named, and while anything is missing.
    """

    platform: str
    told: Mapping[str, str] = field(repr=False)
    missing: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        return bool(self.told) and not self.missing

    @property
    def codec(self) -> Codec:
        """The envelope of WeChat and WeCom."""
        owner = self.told["APPID" if self.platform == WECHAT else "CORPID"]
        return Codec(self.told["TOKEN"], self.told["AES_KEY"], owner)

    def api(self, name: str = "API") -> str:
        """Return the platform's own address, or the one put in its place."""
        return (self.told.get(name) or ADDRESSES[self.platform][name]).rstrip("/")


def account(platform: str, environ: Mapping[str, str]) -> Account:
    """Read one account; an AES key of the wrong form counts as missing."""
    prefix = f"SHUOSHI_{platform}_"
    told = {
        name.removeprefix(prefix): value.strip()
        for name, value in environ.items()
        if name.startswith(prefix) and value.strip()
    }
    if not any(name in told for name in NEEDED[platform]):
        return Account(platform, {})
    missing = [name for name in NEEDED[platform] if name not in told]
    if "AES_KEY" in told and not AES_KEY.fullmatch(told["AES_KEY"]):
        missing.append("AES_KEY")
    return Account(platform, told, tuple(f"{prefix}{name}" for name in missing))
