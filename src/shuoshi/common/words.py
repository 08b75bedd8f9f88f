"""Look at what people wrote before it is kept."""

import re
import unicodedata

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused


# Control characters other than tab and line break; they are never meant.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Co"})


class WordsRefused(Refused):
    """The text cannot be kept as it is."""


def checked_words(text: str, *, most: int, field: str, required: bool = True) -> str:
    """
    Return the text without what is only noise: control characters, blanks at the ends.

    :raises WordsRefused: if nothing to read is left, it is too long or badly encoded.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WordsRefused(
            _("文字里有无法识别的字符，请重新输入。"), field=field
        ) from None
    kept = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not any(unicodedata.category(char) not in _INVISIBLE for char in kept):
        kept = ""
    if required and not kept:
        raise WordsRefused(_("请写明内容。"), field=field)
    if len(kept) > most:
        raise WordsRefused(
            _("最多%(most)d个字，现在有%(now)d个字。")
            % {"most": most, "now": len(kept)},
            field=field,
        )
    return kept


def plain(text: str) -> str:
    """
    Return letters and digits alone, in one form: what an eye takes for the same name.

    Wide and narrow signs are one (NFKC); dots, dashes, blanks and what cannot be seen go.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")
