"""Taking a step from its form: in place with htmx, on a page of its own without."""

import pytest

from shuoshi.matters.models import Matter
from tests.matters.house import Story, raised
from tests.matters.views.conftest import HTMX


def url_of(matter, name):
    return f"/desk/matters/{matter.number}/do/{name}/"


def given(matter, **more):
    return {
        "lead_unit": "MINE-one",
        "request_type": "COMPLAINT",
        "level": "ORDINARY",
        "version": matter.version,
    } | more


def test_form_stands_on_a_page_of_its_own(house, sign_in):
    answer = sign_in("receiver").get(url_of(raised(house), "triage"))

    assert answer.status_code == 200
    assert b"<html" in answer.content
    assert "主办单位" in answer.content.decode()


def test_form_comes_alone_for_htmx(house, sign_in):
    answer = sign_in("receiver").get(url_of(raised(house), "triage"), **HTMX)

    assert b"<html" not in answer.content
    assert 'hx-post="/desk/matters/2026-0001/do/triage/"' in answer.content.decode()


def test_step_is_taken_and_leads_back_to_the_sheet(house, sign_in):
    matter = raised(house)

    answer = sign_in("receiver").post(url_of(matter, "triage"), given(matter))

    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/matters/{matter.number}/"
    matter.refresh_from_db()
    assert matter.state == "TRIAGED"


def test_step_by_htmx_sends_the_browser_on(house, sign_in):
    matter = raised(house)

    answer = sign_in("receiver").post(url_of(matter, "triage"), given(matter), **HTMX)

    assert answer["HX-Redirect"] == f"/desk/matters/{matter.number}/"


def test_stranger_gets_404(house, sign_in):
    assert sign_in("other").get(url_of(raised(house), "triage")).status_code == 404


@pytest.mark.parametrize("name", ["vanish", "register"])
def test_unknown_step_is_404(house, sign_in, name):
    assert sign_in("receiver").get(url_of(raised(house), name)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_seen_but_not_allowed_is_403(house, sign_in, method):
    story = Story(house).handling()
    client = sign_in("leader")

    assert getattr(client, method)(url_of(story.matter, "answer")).status_code == 403


def test_other_methods_are_405(house, sign_in):
    assert sign_in("receiver").put(url_of(raised(house), "triage")).status_code == 405


@pytest.mark.parametrize("how", [{}, HTMX])
def test_missing_answer_is_shown_beside_its_field(house, sign_in, how):
    matter = raised(house)

    answer = sign_in("receiver").post(
        url_of(matter, "triage"), given(matter, lead_unit=""), **how
    )

    assert answer.status_code == 422
    assert 'id="id_triage_lead_unit_error"' in answer.content.decode()
    assert Matter.objects.get().version == matter.version


def test_refusal_of_the_action_is_shown_beside_its_field(house, sign_in):
    matter = raised(house)

    answer = sign_in("receiver").post(
        url_of(matter, "triage"), given(matter, petition_class="ACCUSATION")
    )

    assert answer.status_code == 422
    text = answer.content.decode()
    at = text.index('id="id_triage_petition_class_error"')
    assert "检举控告要密封移送纪委" in text[at:]


def test_outdated_form_changes_nothing_and_says_so_on_top(house, sign_in):
    matter = raised(house)

    answer = sign_in("receiver").post(
        url_of(matter, "triage"), given(matter, version=matter.version + 5)
    )

    assert answer.status_code == 422
    assert "刚才有人动过这件事" in answer.content.decode()
    assert Matter.objects.get().state == "RECEIVED"


def test_form_of_a_step_that_is_over_says_so(house, sign_in):
    story = Story(house).handling()

    answer = sign_in("coordinator").get(url_of(story.matter, "triage"))

    assert answer.status_code == 200
    assert "不能择事分办" in answer.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        {"lead_unit": "x" * 5000},
        {"level": "\x00", "version": "no"},
        {"version": "9" * 40},
        {"note": "字" * 20_000},
        {"note": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")},
        {"objects": "没有这个人"},
    ],
)
def test_hostile_input_is_refused(house, sign_in, hostile):
    matter = raised(house)

    answer = sign_in("receiver").post(
        url_of(matter, "triage"), given(matter, **hostile)
    )

    assert answer.status_code in {302, 422}
