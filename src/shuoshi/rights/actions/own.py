"""What the speaker of a matter does about their own information, behind the receipt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shuoshi.matters.actions.speakers import correct_speaker, forget_speaker
from shuoshi.matters.models import Matter
from shuoshi.org.rules.standing import Kind
from shuoshi.privacy.actions.consents import give_consent, withdraw_consent
from shuoshi.privacy.actions.requests import ask
from shuoshi.privacy.rules.purposes import Purpose


SPEAKER = str(Kind.SPEAKER)


def correct_own_contact(
    matter: Matter, given: Mapping[str, Any], *, now: datetime
) -> str:
    """Write the contact anew; return what to tell. Raises as ``correct_speaker`` does."""
    correct_speaker(matter, by=SPEAKER, now=now, contact=given["contact"])
    return _("联系方式已经改好。")


def forget_oneself(matter: Matter, _given: Mapping[str, Any], *, now: datetime) -> str:
    """Erase who spoke, or keep it from everybody; return what to tell."""
    if forget_speaker(matter, by=SPEAKER, now=now, why="asked") == "restricted":
        return _("您的姓名和联系方式已经封存：依法只保管，谁也看不到，也不再使用。")
    return _("您的姓名和联系方式已经清除，找不回来。事情照办，凭回执号查进度。")


def ask_about_oneself(
    matter: Matter, given: Mapping[str, Any], *, now: datetime
) -> str:
    """Take down a request; return by when it is answered."""
    request = ask(
        given["wish"],
        given["words"],
        mine_id=matter.mine_id,
        about=matter.uid,
        by=SPEAKER,
        now=now,
    )
    return _("已经收到，%(day)s前答复，答复显示在这一页。") % {
        "day": f"{request.due_on:%Y-%m-%d}"
    }


def agree_to_handing(
    matter: Matter, _given: Mapping[str, Any], *, now: datetime
) -> str:
    """Agree to being handed outside where it is needed."""
    give_consent(
        matter.uid, Purpose.OUTSIDE, mine_id=matter.mine_id, by=SPEAKER, now=now
    )
    return _("已经记下您的同意，随时可以撤回。")


def withdraw_own_consent(
    matter: Matter, given: Mapping[str, Any], *, now: datetime
) -> str:
    """Take one consent back."""
    withdraw_consent(matter.uid, given["consent"], by=SPEAKER, now=now)
    return _("同意已经撤回：从现在起不再据此使用。")


ACTS = {
    "contact": correct_own_contact,
    "forget": forget_oneself,
    "ask": ask_about_oneself,
    "agree": agree_to_handing,
    "withdraw": withdraw_own_consent,
}
