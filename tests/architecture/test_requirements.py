"""What pyproject asks for is pinned, hashed and explained."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT


PYPROJECT = (ROOT / "pyproject.toml").read_text()
SETTINGS = tomllib.loads(PYPROJECT)
GROUPS = SETTINGS["dependency-groups"]
ASKED = {
    "requirements.txt": [*SETTINGS["project"]["dependencies"], *GROUPS["build"]],
    "requirements-dev.txt": [
        *SETTINGS["project"]["dependencies"],
        *GROUPS["build"],
        *GROUPS["test"],
        *GROUPS["check"],
    ],
    "requirements-installer.txt": GROUPS["installer"],
}


def pinned(name):
    """Return the versions a file pins, by package."""
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


@pytest.mark.parametrize("name", ASKED)
def test_every_dependency_is_pinned_as_asked(name):
    pins = pinned(name)

    wrong = [
        text
        for text in ASKED[name]
        for wanted in [Requirement(text)]
        if not wanted.specifier.contains(pins.get(canonicalize_name(wanted.name), "0"))
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ASKED)
def test_every_pin_is_hashed(name):
    text = (ROOT / name).read_text()

    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]

    assert [
        entry.split()[0] for entry in entries if "--hash=sha256:" not in entry
    ] == []


def test_tests_run_on_what_is_shipped():
    shipped, tested = pinned("requirements.txt"), pinned("requirements-dev.txt")

    assert {name: tested.get(name) for name in shipped} == shipped


def test_every_dependency_says_why():
    asked = {text for texts in ASKED.values() for text in texts}

    silent = [
        line.strip()
        for line in PYPROJECT.splitlines()
        if (quoted := re.match(r'\s+"([^"]+)",', line))
        if quoted[1] in asked and " # " not in line
    ]

    assert silent == []
