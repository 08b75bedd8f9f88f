from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from shuoshi.backup.rules.keeping import Keep, kept, moment_of, name_at, parsed_keep


LAST = datetime(2026, 11, 25, 18, 10, tzinfo=UTC)


def nightly(days):
    return [LAST - timedelta(days=back) for back in range(days)]


def test_a_week_of_days_a_month_of_weeks_a_year_of_months_stay():
    stays = sorted(kept(nightly(800), Keep()), reverse=True)

    # In Shanghai the last is of Thursday the 26th.
    assert stays[:7] == nightly(7)
    assert [(LAST - one).days for one in stays[7:10]] == [11, 18, 25]
    assert [(one.year, one.month) for one in stays[10:]] == [
        (2026, month) for month in range(10, 0, -1)
    ] + [(2025, 12)]


def test_several_of_a_day_leave_the_newest():
    hourly = [LAST - timedelta(hours=back) for back in range(10)]

    assert kept(hourly, Keep(1, 0, 0)) == {LAST}


def test_the_newest_always_stays():
    assert kept([LAST], Keep(1, 0, 0)) == {LAST}
    assert kept([], Keep()) == set()


def test_a_name_tells_its_moment():
    moment = LAST + timedelta(microseconds=7)

    assert moment_of(name_at(moment)) == moment
    assert sorted([name_at(moment), name_at(LAST)]) == [name_at(LAST), name_at(moment)]


@pytest.mark.parametrize(
    "name", ["x", "shuoshi.backup", "shuoshi-20261399T000000000000Z.backup", ".part"]
)
def test_other_files_are_none_of_ours(name):
    assert moment_of(name) is None


def test_the_rule_is_read():
    assert parsed_keep(" 3, 2,1") == Keep(3, 2, 1)


@pytest.mark.parametrize("text", ["", "7", "7,5", "a,b,c", "0,5,12", "-1,2,3"])
def test_a_broken_rule_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="SHUOSHI_BACKUP_KEEP"):
        parsed_keep(text)
