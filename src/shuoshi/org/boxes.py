"""Where proposals keep their keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.org.models import Proposal


declare(Boxes(Proposal, key="key", owner="uid", empties=("reason", "half")))
