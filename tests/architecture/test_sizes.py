"""Keep files and functions small enough to see at once."""

import ast

import pytest

from tests.architecture.tree import named, repository_files, templates


FILES = [
    path for path in repository_files(".py") if not {"migrations"} & set(path.parts)
]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_TEMPLATE_LINES = 200


@pytest.mark.parametrize("path", FILES, ids=named)
def test_small_enough_to_see_at_once(path):
    source = path.read_text()
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    assert len(source.splitlines()) <= MAX_FILE_LINES
    assert not [
        f.name for f in functions if f.end_lineno - f.lineno >= MAX_FUNCTION_LINES
    ]


def test_templates_are_small():
    large = [
        named(path)
        for path in templates()
        if len(path.read_text().splitlines()) > MAX_TEMPLATE_LINES
    ]

    assert large == []
