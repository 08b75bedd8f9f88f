from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from shuoshi.common.frame import ClockFace
from shuoshi.common.templatetags import shuoshi as tags


MOMENT = datetime(2026, 11, 28, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize("colour", tags.COLOURS)
def test_clock_says_every_colour_in_a_word(colour):
    shown = tags.clock(ClockFace(colour))

    assert f"<b>{tags.COLOURS[colour]}</b>" in shown


def test_clock_shows_the_day_of_the_organisation():
    shown = tags.clock(ClockFace("amber", MOMENT, "还剩2个工作日"))

    # Half past midnight in Shanghai is the day after.
    assert ">11月29日</time>" in shown
    assert "<span>还剩2个工作日</span>" in shown
    assert "暂定" not in shown


def test_clock_marks_what_is_provisional():
    assert "暂定" in tags.clock(ClockFace("calm", MOMENT, provisional=True))


def test_clock_is_empty_without_a_face():
    assert tags.clock(None) == ""


def test_clock_escapes_what_it_is_given():
    assert "<script>" not in tags.clock(ClockFace("calm", None, "<script>"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [("HANDLING", "running"), ("CLOSED", "closed"), ("DECLINED", "ended")],
)
def test_state_tells_running_from_ended(code, kind):
    assert tags.state(code, "办") == f'<span class="badge {kind}">办</span>'


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(126, 138, "91.3%"), (0, 5, "0.0%"), (0, 0, "—"), (None, 3, "—"), (3, None, "—")],
)
def test_share_is_empty_on_an_empty_base(numerator, denominator, shown):
    assert tags.share(numerator, denominator) == shown


@pytest.mark.parametrize(
    ("number", "of", "width"), [(1, 4, "25.0"), (5, 4, "100.0"), (0, 0, "0.0")]
)
def test_bar_stays_in_its_box(number, of, width):
    assert f'<rect width="{width}"' in tags.bar(number, of)


def test_grouped_sets_a_receipt_in_fours():
    shown = Template("{% load shuoshi %}{{ digits|grouped }}").render(
        Context({"digits": "1234567890123456"})
    )

    assert shown == (
        "<span>1234</span> <span>5678</span> <span>9012</span> <span>3456</span>"
    )


def test_grouped_escapes_what_it_is_given():
    assert "<b>" not in tags.grouped("<b>&1")


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (date(2026, 11, 28), "11月28日")]
)
def test_day_is_short(value, shown):
    assert tags.day(value) == shown


def test_icon_points_into_the_sprite():
    assert 'href="/static/shuoshi/icons.svg#print"' in tags.icon("print")
