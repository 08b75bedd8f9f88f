"""Where authenticators keep their keys."""

from shuoshi.accounts.models import Authenticator
from shuoshi.keys.rules.boxes import Boxes, declare


declare(Boxes(Authenticator, key="key", owner="uid", empties=("secret",)))
