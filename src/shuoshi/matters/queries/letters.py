"""Write out the official letters from the record of a matter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.matters.models import Letter, LetterKind
from shuoshi.matters.queries.claims import readable_claims
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.matters.queries.timeline import history_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import Identity


if TYPE_CHECKING:
    from shuoshi.matters.models import Claim, Matter
    from shuoshi.org.rules.standing import Standing
    from shuoshi.trail.models import Event

# The steps that issue each kind of letter.
_ISSUED_BY = {
    LetterKind.ACCEPTANCE: {"accept"},
    LetterKind.DECLINE: {"decline"},
    LetterKind.EXTENSION: {"grant_extension"},
    LetterKind.OPINION: {"answer"},
    LetterKind.REVIEW: {"uphold", "overturn"},
}


@dataclass(frozen=True)
class Paper:
    """A letter as it is printed."""

    letter: Letter
    heading: str
    number: str
    addressee: str
    paragraphs: list[str]
    claims: "list[Claim]"
    last_paragraphs: list[str]
    replaced: bool = False
    names_speaker: bool = False


def letter_of(matter: "Matter", kind: str, year: int, serial: int) -> Letter | None:
    """Return the letter of this kind and number, if it is one on this matter."""
    return matter.letters.filter(kind=kind.upper(), year=year, serial=serial).first()


def paper_of(person: "Standing", matter: "Matter", letter: Letter) -> Paper:
    """Return what the letter says; its words come from the step that issued it."""
    event, words = _told(matter, letter)
    kind = LetterKind(letter.kind)
    is_opinion = kind is LetterKind.OPINION
    replaced = (
        is_opinion
        and matter.letters.filter(kind=kind, issued_at__gt=letter.issued_at).exists()
    )
    name = _addressee(person, matter)
    return Paper(
        letter,
        str(kind.label),
        f"〔{letter.year}〕{letter.serial}号",
        name or _("说事人"),
        [_opening(matter), *_BODY[kind](matter, event, words)],
        readable_claims(matter) if is_opinion and not replaced else [],
        _REMEDY[kind](matter),
        replaced=replaced,
        names_speaker=bool(name),
    )


def _told(matter: "Matter", letter: Letter) -> "tuple[Event | None, str]":
    history = history_of(matter)
    verbs = _ISSUED_BY[LetterKind(letter.kind)]
    for event in history.events:
        if event.verb in verbs and event.at == letter.issued_at:
            return event, history.words_at(event.seq)
    return None, ""


def _addressee(person: "Standing", matter: "Matter") -> str:
    """Only a letter to somebody who gave their name to all bears it."""
    named = matter.identity == Identity.NAMED and not matter.sealed
    if named and gate.may(person, Permission.SEE_SPEAKER, matter):
        speaker = speaker_of_sheet(matter)
        if speaker is not None:
            return speaker.name
    return ""


def _opening(matter: "Matter") -> str:
    return _("您于%(day)s反映的事项（编号%(number)s）收悉。") % {
        "day": _day(matter.received_at),
        "number": matter.number,
    }


def _day(moment: datetime | date) -> str:
    return date_format(localtime(moment) if isinstance(moment, datetime) else moment)


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def _acceptance(matter: "Matter", _event: "Event | None", _words: str) -> list[str]:
    told = _("经审查，符合受理条件，现予受理，由%(unit)s办理，%(day)s前书面答复您。")
    return [told % {"unit": matter.lead_unit.name, "day": _day(matter.answer_due_at)}]


def _decline(matter: "Matter", _event: "Event | None", words: str) -> list[str]:
    ground = _("经审查，依据“%(ground)s”，决定不予受理。理由和您可以走的途径如下：")
    return [ground % {"ground": matter.get_ground_display()}, *_lines(words)]


def _extension(_matter: "Matter", event: "Event | None", words: str) -> list[str]:
    until = (event.detail.get("until") or "") if event else ""
    day = _day(date.fromisoformat(until)) if until else ""
    told = _("因情况复杂，不能在原定期限内办结，经批准，办理期限延长到%(day)s。理由：")
    return [told % {"day": day}, *_lines(words)]


def _opinion(_matter: "Matter", _event: "Event | None", _words: str) -> list[str]:
    return [_("经调查，处理意见如下：")]


def _review(_matter: "Matter", event: "Event | None", words: str) -> list[str]:
    upheld = event is None or event.verb == "uphold"
    decided = (
        _("经复查复核，决定维持原处理意见。意见如下：")
        if upheld
        else _("经复查复核，决定撤销原处理意见，重新办理。意见如下：")
    )
    return [decided, *_lines(words)]


def _no_remedy(_matter: "Matter") -> list[str]:
    return []


def _ask_review(_matter: "Matter") -> list[str]:
    return [_("不服本处理的，可以自收到之日起三十日内凭回执号请求复查。")]


def _ask_next(matter: "Matter") -> list[str]:
    if matter.reviews > 1:
        return [_("本意见为复核意见，信访事项办理到此终结。")]
    return [_("不服本意见的，可以自收到之日起三十日内凭回执号请求复核。")]


_BODY = {
    LetterKind.ACCEPTANCE: _acceptance,
    LetterKind.DECLINE: _decline,
    LetterKind.EXTENSION: _extension,
    LetterKind.OPINION: _opinion,
    LetterKind.REVIEW: _review,
}
_REMEDY = {
    LetterKind.ACCEPTANCE: _no_remedy,
    LetterKind.DECLINE: _ask_review,
    LetterKind.EXTENSION: _no_remedy,
    LetterKind.OPINION: _ask_review,
    LetterKind.REVIEW: _ask_next,
}
