"""What is said to be held by the program has a test that would fail if it were not."""

import re
from pathlib import Path

import pytest

from shuoshi.disclosure.rules.house_rules import ENFORCED, SAMPLES, HouseRule


ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("key", sorted(ENFORCED))
def test_each_has_its_test(key):
    path, _colons, name = ENFORCED[key].test.partition("::")

    source = (ROOT / path).read_text()

    assert re.search(rf"^(def|class) {name}\b", source, re.MULTILINE)


def test_the_five_have_a_sample_and_each_says_what_people_alone_do():
    assert set(SAMPLES) == set(HouseRule)
    for rule, clauses in SAMPLES.items():
        assert all(clause.by in ENFORCED or not clause.by for clause in clauses)
        assert any(clause.enforcement for clause in clauses), rule
    alone = [one for clauses in SAMPLES.values() for one in clauses if not one.by]
    assert alone
