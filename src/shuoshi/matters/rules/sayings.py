"""What a person says when they raise a matter. Pure."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.words import checked_words, plain
from shuoshi.matters.rules.states import Identity


MOST_TEXT = 5000
MOST_NAME = 50
MOST_CONTACT = 100
MOST_PLACE = 100
MOST_ABOUT = 200
MOST_CLAIMS = 10
TITLE = 40


class SayingRefused(Refused):
    """The matter cannot be taken down like this."""


@dataclass(frozen=True)
class Saying:
    """The words, how the person wants to be known, and where it belongs if they say so."""

    text: str
    identity: str = Identity.NAMED
    name: str = ""
    contact: str = ""
    claims: tuple[str, ...] = ()
    place: str = ""
    unit_id: int | None = None
    # Whom it is about, in the speaker's words, and the unit they chose for that.
    about: str = ""
    about_unit_id: int | None = None
    # Which text about personal information stood beside the form, whether the words hold
    # what is sensitive, and which text was agreed to for that. The receipt does not hang
    # on them.
    told: int | None = field(default=None, repr=False)
    sensitive: bool = field(default=False, repr=False)
    agreed: int | None = field(default=None, repr=False)


def checked_saying(saying: Saying) -> Saying:
    """
    Return the saying, cleaned; nothing about an anonymous person is kept.

    :raises SayingRefused: if a named person gives no name, there are too many claims, or
        what is sensitive is said without agreeing to its use.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    """
    _check_shape(saying)
    claims = tuple(
        checked_words(claim, most=MOST_TEXT, field="claims", required=False)
        for claim in saying.claims
    )
    kept = replace(
        saying,
        text=checked_words(saying.text, most=MOST_TEXT, field="text"),
        claims=tuple(claim for claim in claims if claim),
        place=checked_words(
            saying.place, most=MOST_PLACE, field="place", required=False
        ),
        about=checked_words(
            saying.about, most=MOST_ABOUT, field="about", required=False
        ),
        name=_person(saying.name, most=MOST_NAME, field="name"),
        contact=_person(saying.contact, most=MOST_CONTACT, field="contact"),
    )
    if kept.identity == Identity.ANONYMOUS:
        return replace(kept, name="", contact="")
    if kept.identity == Identity.NAMED and not kept.name:
        raise SayingRefused(
            _("实名反映请写姓名；不想写，可以选保密或者匿名。"), field="name"
        )
    if not kept.name and not kept.contact:
        raise SayingRefused(
            _("保密反映请写姓名或者联系方式，只有首问人和统筹人员看得到。"),
            field="contact",
        )
    return kept


def _check_shape(saying: Saying) -> None:
    if saying.identity not in Identity.values:
        raise SayingRefused(_("请选择实名、保密或者匿名。"), field="identity")
    if len(saying.claims) > MOST_CLAIMS:
        raise SayingRefused(
            _("诉求点最多%(most)d个。") % {"most": MOST_CLAIMS}, field="claims"
        )
    if saying.sensitive and saying.agreed is None:
        raise SayingRefused(
            _(
                "您说的内容里有敏感信息，要您单独同意才能用来办理。"
                "请勾选同意；不同意，就把这些内容删去再提交。已填的都还在。"
            ),
            field="agreed",
        )


def _person(text: str, *, most: int, field: str) -> str:
    return checked_words(text, most=most, field=field, required=False)


def names_somebody(saying: Saying) -> bool:
    """True where the speaker says whom it is about, by name, by post or by unit."""
    said = plain(saying.about)
    # What people write into the field when they mean nobody.
    nobody = _("无、没有、不知道、不清楚").split(_("、"))
    return saying.about_unit_id is not None or bool(said and said not in nobody)


def words_of(saying: Saying) -> str:
    """Return all that was said of the matter: the text, and whom it is about."""
    if not saying.about:
        return saying.text
    return "\n\n".join([saying.text, _("被反映的人：%s") % saying.about])


def title_of(text: str) -> str:
    """Return the beginning of a text, as lists show it."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"
