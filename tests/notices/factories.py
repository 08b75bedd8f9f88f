from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from shuoshi.accounts.models import User
from shuoshi.notices.actions import queue_many


NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ABOUT = UUID(int=1)
_numbers = count(1)


def person():
    return User.objects.create(username=f"p{next(_numbers)}", name="李四").pk


def tell(*people, about=ABOUT, kind="answer", at=NOW):
    queue_many(to=people, kind=kind, mine_id=1, about=about, number="2026-0001", now=at)
