"""No file names an index, a machine or somebody else's server."""

import re

from tests.architecture.tree import lines_with, repository_files, templates


# Put together here, so that this file does not find itself.
INDEX_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "registry.npm" + "js",
    "npm" + "mirror",
]
INDEX_WORDS = [
    "tuna.tsing" + "hua",
    "/simple" + "/",
    "index" + "-url =",
    "--index" + "-url http",
]
MACHINE = [
    "/" + folder + r"/[\w.]" for folder in ["work", "root", "home", "Users", "tmp"]
]
FINISH = "⁂"
# An address that is only a name, and is never asked: a namespace, a licence.
NAMES_ONLY = re.compile(
    "xmlns|http://www.w3.org/|https?://127.0.0.1|licen[cs]e", re.IGNORECASE
)
TEXTS = {
    ".cfg", ".css", ".html", ".js", ".json", ".md", ".po", ".py", ".toml", ".txt",
    ".yaml", ".yml", "",
}  # fmt: skip


def texts():
    """Return every file a person or a program reads as text."""
    return [path for path in repository_files() if path.suffix in TEXTS]


def test_no_file_names_an_index():
    pattern = re.compile("|".join(map(re.escape, INDEX_HOSTS + INDEX_WORDS)))

    assert lines_with(pattern, texts()) == []


def test_no_file_names_a_machine():
    pattern = re.compile(r"(?<![\w.}])(" + "|".join(MACHINE) + ")")

    assert lines_with(pattern, texts()) == []


def test_nothing_is_left_unfinished():
    found = lines_with(re.compile(FINISH), texts())

    assert [line for line in found if "test_addresses" not in line] == []


def test_pages_ask_nobody_else():
    pattern = re.compile(r"https?://|[\"'(]//\w")
    own = [path for path in repository_files(".css", ".js") if "static" in path.parts]

    found = lines_with(pattern, [*templates(), *own])

    assert [line for line in found if not NAMES_ONLY.search(line)] == []
