"""The tables of SECURITY.md are whole, and every line that is named exists."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT


ASVS = ROOT / "docs" / "security" / "asvs.md"
GBT = ROOT / "docs" / "security" / "gbt22239.md"
TEXTS = [ROOT / "SECURITY.md", ASVS, GBT]
# Which requirements of ASVS 5.0.0 are of level 1 and which of level 2, by section.
LEVELS = {
    1: """1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1
    5.2.1-2 5.3.1-2 6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3
    9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1""",
    2: """1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6
    3.5.4-5 3.7.1-2 4.1.2-3 4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4
    6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1
    9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3
    11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2
    14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
    17.1.1 17.2.1-4 17.3.1-2""",
}
CONTROLS = {
    "8.1.4.1": "abcd",
    "8.1.4.2": "abcdefg",
    "8.1.4.3": "abcd",
    "8.1.4.4": "acde",
    "8.1.4.5": "",
    "8.1.4.6": "",
    "8.1.4.7": "ab",
    "8.1.4.8": "ab",
    "8.1.4.9": "abc",
    "8.1.4.10": "ab",
    "8.1.4.11": "ab",
    "8.1.5.1": "ab",
    "8.1.5.2": "ab",
    "8.1.5.3": "ab",
}
NAMED = re.compile(
    r"`((?:src|tests|docs|bench|tools)/[^`\s]*|[\w.-]+\.(?:txt|toml|md))`"
)
MET, OTHERWISE = {"met", "partly"}, {"site", "n/a", "not met"}


def spelled(ids):
    """Yield each id of ``1.2.1-5``."""
    for part in ids.split():
        section, _, places = part.rpartition(".")
        first, _, last = places.partition("-")
        for place in range(int(first), int(last or first) + 1):
            yield f"V{section}.{place}"


def rows(path, begins):
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in path.read_text().splitlines()
        if re.match(begins, line)
    ]


def functions_in(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("level", "count"), [(1, 70), (2, 183)])
def test_every_requirement_has_one_row(level, count):
    wanted = list(spelled(LEVELS[level]))

    found = [row[0] for row in rows(ASVS, r"\| V\d") if row[1] == str(level)]

    assert len(wanted) == len(set(wanted)) == count
    assert sorted(found) == sorted(wanted)


def test_every_control_has_one_row():
    wanted = [
        f"{control} {item}".strip()
        for control, items in CONTROLS.items()
        for item in items or " "
    ]

    assert [row[0] for row in rows(GBT, r"\| 8\.")] == wanted


@pytest.mark.parametrize(
    "row", rows(ASVS, r"\| V\d") + rows(GBT, r"\| 8\."), ids=lambda row: row[0]
)
def test_no_row_is_empty_and_what_is_met_is_proved(row):
    *_, told, state, proof = row

    assert told
    assert proof
    assert state in MET | OTHERWISE | {"达到", "部分", "由安装单位", "未达到"}
    if state in {"met", "达到"}:
        assert NAMED.search(proof) or "SECURITY.md" in proof


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_what_is_named_exists(path):
    for name in NAMED.findall(path.read_text()):
        file, _, function = name.partition("::")
        assert (ROOT / file).exists(), name
        assert not function or function in functions_in(file), name


def test_headings_that_are_named_exist():
    headings = set(re.findall(r"^#+ (.+)$", TEXTS[0].read_text(), re.MULTILINE))

    for path in (ASVS, GBT):
        for name in re.findall(r"SECURITY\.md(?:, \"|“)([^\"”]+)", path.read_text()):
            assert name in headings
