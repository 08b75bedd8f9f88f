"""The rules of the room: read by everybody, published by coordinators, in versions."""

import pytest

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.disclosure.actions.house_rules import RuleTextRefused, publish_rule
from shuoshi.disclosure.models import RuleText
from shuoshi.disclosure.queries.house_rules import rule_shown
from shuoshi.disclosure.rules.house_rules import Clause
from shuoshi.trail.models import Event
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
FIRST = [Clause("说了就给回执号。", "receipt"), Clause("待人和气。")]


@pytest.fixture
def house():
    return build_house()


def publish(house, clauses, *, seen=0, who="coordinator", rule="talk"):
    return publish_rule(rule, clauses, seen=seen, by=house.standing(who), now=NOW)


def test_a_sample_says_that_it_is_one_and_what_people_alone_do(client, house):
    page = client.get("/rules/talk/").content.decode()

    assert "样本，本单位还没有发布" in page
    assert "程序保证：" in page
    assert "靠人做到，程序管不了。" in page
    assert client.cookies == {}


def test_each_version_stays_to_be_read(client, house):
    publish(house, FIRST)
    publish(house, [Clause("换了一句。")], seen=1)

    assert "换了一句" in client.get("/rules/talk/").content.decode()
    before = client.get("/rules/talk/?version=1").content.decode()
    assert "待人和气" in before
    assert "换了一句" not in before
    assert Event.objects.filter(verb="note.disclosure.rule_published").count() == 2


@pytest.mark.parametrize(
    "path",
    ["/rules/nothing/", "/rules/talk/?version=9", "/rules/?mine=NOWHERE"],
)
def test_what_is_not_there_is_not_found(client, house, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("version", ["x", "²", "9" * 40, "-1", ""])
def test_an_odd_version_is_the_one_that_holds(client, house, version):
    assert client.get("/rules/talk/", {"version": version}).status_code == 200


def test_only_coordinators_publish(house):
    for who in ("receiver", "chief", "sysadmin", "handler"):
        with pytest.raises(NotPermitted):
            publish(house, FIRST, who=who)


def test_two_who_publish_at_once_do_not_overwrite_each_other(house):
    publish(house, FIRST)

    with pytest.raises(Outdated):
        publish(house, [Clause("另一句。")], seen=0)
    assert RuleText.objects.count() == 1


@pytest.mark.parametrize(
    ("clauses", "said"),
    [([], "写 1 到"), ([Clause("  ")], "写 1 到"), ([Clause("句。")] * 21, "写 1 到")],
)
def test_nothing_and_too_much_are_refused(house, clauses, said):
    with pytest.raises(RuleTextRefused, match=said):
        publish(house, clauses)


def test_the_same_again_is_no_version(house):
    publish(house, FIRST)

    with pytest.raises(RuleTextRefused, match="没有改动"):
        publish(house, FIRST, seen=1)


def test_what_does_not_enforce_anything_is_taken_for_people_alone(house):
    publish(house, [Clause("一句。", "made up")])

    assert rule_shown("talk", mine_id=house.mine.pk).by_people == 1


def test_the_page_publishes_and_keeps_what_was_typed(client, house):
    client.force_login(house.people["coordinator"])
    sent = {"seen": "0", "text_1": "一句话。", "by_1": "receipt", "text_2": "长" * 201}

    wrong = client.post("/desk/rules/talk/", sent)
    right = client.post("/desk/rules/talk/", sent | {"text_2": "短。"})

    assert wrong.status_code == 422
    assert "最多200个字" in wrong.content.decode()
    assert "一句话。" in wrong.content.decode()
    assert right.status_code == 302
    assert rule_shown("talk", mine_id=house.mine.pk).clauses == [
        Clause("一句话。", "receipt"),
        Clause("短。"),
    ]


def test_an_english_reader_publishes_the_chinese_sample(client, house):
    client.force_login(house.people["coordinator"])

    page = client.get("/desk/rules/talk/", headers={"accept-language": "en"})

    assert "说了就给回执号" in page.content.decode()
    public = client.get("/rules/talk/", headers={"accept-language": "en"})
    assert "gets a receipt" in public.content.decode()
