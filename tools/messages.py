"""
Keep the translations without GNU gettext: ``extract``, ``compile``, ``check``.

Chinese is the source, so the msgid is the Chinese text itself and only the English
catalogue is kept. It is written sorted, without line numbers and dates, so that two
branches rarely touch the same line. What Django itself says to people is worded anew in
a small Chinese catalogue, kept by hand.
"""

import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize


SOURCE = Path(__file__).parents[1] / "src" / "shuoshi"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# Where Django keeps the texts that the Chinese catalogue words anew.
DJANGOS = [
    Path(django.__file__).parent / part / "locale/en/LC_MESSAGES/django.po"
    for part in ("conf", "contrib/auth")
]
PLAIN = ["_", "gettext", "gettext_lazy", "gettext_noop"]
PLURAL = ["ngettext", "ngettext_lazy"]
CONTEXT = ["pgettext", "pgettext_lazy"]
CONTEXT_PLURAL = ["npgettext", "npgettext_lazy"]
HEADER = r"""# English of 说事. The Chinese text is the key; see docs/testing.md.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
PERCENT = re.compile(r"%\((\w+)\)[-+ #0]*[\d.]*[a-zA-Z]")


def found() -> Catalog:
    """Return every text the code wants translated."""
    catalog = Catalog(locale="en")
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            _collect(catalog, path.read_text())
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "templates" in path.parts:
            _collect(catalog, _as_python(path))
    return catalog


def _as_python(path: Path) -> str:
    code = templatize(path.read_text(), origin=str(path))
    # What is left of the template are X's; its indentation would not parse.
    return "\n".join(line.strip() for line in code.splitlines())


def _collect(catalog: Catalog, code: str) -> None:
    keywords = PLAIN + PLURAL + CONTEXT + CONTEXT_PLURAL
    stream = io.BytesIO(code.encode())
    calls = extract_python(stream, keywords, [], {"encoding": "utf-8"})
    for _, function, arguments, _ in calls:
        words = [arguments] if isinstance(arguments, str) else list(arguments)
        context = words.pop(0) if function in CONTEXT + CONTEXT_PLURAL else None
        several = function in PLURAL + CONTEXT_PLURAL
        text = tuple(words[:2]) if several else words[0]
        # A call with a variable instead of a text is for whoever made that text.
        if text and None not in (text if several else (text,)):
            catalog.add(text, context=context)


def kept() -> Catalog:
    """Return the English catalogue as it stands."""
    return _read(ENGLISH, "en") if ENGLISH.exists() else Catalog(locale="en")


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, ignore_obsolete=True)


def extract() -> int:
    """Bring the catalogue in line with the code, keeping every translation."""
    old = {(m.id, m.context): m for m in kept() if m.id}
    fresh = Catalog(locale="en")
    for message in found():
        if message.id:
            known = old.get((message.id, message.context))
            fresh.add(
                message.id,
                known.string if known else None,
                context=message.context,
                flags=known.flags if known else (),
                user_comments=known.user_comments if known else (),
            )
    body = io.BytesIO()
    write_po(body, fresh, no_location=True, omit_header=True, sort_output=True, width=0)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_text(HEADER + body.getvalue().decode().strip() + "\n")
    missing = sum(1 for m in fresh if m.id and not _is_complete(m))
    print(f"{len(fresh)} texts, {missing} without English")
    return 0


def compile_all() -> int:
    """Write the .mo files beside the .po files."""
    for path, locale in ((CHINESE, "zh_Hans"), (ENGLISH, "en")):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(path, locale))
    return 0


def _is_complete(message: Message) -> bool:
    strings = message.string if message.pluralizable else (message.string,)
    return bool(strings) and all(strings)


def _placeholders(text: str) -> set[str]:
    named = {f"%({name})" for name in PERCENT.findall(text)}
    try:
        braced = {
            f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name
        }
    except ValueError:
        braced = set()
    return named | braced


def _mismatch(message: Message) -> set[str]:
    ids = message.id if message.pluralizable else (message.id,)
    strings = message.string if message.pluralizable else (message.string,)
    wanted = set().union(*map(_placeholders, ids))
    given = set().union(*map(_placeholders, strings))
    # English may say "one" in the singular, so only the last form must be whole.
    return (given - wanted) | (wanted - _placeholders(strings[-1]))


def complaints() -> Iterator[str]:
    """Say what keeps the catalogues from being complete and true."""
    wanted = {(m.id, m.context) for m in found() if m.id}
    have = {(m.id, m.context): m for m in kept() if m.id}
    for key in sorted(wanted - set(have), key=str):
        yield f"not in the catalogue (make messages): {key[0]}"
    for key in sorted(set(have) - wanted, key=str):
        yield f"no longer in the code (make messages): {key[0]}"
    reworded = {(m.id, m.context): m for m in _read(CHINESE, "zh_Hans") if m.id}
    djangos = {(m.id, m.context) for path in DJANGOS for m in _read(path, "en")}
    for key in sorted(set(reworded) - djangos, key=str):
        yield f"Django does not say: {key[0]}"
    for message in [*have.values(), *reworded.values()]:
        if message.fuzzy:
            yield f"fuzzy: {message.id}"
        if not _is_complete(message):
            yield f"not translated: {message.id}"
        elif wrong := _mismatch(message):
            yield f"placeholders {', '.join(sorted(wrong))}: {message.id}"


def check() -> int:
    """List what is wrong; nothing wrong is success."""
    wrong = list(complaints())
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    commands = {"extract": extract, "compile": compile_all, "check": check}
    if sys.argv[1:] not in [[name] for name in commands]:
        sys.exit("messages extract | compile | check")
    sys.exit(commands[sys.argv[1]]())
