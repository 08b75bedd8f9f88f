"""Keep what was taken down of a call, for when the line or the browser drops."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from shuoshi.common.hours import hour_of
from shuoshi.common.refusals import NotPermitted
from shuoshi.common.sealing import new_box
from shuoshi.matters.rules.states import Identity
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import CallDraft
from shuoshi.reception.rules.access import may_receive


KEPT: Final = timedelta(days=1)
# Longer than any sheet that can be registered.
MOST: Final = 40_000
OF_THE_PERSON: Final = ("name", "contact", "contact_again")


def keep_call(given: Mapping[str, str], *, by: Standing, now: datetime) -> bool:
    """
    Keep the sheet for who fills it in, in place of what was kept; False if it is too long.

    Of somebody who wishes to be nobody neither name nor number is kept.

    :raises NotPermitted: unless the person receives people.
    """
    if not may_receive(by) or by.person_id is None:
        raise NotPermitted("")
    anonymous = given.get("identity") == Identity.ANONYMOUS
    left_out = OF_THE_PERSON if anonymous else ()
    told = {name: said for name, said in given.items() if said and name not in left_out}
    words = json.dumps(told, ensure_ascii=False)
    if len(words) > MOST:
        return False
    draft = CallDraft(person_id=by.person_id, kept_at=hour_of(now))
    box = new_box(f"call:{draft.uid}")
    draft.key, draft.words = box.wrapped, box.seal(words, "words")
    CallDraft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["uid", "words", "key", "kept_at"],
    )
    return True


def drop_call(by: Standing) -> None:
    """Forget what was kept: it is registered, or not wanted."""
    CallDraft.objects.filter(person=by.person_id).delete()


def forget_calls(*, now: datetime) -> int:
    """Forget what lay a day and was never registered; return how many."""
    return CallDraft.objects.filter(kept_at__lt=now - KEPT).delete()[0]
