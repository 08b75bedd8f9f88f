"""The SMS gateway of this house, as its operator describes it. Pure."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Gateway:
    """
    Where a message is posted, and how.

    ``body`` is a template with ``{phone}`` and ``{text}``: JSON if it begins with a
    brace, else a form. ``taken`` is a pattern that the answer shows when it was taken;
    empty, any 2xx is.
    """

    url: str
    body: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    taken: str = ""

    @classmethod
    def parse(cls, url: str, body: str, headers: str, taken: str) -> "Gateway":
        """
        Read what the environment says.

        :raises ValueError: naming in plain words what is missing or wrong.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("SHUOSHI_SMS_URL: an http or https address")
        if "{phone}" not in body or "{text}" not in body:
            raise ValueError("SHUOSHI_SMS_BODY: needs {phone} and {text}")
        try:
            re.compile(taken)
        except re.error:
            raise ValueError("SHUOSHI_SMS_TAKEN: no regular expression") from None
        pairs = [line.partition(":") for line in headers.split(";") if line.strip()]
        if any(not name.strip() or not colon for name, colon, _value in pairs):
            raise ValueError("SHUOSHI_SMS_HEADERS: Name: value; Name: value")
        told = {name.strip(): value.strip() for name, _colon, value in pairs}
        return cls(url, body, told, taken)
