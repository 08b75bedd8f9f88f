"""Chinese is the source; the English is complete; nothing escapes translation."""

import ast
import re
from fnmatch import fnmatch

import pytest
from django import forms
from django.template.base import Lexer, TokenType
from django.utils.translation import override
from tools import messages

from tests.architecture.tree import SOURCE, named, templates


CHINESE = re.compile(r"[\u3400-\u9fff]")
TRANSLATED = re.compile(r"""_\((["']).*?\1\)""")
MARKED = {
    *messages.PLAIN,
    *messages.PLURAL,
    *messages.CONTEXT,
    *messages.CONTEXT_PLURAL,
}
# A language is offered under its own name.
OWN_NAME = "中文"
# Where Chinese may stand by itself, and why.
ALLOWED = {
    "demo/*": "the invented mine is data, not interface",
    "config/environment.py": "the refusal to start speaks both languages",
    "*/management/commands/*": "the console speaks to the operator, not to a page",
    "common/console.py": "the console speaks to the operator, not to a page",
    "matters/rules/ledger*.py": "words that a ledger from outside is written with",
    "matters/rules/bigrams.py": "the range of characters itself",
    "matters/models/letter.py": "the number of a paper is the same in every language",
    "matters/queries/letters.py": "the number of a paper is the same in every language",
    "channels/api/asking.py": "hints of the API's own description",
    "matters/*/ledger_export.py": "the ledger is a Chinese paper, whoever exports it",
    "org/rules/defaults.py": "seeded rows, which the organisation rewrites as it likes",
    "common/workdays.py": "names of statutory holidays, kept as data",
}
# The API describes itself once, in Chinese; what it answers is translated.
DESCRIBED = {"description", "summary", "title", "tags"}
CODE = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts
    if not any(fnmatch(str(path.relative_to(SOURCE)), mask) for mask in ALLOWED)
]


def test_english_is_complete():
    assert list(messages.complaints()) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "这一项要填。"), ("en", "This field is required.")],
)
def test_django_speaks_the_words_of_the_house(language, said):
    with override(language), pytest.raises(forms.ValidationError, match=said):
        forms.CharField().clean("")


def strings_outside_gettext(tree, described=frozenset()):
    """Yield each string that is neither a docstring nor given to gettext."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in described:
            skipped.update(ast.walk(node.value))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKED:
                skipped.update(ast.walk(node))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, skipped


@pytest.mark.parametrize("path", CODE, ids=named)
def test_code_has_no_bare_chinese(path):
    described = DESCRIBED if "api" in path.parts else frozenset()
    found = list(strings_outside_gettext(ast.parse(path.read_text()), described))

    bare = [
        f"{named(path)}:{node.lineno}: {node.value[:40]}"
        for node, skipped in found
        if node not in skipped and CHINESE.search(node.value)
    ]
    assert bare == []


def bare_chinese(template):
    """Yield the Chinese of a template that no translation tag holds."""
    inside = ""
    for token in Lexer(template).tokenize():
        words = token.contents.split()
        tag = words[0] if token.token_type == TokenType.BLOCK and words else ""
        if inside:
            inside = "" if tag == f"end{inside}" else inside
            continue
        if tag in {"blocktranslate", "blocktrans", "comment"}:
            inside = tag
            continue
        if token.token_type == TokenType.COMMENT or tag in {"translate", "trans"}:
            continue
        if CHINESE.search(TRANSLATED.sub("", token.contents).replace(OWN_NAME, "")):
            yield f"line {token.lineno}: {token.contents.strip()[:40]}"


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template_has_no_bare_chinese(path):
    assert list(bare_chinese(path.read_text())) == []
