import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.matters.models import Speaker
from shuoshi.privacy.models import RetentionPlan
from tests.matters.house import NOW
from tests.rights.actions.test_retention import ended


pytestmark = pytest.mark.django_db


def run(*arguments):
    """Return the exit code and what was printed."""
    out, code = StringIO(), 0
    try:
        call_command("retention", "--json", *arguments, stdout=out, stderr=StringIO())
    except SystemExit as exit_:
        code = exit_.code
    return code, json.loads(out.getvalue() or "{}")


def test_by_itself_it_shows_and_erases_nothing(house):
    ended(house)

    code, told = run("--dry-run")

    assert code == 0
    assert told["done"] is False
    assert {line["kind"] for line in told["lines"]} == {
        "SPEAKER",
        "FILES",
        "NOTICES",
        "REQUESTS",
    }
    assert RetentionPlan.objects.get().digest == told["digest"]
    assert Speaker.objects.get().key


def test_it_does_what_was_shown_for_who_confirms_it(house):
    ended(house)
    # The command reads the clock: what ended long ago is due by it.
    Speaker.objects.get().matter.__class__.objects.update(
        ended_at=NOW.replace(year=2020)
    )
    _code, told = run()
    by = house.people["secadmin"].username

    assert run("--do", told["plan"], "--digest", "wrong", "--by", by)[0] == 1
    assert run("--do", told["plan"], "--digest", told["digest"])[0] == 1
    assert run("--do", "nothing", "--digest", told["digest"], "--by", by)[0] == 1
    assert Speaker.objects.get().key
    code, done = run("--do", told["plan"], "--digest", told["digest"], "--by", by)

    assert (code, done["done"]) == (0, True)
    assert Speaker.objects.get().key == ""


def test_wrong_use_is_told_apart(house):
    assert run("--do", "x", "--dry-run")[0] == 2
    assert run("--mine", "NOWHERE")[0] == 1
