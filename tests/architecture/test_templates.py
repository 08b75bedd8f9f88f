"""The strict content policy starts in the templates: nothing inline."""

import re

import pytest

from tests.architecture.tree import lines_with, templates


@pytest.mark.parametrize(
    "inline",
    [
        r"\bstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"<style\b",
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)",
        r"javascript:",
    ],
)
def test_nothing_is_inline(inline):
    assert lines_with(re.compile(inline, re.IGNORECASE), templates()) == []
