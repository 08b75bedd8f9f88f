from shuoshi.notices.rules.kinds import KINDS, Group, group_of
from shuoshi.notices.rules.words import news_for_people, news_for_speaker


HOUSE = "https://shuoshi.example"


def test_people_are_told_how_much_waits_and_never_what():
    told = news_for_people(["MATTER", "MATTER", "DEADLINE", "DUTY"], house=HOUSE)

    assert told == (
        "【说事】您有2条新情况，有1条时限提醒，有1条值班、接待消息，请登录查看。"
        "https://shuoshi.example/desk/"
    )


def test_a_speaker_is_told_neither_number_nor_word():
    assert news_for_speaker(house=HOUSE) == (
        "【说事】您说的事有了新情况，请凭回执查看。https://shuoshi.example/progress/"
    )
    assert news_for_speaker(house="").endswith("查看。")


def test_every_kind_belongs_to_one_group():
    assert group_of("answer") == Group.MATTER
    assert group_of("climb") == Group.DEADLINE
    assert {group_of(kind) for kind in KINDS} == {Group.DUTY}
