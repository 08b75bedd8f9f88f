"""Where authenticators and links keep their keys."""

from shuoshi.accounts.models import Authenticator, Invitation
from shuoshi.keys.rules.boxes import Boxes, declare


declare(Boxes(Authenticator, key="key", owner="uid", empties=("secret",)))
declare(Boxes(Invitation, key="key", owner="digest", empties=("unread",)))
