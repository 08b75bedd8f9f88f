"""
A conversation, step by step: what is asked, what is understood, where it leads. Pure.

One table decides it. Nothing is done here: what there is to do comes back as ``does``, and
the action says how it went.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from shuoshi.channels.rules.conversing import Heard, Message
from shuoshi.matters.rules.receipts import cleaned, is_well_formed
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_NAME, MOST_TEXT
from shuoshi.matters.rules.states import Identity


MOST_MEDIA: Final = 9
SHOWN: Final = 200


class Step(StrEnum):
    MENU = "MENU"
    IDENTITY = "IDENTITY"
    NAME = "NAME"
    CONTACT = "CONTACT"
    WORDS = "WORDS"
    CONFIRM = "CONFIRM"
    RECEIPT = "RECEIPT"
    TIME = "TIME"
    WHO = "WHO"
    PHONE = "PHONE"
    BOOK = "BOOK"


class Does(StrEnum):
    """What a turn of the conversation asks the house to do."""

    NOTHING = "NOTHING"
    RAISE = "RAISE"
    TELL = "TELL"
    TIMES = "TIMES"
    BOOK = "BOOK"
    BIND = "BIND"


@dataclass(frozen=True)
class Talk:
    """How far a conversation is, and what was said in it."""

    step: Step = Step.MENU
    identity: str = ""
    name: str = ""
    contact: str = ""
    words: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    time: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Talk":
        """Return the talk that was kept as a dictionary."""
        told = {key: tuple(v) if isinstance(v, list) else v for key, v in told.items()}
        return cls(**{**told, "step": Step(told["step"])})


@dataclass(frozen=True)
class Turn:
    """What follows on a message: where the talk is now, what is said, what to do."""

    talk: Talk
    says: str = ""
    does: Does = Does.NOTHING
    given: str = ""


@dataclass(frozen=True)
class Places:
    """The addresses that a conversation points to."""

    house: str
    telling: int = 0

    def at(self, path: str) -> str:
        return f"{self.house}{path}" if self.house else _("说事网页")


@dataclass(frozen=True)
class Row:
    """One step: what is asked, how the answer is taken, which step was before."""

    asks: Callable[[Talk, Places], str]
    takes: Callable[[Talk, str], Turn]
    before: Step = Step.MENU


def bare(text: str) -> str:
    """Return a text as it is compared: full-width letters, blanks and case made one."""
    return unicodedata.normalize("NFKC", text).strip().strip("。.!！").casefold()


def welcome(places: Places) -> str:
    return _(
        "这里是党员说事室。回复数字：\n1 我要说事\n2 查进度\n3 预约当面说\n"
        "随时回复“退出”可以停下。紧急的事请直接打电话。"
    )


def answered(talk: Talk, message: Message, places: Places) -> Turn:
    """Return what follows on a message."""
    text = message.words
    if message.kind in {Heard.FOLLOWED, Heard.OTHER} and talk.step is Step.MENU:
        return Turn(Talk(), welcome(places))
    if message.kind in {Heard.PICTURE, Heard.VOICE} and not text:
        return _with_media(talk, message, places)
    if message.kind is Heard.OTHER:
        return Turn(talk, _("这个看不懂，请用文字说。") + "\n" + ask(talk, places))
    said = bare(text)
    if said in _leave():
        return Turn(Talk(), _("好的，什么都没有登记。") + "\n" + welcome(places))
    if said in _back() and talk.step is not Step.MENU:
        before = replace(talk, step=_before(talk))
        return Turn(before, ask(before, places))
    turn = TABLE[talk.step].takes(talk, text)
    if turn.does is Does.NOTHING and not turn.says:
        return replace(turn, says=ask(turn.talk, places))
    if turn.does is Does.NOTHING:
        return replace(turn, says=f"{turn.says}\n{ask(turn.talk, places)}")
    return turn


def ask(talk: Talk, places: Places) -> str:
    """Return what is asked at this step."""
    return TABLE[talk.step].asks(talk, places)


def _before(talk: Talk) -> Step:
    # Who is anonymous was asked for no name.
    if talk.step is Step.WORDS and talk.identity == Identity.ANONYMOUS:
        return Step.IDENTITY
    return TABLE[talk.step].before


def _with_media(talk: Talk, message: Message, places: Places) -> Turn:
    if talk.step is not Step.WORDS:
        return Turn(talk, _("照片和语音在说事的时候再发。") + "\n" + ask(talk, places))
    if message.kind is Heard.VOICE:
        return Turn(talk, _("没有听清这段语音，请用文字再说一遍。"))
    if not message.media or len(talk.media) >= MOST_MEDIA:
        told = _("照片最多%(most)d张，这一张没有收。") % {"most": MOST_MEDIA}
        return Turn(talk, told)
    more = replace(talk, media=(*talk.media, message.media))
    told = _("收到第%(n)d张照片。还可以接着说，说完回复“完”。") % {"n": len(more.media)}
    return Turn(more, told)


def _leave() -> set[str]:
    return {bare(word) for word in ("0", _("退出"), _("取消"), "exit", "quit")}


def _back() -> set[str]:
    return {bare(word) for word in (_("上一步"), "back")}


def _yes() -> set[str]:
    return {bare(word) for word in ("1", _("是"), _("提交"), _("确认"), "yes")}


def _none() -> set[str]:
    return {bare(word) for word in (_("不留"), "no")}


def _take_menu(talk: Talk, text: str) -> Turn:
    said = bare(text)
    if found := re.fullmatch(rf"(?:{_('绑定')}|bind)\s*([0-9]{{6}})", said):
        return Turn(Talk(), does=Does.BIND, given=found[1])
    if said in {bare(word) for word in ("1", _("说事"), _("我要说事"))}:
        return Turn(Talk(Step.IDENTITY))
    if said in {bare(word) for word in ("2", _("查进度"), _("进度"))}:
        return Turn(Talk(Step.RECEIPT))
    if said in {bare(word) for word in ("3", _("预约"), _("预约当面说"))}:
        return Turn(Talk(Step.TIME), does=Does.TIMES)
    # A receipt alone is a question of its own.
    if is_well_formed(cleaned(text)):
        return Turn(Talk(), does=Does.TELL, given=cleaned(text))
    return Turn(Talk())


def _take_identity(talk: Talk, text: str) -> Turn:
    chosen = {
        "1": Identity.NAMED,
        "2": Identity.CONFIDENTIAL,
        "3": Identity.ANONYMOUS,
        **{bare(str(one.label)): one for one in Identity},
    }.get(bare(text))
    if chosen is None:
        return Turn(talk, _("请回复 1、2 或 3。"))
    anonymous = chosen is Identity.ANONYMOUS
    step = Step.WORDS if anonymous else Step.NAME
    return Turn(replace(talk, step=step, identity=str(chosen), name="", contact=""))


def _take_name(talk: Talk, text: str) -> Turn:
    none = bare(text) in _none()
    if none and talk.identity == Identity.NAMED:
        return Turn(talk, _("实名说事要有姓名；不想留，回复“上一步”改选保密或者匿名。"))
    name = "" if none else text.strip()
    if not none and not 0 < len(name) <= MOST_NAME:
        return Turn(talk, _("姓名最多%(most)d个字。") % {"most": MOST_NAME})
    return Turn(replace(talk, step=Step.CONTACT, name=name))


def _take_contact(talk: Talk, text: str) -> Turn:
    none = bare(text) in _none()
    if none and not talk.name:
        return Turn(talk, _("姓名和联系方式至少留一样，只有首问人和统筹人员看得到。"))
    contact = "" if none else text.strip()
    if not none and not 0 < len(contact) <= MOST_CONTACT:
        return Turn(talk, _("联系方式最多%(most)d个字。") % {"most": MOST_CONTACT})
    return Turn(replace(talk, step=Step.WORDS, contact=contact))


def _take_words(talk: Talk, text: str) -> Turn:
    if bare(text) in {bare(word) for word in (_("完"), _("完了"), _("说完了"), "done")}:
        if not talk.text.strip():
            return Turn(talk, _("还没有说是什么事。"))
        return Turn(replace(talk, step=Step.CONFIRM))
    more = replace(talk, words=(*talk.words, text.strip()))
    if len(more.text) > MOST_TEXT:
        told = _("最多%(most)d个字，这一条没有收。可以回复“完”先登记。")
        return Turn(talk, told % {"most": MOST_TEXT})
    return Turn(more, _("记下了。还可以接着说，说完回复“完”。"))


def _take_confirm(talk: Talk, text: str) -> Turn:
    if bare(text) in _yes():
        return Turn(talk, does=Does.RAISE)
    if bare(text) in {bare(word) for word in ("2", _("重说"))}:
        return Turn(replace(talk, step=Step.WORDS, words=(), media=()))
    return Turn(talk, _("请回复 1 提交，或者 2 重说。"))


def _take_receipt(talk: Talk, text: str) -> Turn:
    receipt = cleaned(text)
    if not is_well_formed(receipt):
        return Turn(talk, _("这个回执号不对，请核对一下。"))
    return Turn(talk, does=Does.TELL, given=receipt)


def _take_time(talk: Talk, text: str) -> Turn:
    said = bare(text)
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= len(talk.times)):
        return Turn(talk, _("请回复时间前面的数字。"))
    return Turn(replace(talk, step=Step.WHO, time=talk.times[int(said) - 1]))


def _take_who(talk: Talk, text: str) -> Turn:
    if not 0 < len(text.strip()) <= MOST_NAME:
        return Turn(talk, _("姓名最多%(most)d个字。") % {"most": MOST_NAME})
    return Turn(replace(talk, step=Step.PHONE, name=text.strip()))


def _take_phone(talk: Talk, text: str) -> Turn:
    if not 0 < len(text.strip()) <= MOST_CONTACT:
        return Turn(talk, _("联系方式最多%(most)d个字。") % {"most": MOST_CONTACT})
    return Turn(replace(talk, step=Step.BOOK, contact=text.strip()))


def _take_book(talk: Talk, text: str) -> Turn:
    if bare(text) in _yes():
        return Turn(talk, does=Does.BOOK)
    return Turn(talk, _("请回复 1 确认，或者“退出”。"))


def _ask_identity(_talk: Talk, places: Places) -> str:
    return _(
        "您想怎样说？\n1 实名：办理的人看得到您是谁\n2 保密：只有首问人和统筹人员知道您是谁\n"
        "3 匿名：不留姓名，登记后这里也不再留您的任何记录\n"
        "检举控告上级管理的干部，请用网页：%(page)s"
    ) % {"page": places.at("/speak/")}


def _ask_name(talk: Talk, _places: Places) -> str:
    if talk.identity == Identity.NAMED:
        return _("请问您的姓名？")
    return _("请问您的姓名？不想留就回复“不留”。")


def _ask_contact(_talk: Talk, _places: Places) -> str:
    return _("怎么联系您？手机号、QQ号都可以；不想留就回复“不留”。")


def _ask_words(_talk: Talk, _places: Places) -> str:
    return _(
        "请说发生了什么事，希望怎样解决。可以分几条说，也可以发照片。说完回复“完”。"
    )


def _ask_confirm(talk: Talk, places: Places) -> str:
    text = talk.text if len(talk.text) <= SHOWN else f"{talk.text[:SHOWN]}…"
    who = dict(Identity.choices)[talk.identity]
    told = _(
        "请核对：\n%(text)s\n共%(letters)d个字、%(photos)d张照片，%(who)s。\n"
        "提交就是看过告知书第%(version)d版（%(page)s）。"
        "里面有病情、身份证号等敏感信息的，请改用网页说。\n1 提交　2 重说　0 退出"
    )
    return told % {
        "text": text,
        "letters": len(talk.text),
        "photos": len(talk.media),
        "who": who,
        "version": places.telling,
        "page": places.at("/speak/"),
    }


def _ask_receipt(_talk: Talk, _places: Places) -> str:
    return _("请把16位回执号发给我。")


def _ask_time(talk: Talk, places: Places) -> str:
    if not talk.times:
        return _("近期没有空的时间，请看网页：%(page)s") % {"page": places.at("/book/")}
    rows = "\n".join(f"{n} {one}" for n, one in enumerate(talk.times, start=1))
    return _("这些时间可以约，请回复数字：\n%(rows)s") % {"rows": rows}


def _ask_who(_talk: Talk, _places: Places) -> str:
    return _("请问您的姓名？")


def _ask_phone(_talk: Talk, _places: Places) -> str:
    return _("怎么联系您？")


def _ask_book(talk: Talk, _places: Places) -> str:
    told = _("约%(time)s，%(name)s，%(contact)s。回复 1 确认，“退出”放弃。")
    return told % {"time": talk.time, "name": talk.name, "contact": talk.contact}


TABLE: Final[dict[Step, Row]] = {
    Step.MENU: Row(lambda _talk, places: welcome(places), _take_menu),
    Step.IDENTITY: Row(_ask_identity, _take_identity),
    Step.NAME: Row(_ask_name, _take_name, Step.IDENTITY),
    Step.CONTACT: Row(_ask_contact, _take_contact, Step.NAME),
    Step.WORDS: Row(_ask_words, _take_words, Step.CONTACT),
    Step.CONFIRM: Row(_ask_confirm, _take_confirm, Step.WORDS),
    Step.RECEIPT: Row(_ask_receipt, _take_receipt),
    Step.TIME: Row(_ask_time, _take_time),
    Step.WHO: Row(_ask_who, _take_who, Step.TIME),
    Step.PHONE: Row(_ask_phone, _take_phone, Step.WHO),
    Step.BOOK: Row(_ask_book, _take_book, Step.PHONE),
}
