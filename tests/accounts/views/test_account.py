"""Signing in and out, one's password, and how one wishes to read."""

import pytest

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.rules.throttles import DEVICE


PASSWORD = "a long sentence of mine"
NEW = "another sentence I keep"


@pytest.fixture(autouse=True)
def looks(settings):
    settings.ROOT_URLCONF = "tests.common.looks.urls"


@pytest.fixture
def person(db):
    return enter_person("liu", name="刘芳", password=PASSWORD)


def sign_in(client, **given):
    return client.post(
        "/accounts/sign-in/", {"username": "liu", "password": PASSWORD} | given
    )


def is_in(client):
    return "_auth_user_id" in client.session


def test_sign_in_goes_to_the_workbench(client, person):
    answer = sign_in(client)

    assert answer.status_code == 302
    assert answer.url == "/workbench/"
    assert is_in(client)


@pytest.mark.parametrize(
    ("wish", "url"),
    [
        ("/looks/sheet/?a=1", "/looks/sheet/?a=1"),
        ("https://elsewhere.example/", "/workbench/"),
        ("//elsewhere.example/", "/workbench/"),
        ("javascript:alert(1)", "/workbench/"),
    ],
)
def test_sign_in_goes_on_only_inside_the_house(client, person, wish, url):
    assert sign_in(client, next=wish).url == url


@pytest.mark.parametrize(
    "given",
    [
        {"password": "wrong"},
        {"username": "nobody"},
        {"username": "x\x00", "password": "é"},
    ],
)
def test_sign_in_refuses_beside_the_field(client, person, given):
    answer = sign_in(client, **given)

    assert answer.status_code == 422
    assert not is_in(client)
    assert 'class="error"' in answer.text


def test_sign_in_says_the_same_for_unknown_and_wrong(client, person):
    texts = [
        sign_in(client, **given).context["form"].errors
        for given in ({"password": "wrong"}, {"username": "nobody"})
    ]

    assert texts[0] == texts[1]


def test_sign_in_refuses_who_has_left(client, person):
    person.is_active = False
    person.save()

    assert sign_in(client).status_code == 422


def test_sign_in_is_skipped_by_who_is_in(client, person):
    client.force_login(person)

    assert client.get("/accounts/sign-in/").url == "/workbench/"


def test_sign_out_needs_a_post(client, person):
    client.force_login(person)

    assert client.get("/accounts/sign-out/").status_code == 405
    assert client.post("/accounts/sign-out/").url == "/accounts/sign-in/"
    assert not is_in(client)


def change(client, **given):
    form = {"old": PASSWORD, "new": NEW, "again": NEW} | given
    return client.post("/accounts/password/", form)


def test_password_changes_and_others_are_signed_out(client, person, django_user_model):
    elsewhere = type(client)()
    elsewhere.force_login(person)
    client.force_login(person)

    assert change(client).status_code == 302

    assert django_user_model.objects.get().check_password(NEW)
    assert client.get("/accounts/password/").status_code == 200
    assert elsewhere.get("/accounts/password/").status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"old": "wrong"}, "old"),
        ({"again": "different one"}, "again"),
        ({"new": "short", "again": "short"}, "new"),
        ({"new": "", "again": ""}, "new"),
    ],
)
def test_password_refuses_beside_the_field(
    client, person, django_user_model, given, field
):
    client.force_login(person)

    answer = change(client, **given)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert django_user_model.objects.get().check_password(PASSWORD)


def test_password_swaps_only_the_form_for_htmx(client, person):
    client.force_login(person)

    answer = client.post("/accounts/password/", {}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.text.strip().startswith("<form")
    assert "修改密码" in answer.text


def test_password_sends_a_stranger_to_sign_in(client, db):
    assert client.get("/accounts/password/").url.startswith("/accounts/sign-in/?next=")


@pytest.mark.parametrize(
    ("wish", "kept"), [("large", "large"), ("x", "usual"), ("", "usual")]
)
def test_type_is_kept_on_the_device(client, wish, kept):
    answer = client.post("/accounts/type/", {"type": wish, "next": "/looks/phone/"})

    assert answer.url == "/looks/phone/"
    assert client.cookies["shuoshi_type"].value == kept


@pytest.mark.parametrize(
    ("wish", "kept"),
    [("en", "en"), ("zh-hans", "zh-hans"), ("xx", "zh-hans"), ("", "zh-hans")],
)
def test_language_is_kept_on_the_device(client, wish, kept):
    answer = client.post(
        "/accounts/language/", {"language": wish, "next": "//evil.example"}
    )

    assert answer.url == "/"
    assert client.cookies["django_language"].value == kept


def test_the_present_password_cannot_be_guessed_at_will(client, person):
    sign_in(client)
    new = "another sentence I keep"
    for _time in range(DEVICE.most + 1):
        refused = client.post(
            "/accounts/password/", {"old": "guess", "new": new, "again": new}
        )

    assert refused.status_code == 422
    assert "试得太频繁" in refused.content.decode()
    # Even the right one waits now.
    right = {"old": PASSWORD, "new": new, "again": new}
    assert client.post("/accounts/password/", right).status_code == 422


@pytest.mark.parametrize("wish", ["１２３４－５６７８", "REPORT", "accounts:sign_out"])
def test_a_wish_that_is_no_address_is_passed_over(client, person, wish):
    answer = sign_in(client, next=wish)

    assert (answer.status_code, answer.url) == (302, "/workbench/")
    assert client.get("/accounts/sign-in/", {"next": wish}).status_code == 302
