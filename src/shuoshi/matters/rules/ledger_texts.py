"""Cleaning what stands in the cells of an old ledger. Pure."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final


MAX_CELL: Final = 32_767  # what a cell of a spreadsheet can hold

# Invisible: it would make a blank cell look filled, or two equal words differ.
_INVISIBLE: Final = (
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),
    0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810),
    *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070),
    0x2800, 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFD), 0xFFFE, 0xFFFF,
)  # fmt: skip
_STRIP: Final = dict.fromkeys(_INVISIBLE, None) | {
    0x2028: "\n",
    0x2029: "\n",
    0x85: "\n",
}
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
}
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_ESCAPED_RETURN: Final = re.compile(r"_x000[dD]_")
# Most cells hold nothing odd: one look tells.
_ODD: Final = re.compile(
    "["
    + "".join(map(chr, _INVISIBLE))
    + "\t\r\x85\u2028\u2029\ud800-\udfff]|_x000[dD]_"
)
_BLANKS: Final = re.compile(r"\s+")
_APOSTROPHES: Final = "'‘’＇`"
_SPREAD_NAME: Final = re.compile(r"([\u4e00-\u9fff]) +([\u4e00-\u9fff])")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_FLOATING: Final = re.compile(r"(\d{5,})\.0+")
# Left by a text that was read in the wrong encoding.
_GARBLED: Final = re.compile(r"\ufffd{2}|锟斤拷|烫烫烫|ï»¿|ï¿½")

_EMPTY_WORDS: Final = frozenset(
    [
        "无",
        "没有",
        "暂无",
        "空",
        "略",
        "待填",
        "待补",
        "未填",
        "none",
        "null",
        "nil",
        "n/a",
        "na",
        "nan",
    ]
)
_POINTING_WORDS: Final = frozenset(
    [
        "同上",
        "同左",
        "同右",
        "同前",
        "不详",
        "不明",
        "未知",
        "见附件",
        "见上",
        "详见附件",
        "无诉求",
        "无内容",
        "无事项",
        "空白",
    ]
)
# What a spreadsheet shows where a formula has failed.
_ERRORS: Final = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]
)
_SIGNS: Final = " 。.,、;:!?-—_/\\*·…~()[]\n"


def cell_text(value: object) -> str:
    """Return what a person would read in the cell, whatever its type, without invisibles."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = clean_text(str(value))
    return "" if text in _ERRORS else text


def _number_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def clean_text(text: str) -> str:
    """Return the text without controls, zero-width signs and the blanks around it."""
    if _ODD.search(text):
        text = _SURROGATES.sub("", _ESCAPED_RETURN.sub("", text))
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        text = text.translate(_STRIP)
    return text.strip()


def narrow(text: str) -> str:
    """Return full-width letters, digits and signs as their plain twins."""
    return text.translate(_NARROW).strip()


def one_line(value: object) -> str:
    """Return the cell as one line: a name, a unit, a word."""
    return _BLANKS.sub(" ", cell_text(value)).strip(_APOSTROPHES + " ")


def person_name(value: object) -> str:
    """Return a name, closing the gap that offices put into names of two characters."""
    name = one_line(value)
    return _SPREAD_NAME.sub(r"\1\2", name) if _SPREAD_NAME.fullmatch(name) else name


def code_text(value: object) -> str:
    """Return a number or a phone number as text, however the spreadsheet kept it."""
    text = narrow(one_line(value)).strip(_APOSTROPHES)
    if _SCIENTIFIC.fullmatch(text) and (whole := _spelt_out(text)):
        return whole
    floating = _FLOATING.fullmatch(text)
    return floating[1] if floating else text


def lost_digits(text: str) -> bool:
    """Tell whether the spreadsheet has rounded a phone number away."""
    return bool(_SCIENTIFIC.fullmatch(text))


def _spelt_out(text: str) -> str:
    mantissa, exponent = re.split("[eE]", text)
    digits, zeros = len(mantissa.replace(".", "")), int(exponent) + 1
    # 1.38E+10 has lost eight digits; 1.3800138E+10 can have lost only zeros.
    return str(int(Decimal(text))) if zeros - digits <= 3 and zeros < 30 else ""


def is_filler(text: str) -> bool:
    """Tell whether a text only fills the cell: blanks, dots, a dash, "无"."""
    bare = narrow(text).strip(_SIGNS).lower()
    return bare in _EMPTY_WORDS or not any(letter.isalnum() for letter in bare)


def says_nothing(text: str) -> bool:
    """Tell whether a text holds no word of its own: filler, figures, "见附件"."""
    bare = narrow(text).strip(_SIGNS)
    return (
        is_filler(text)
        or bare in _POINTING_WORDS
        or not any(letter.isalpha() for letter in bare)
    )


def garbled(text: object) -> bool:
    """Tell whether a raw text was read in the wrong encoding on its way here."""
    if not isinstance(text, str):
        return False
    if _GARBLED.search(text):
        return True
    try:
        again = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return any("\u4e00" <= letter <= "\u9fff" for letter in again)


def shown(text: str, *, most: int = 24) -> str:
    """Return the text short enough to stand in a message."""
    line = _BLANKS.sub(" ", text)
    return line if len(line) <= most else line[: most - 1] + "…"
