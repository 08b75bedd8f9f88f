"""The small XML of WeChat and WeCom: flat, without a document type. Pure."""

from typing import Final
from xml.etree import ElementTree as Tree
from xml.sax.saxutils import escape

from shuoshi.platforms.rules.failures import NotGenuine


LONGEST: Final = 64 * 1024


def parsed(text: str) -> dict[str, str]:
    """
    Return the fields of a message, the innermost text of each.

    :raises NotGenuine: if it is too long, no XML, or brings a document type.
    """
    if len(text) > LONGEST or "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise NotGenuine("xml")
    try:
        root = Tree.fromstring(text)  # noqa: S314 - see above
    except Tree.ParseError:
        raise NotGenuine("xml") from None
    return {child.tag: (child.text or "").strip() for child in root}


def written(fields: dict[str, str]) -> str:
    """Return fields as the platform reads them."""
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return f"<xml>{inner}</xml>"
