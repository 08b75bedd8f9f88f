from datetime import timedelta

import pytest

from shuoshi.jobs.rules.failures import described, wait_after


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 10), (2, 30), (3, 90), (4, 270), (5, 810), (6, 2430), (7, 3600), (99, 3600)],
)
def test_each_failure_waits_longer(attempts, seconds):
    assert wait_after(attempts) == timedelta(seconds=seconds)


def test_an_error_is_described_without_its_text():
    try:
        int("张三 13800000000")
    except ValueError as error:
        text = described(error)

    assert text.startswith("ValueError at jobs/rules/test_failures.py:")
    assert described(KeyError("张三")) == "KeyError"
