"""The company's own sign-in (OIDC), as it is set for this house."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit


# Only keys that the company alone holds: no shared secrets, and never "none".
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")


@dataclass(frozen=True)
class Company:
    """Who issues, as whom we ask, and which claim holds the log-in name."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str = "preferred_username"
    name: str = ""

    @property
    def is_safe(self) -> bool:
        """True for https, and for this machine itself."""
        parts = urlsplit(self.issuer)
        here = parts.hostname in {"127.0.0.1", "localhost"}
        return parts.scheme == "https" or (parts.scheme == "http" and here)


@dataclass(frozen=True)
class Asked:
    """What is kept between leaving and coming back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def draw(cls) -> "Asked":
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    def address(self, endpoint: str, company: Company, *, back: str) -> str:
        """Return where the browser is sent to."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": company.client,
            "redirect_uri": back,
            "scope": "openid profile",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
