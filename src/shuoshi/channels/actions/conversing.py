"""Talk with somebody on a platform: raise, book, ask, bind."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.throttling import TooOften, count_try
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.channels.actions.pictures import fetch_later
from shuoshi.channels.actions.speaking import naming_nobody, speak_up
from shuoshi.channels.models import Conversation, WayBack
from shuoshi.channels.queries.conversing import sender_digest
from shuoshi.channels.queries.roads import road_is_open
from shuoshi.channels.rules.conversing import Message
from shuoshi.channels.rules.dialogue import (
    Does,
    Places,
    Step,
    Talk,
    Turn,
    answered,
    ask,
    welcome,
)
from shuoshi.channels.rules.roads import RoadShut
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import SealBroken, new_box, open_box
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.rules.receipts import grouped
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Channel, Identity
from shuoshi.notices.actions.addresses import CodeRefused, bind_by_code
from shuoshi.privacy.queries.tellings import current_telling
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.reception.actions.bookings import Wish, book
from shuoshi.reception.queries.bookings import times_of
from shuoshi.reception.rules.bookings import read_time


if TYPE_CHECKING:
    from collections.abc import Callable

SILENCE: Final = timedelta(minutes=30)
OFFERED: Final = 8
# Guessing is held back for each sender; nobody else's receipt is locked by it.
ASKED: Final = Throttle("platform.asked", 6, timedelta(minutes=10))
# Counted for the house, not for the sender: who spoke anonymously stands in no table.
SPOKEN: Final = Throttle("platform.spoken", 2000, timedelta(minutes=10))
HOUSE: Final = "house"
CHANNELS: Final = {"WECHAT": Channel.WECHAT, "WECOM": Channel.WECHAT, "QQ": Channel.QQ}
# Where a refusal leads back to, by the field it blames.
BLAMED: Final = {
    "identity": Step.IDENTITY,
    "name": Step.NAME,
    "contact": Step.CONTACT,
    "text": Step.WORDS,
}


def converse(message: Message, *, mine_id: int, now: datetime) -> str:
    """
    Return what is answered to a message, and do what it asks for.

    Call it once for each message, in the transaction that takes it. In a group nothing
    is heard and nothing told: only the private way in.
    """
    telling = current_telling(Purpose.SPEAK, mine_id=mine_id)
    places = Places(settings.SHUOSHI_ADDRESS, telling.version)
    if message.in_group:
        return _("群里不谈事。请私下发消息给我，或者打开：%(page)s") % {
            "page": places.at("/speak/")
        }
    if not road_is_open(message.platform, mine_id=mine_id):
        return RoadShut().message
    digest = sender_digest(message.platform, message.sender)
    kept = _held(digest, now)
    turn = answered(_talk_in(kept, now), message, places)
    doing = _Doing(message, places, mine_id, telling.pk, digest, now)
    turn = doing.done(turn)
    _keep(kept, turn.talk, now)
    return turn.says


class _Doing:
    """What one turn of a conversation does; each part returns the turn that follows."""

    def __init__(
        self,
        message: Message,
        places: Places,
        mine_id: int,
        telling: int,
        digest: str,
        now: datetime,
    ) -> None:
        self.message, self.places, self.mine_id = message, places, mine_id
        self.telling, self.digest, self.now = telling, digest, now

    def done(self, turn: Turn) -> Turn:
        does: dict[Does, Callable[[Turn], Turn]] = {
            Does.RAISE: self._raise,
            Does.TELL: self._tell,
            Does.TIMES: self._offer,
            Does.BOOK: self._book,
            Does.BIND: self._bind,
        }
        if turn.does is Does.NOTHING:
            return turn
        try:
            with transaction.atomic():
                return does[turn.does](turn)
        except TooOften as refusal:
            return Turn(Talk(), refusal.message)
        except Refused as refusal:
            return self._again(turn.talk, refusal)

    def _again(self, talk: Talk, refusal: Refused) -> Turn:
        """Ask that step again with the reason; what was said stays."""
        step = BLAMED.get(refusal.field or "", talk.step)
        if talk.step is Step.BOOK:
            return self._offer(Turn(Talk(Step.TIME)), refusal.message)
        back = Talk(**{**talk.as_dict(), "step": step})
        return Turn(back, f"{refusal.message}\n{ask(back, self.places)}")

    def _raise(self, turn: Turn) -> Turn:
        talk, message = turn.talk, self.message
        count_try(SPOKEN, HOUSE, now=self.now)
        saying = Saying(
            text=talk.text,
            identity=talk.identity,
            name=talk.name,
            contact=talk.contact,
            told=self.telling,
        )
        with naming_nobody(saying):
            raised = speak_up(
                saying,
                [],
                mine_id=self.mine_id,
                channel=CHANNELS[message.platform],
                now=self.now,
            )
        matter = raised.matter
        fetch_later(talk.media, matter, platform=message.platform)
        if matter.identity == Identity.NAMED and not matter.sealed:
            self._remember(matter.uid)
        due = localtime(matter.answer_due_at)
        says = _(
            "已经登记。回执号：\n%(receipt)s\n请抄下来，只在这里显示一次，凭它查进度。"
            "%(due)s前答复您。"
        ) % {
            "receipt": grouped(raised.receipt),
            "due": _("%(month)d月%(day)d日") % {"month": due.month, "day": due.day},
        }
        if matter.identity == Identity.ANONYMOUS:
            says += _(
                "我们没有留下您在这里的任何记录；这个聊天窗口里的话，请您自己删除。"
            )
        return Turn(Talk(), says)

    def _remember(self, about: UUID) -> None:
        way = WayBack(about=about, platform=self.message.platform)
        box = new_box(f"way:{way.uid}")
        way.key, way.address = box.wrapped, box.seal(self.message.sender, "address")
        way.save(force_insert=True)

    def _tell(self, turn: Turn) -> Turn:
        count_try(ASKED, self.digest, now=self.now)
        matter = matter_of_receipt(turn.given)
        if matter is None:
            told = _("没有这个回执号，请核对一下。")
            return Turn(Talk(Step.RECEIPT), f"{told}\n{welcome(self.places)}")
        progress = progress_of(matter)
        here = next((stop for stop in progress.stops if stop.state == "now"), None)
        says = [_("现在到：%(stop)s") % {"stop": here.label}] if here else []
        says.append(_("状态：%(state)s") % {"state": matter.get_state_display()})
        if progress.due_at:
            due = localtime(progress.due_at)
            says.append(
                _("下次答复不晚于%(month)d月%(day)d日。")
                % {"month": due.month, "day": due.day}
            )
        page = self.places.at("/progress/")
        says.append(_("答复的内容在这里看：%(page)s") % {"page": page})
        return Turn(Talk(), "\n".join(says))

    def _offer(self, _turn: Turn, before: str = "") -> Turn:
        free = [one.key for one in times_of(self.mine_id, now=self.now) if one.free]
        talk = Talk(Step.TIME, times=tuple(free[:OFFERED]))
        says = ask(talk, self.places)
        if not talk.times:
            talk = Talk()
        return Turn(talk, f"{before}\n{says}" if before else says)

    def _book(self, turn: Turn) -> Turn:
        count_try(SPOKEN, HOUSE, now=self.now)
        talk = turn.talk
        day, starts_at = read_time(talk.time)
        wish = Wish(day, starts_at, talk.name, talk.contact, told=self.telling)
        booked = book(wish, mine_id=self.mine_id, now=self.now)
        says = _(
            "约好了：%(time)s。预约号：\n%(receipt)s\n改时间或者取消，请看：%(page)s"
        )
        return Turn(
            Talk(),
            says
            % {
                "time": talk.time,
                "receipt": grouped(booked.receipt),
                "page": self.places.at("/book/mine/"),
            },
        )

    def _bind(self, turn: Turn) -> Turn:
        count_try(ASKED, self.digest, now=self.now)
        message = self.message
        try:
            bind_by_code(
                message.platform, message.sender, code=turn.given, now=self.now
            )
        except CodeRefused as refusal:
            return Turn(Talk(), refusal.message)
        return Turn(Talk(), _("绑定好了，有新情况会发到这里。"))


def _held(digest: str, now: datetime) -> Conversation:
    """Return the conversation of a sender, to one message at a time."""
    while True:
        # Whoever holds it may end it just now; then it begins anew.
        begun = Conversation(digest=digest, until=now)
        Conversation.objects.bulk_create([begun], ignore_conflicts=True)
        held = Conversation.objects.select_for_update().filter(digest=digest).first()
        if held is not None:
            return held


def _talk_in(kept: Conversation, now: datetime) -> Talk:
    if kept.until <= now or not kept.said:
        return Talk()
    try:
        box = open_box(f"conversation:{kept.uid}", kept.key)
        return Talk.of(json.loads(box.open(kept.said, "said")))
    except SealBroken:
        return Talk()


def _keep(kept: Conversation, talk: Talk, now: datetime) -> None:
    """Keep how far it is; what ended leaves nothing."""
    if talk.step is Step.MENU:
        kept.delete()
        return
    box = new_box(f"conversation:{kept.uid}")
    kept.key, kept.until = box.wrapped, now + SILENCE
    kept.said = box.seal(json.dumps(talk.as_dict(), ensure_ascii=False), "said")
    kept.save(update_fields=["key", "until", "said"])


def forget_talks(*, now: datetime) -> int:
    """Delete the conversations that were silent for too long; return how many."""
    return Conversation.objects.filter(until__lt=now).delete()[0]
