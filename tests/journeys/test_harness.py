"""The watch sees what a visitor's browser complains of."""

import pytest
from django.http import HttpResponse, HttpResponseNotFound
from django.urls import path


PAGE = """<!doctype html><html lang="zh"><head><title>说事</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>井下通风不良</h1>%s</main></body></html>"""


def answer(request, what):
    """Answer a page that is good, or bad in the way asked for."""
    if what == "missing":
        return HttpResponseNotFound(PAGE % "")
    bad = {
        "abroad": '<img alt="" src="http://192.0.2.1/x.png">',
        "inline": '<p style="color:red">!</p>',
        "nameless": "<button></button>",
    }
    return HttpResponse(PAGE % bad.get(what, ""))


urlpatterns = [path("<str:what>/", answer)]


@pytest.fixture(autouse=True)
def own_pages(settings):
    """Serve the pages above instead of ours."""
    settings.ROOT_URLCONF = __name__


def test_good_page_on_every_screen(phone, desk, wall, axe, screenshot):
    for page in (phone, desk, wall):
        page.goto("/good/")

        assert page.inner_text("h1") == "井下通风不良"
        axe(page)
        screenshot(page, "harness")


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        ("missing", "answered 404"),
        ("abroad", "asked another host: http://192.0.2.1/x.png"),
        ("inline", "Content Security Policy"),
    ],
)
def test_bad_page_is_noticed(desk, watch, what, complaint):
    desk.goto(f"/{what}/")

    heard = " ".join(watch.complaints)
    watch.complaints.clear()
    assert complaint in heard


def test_expected_refusal_passes(desk, watch):
    watch.expect(404)

    desk.goto("/missing/")

    assert watch.complaints == []


def test_axe_finds_a_nameless_button(desk, axe):
    desk.goto("/nameless/")

    with pytest.raises(AssertionError, match="button-name"):
        axe(desk)
