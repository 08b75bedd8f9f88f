"""What somebody had taken down of a call."""

import json

from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import CallDraft


def call_kept_for(person: Standing) -> dict[str, str]:
    """Return what this very person had filled in; empty if there is nothing."""
    draft = CallDraft.objects.filter(person=person.person_id).first()
    if draft is None:
        return {}
    try:
        words = open_box(f"call:{draft.uid}", draft.key).open(draft.words, "words")
    except SealBroken:
        return {}
    told: dict[str, str] = json.loads(words)
    return told
