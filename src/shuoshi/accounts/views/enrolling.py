"""Show the secret of an authenticator: as a picture to scan, and to type."""

from typing import TYPE_CHECKING

import segno
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.factors import prepare_app
from shuoshi.accounts.rules.totp import address_of


if TYPE_CHECKING:
    from shuoshi.accounts.models import User


def app_shown(person: "User") -> dict[str, str]:
    """Return the QR code and the secret in fours, for the template."""
    _app, secret = prepare_app(person, now=now())
    address = address_of(secret, name=person.username, issuer=_("说事"))
    picture = segno.make(address, error="m").svg_data_uri(border=2)
    fours = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return {"qr": picture, "secret": fours}
