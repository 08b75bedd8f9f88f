import json

import pytest
from django.core.management import call_command

from shuoshi.matters.actions.erasing import erase_speaker
from shuoshi.matters.models import Matter, Speaker
from tests.keys.house import NEW, OLD, with_a_photo
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


def run(capsys, *words):
    try:
        call_command(*words)
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr().out.strip()


@pytest.fixture
def story(settings):
    settings.SHUOSHI_KEYS = OLD
    return with_a_photo(build_house())


def test_check_says_what_an_old_key_still_holds(story, settings, capsys):
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    code, told = run(capsys, "rotate_keys", "--check", "--json")

    assert code == 1
    assert json.loads(told) == {
        "current": "k2",
        "boxes": {"k2": 0, "k1": 3},
        "committees": 0,
        "needed": ["k1"],
        "may_leave": [],
        "lost": [],
    }
    assert run(capsys, "rotate_keys", "--check") == (
        1,
        "密钥 k1 还包着 3 把，不能撤下。",
    )


def test_after_rotation_the_old_key_may_leave(story, settings, capsys):
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    code, told = run(capsys, "rotate_keys", "--json")

    assert code == 0
    assert json.loads(told)["wrapped"] == 3
    assert json.loads(told)["may_leave"] == ["k1"]
    assert run(capsys, "rotate_keys") == (
        0,
        "重新包裹 0 把，打不开 0 把。\n密钥 k1 已经没有用处，可以撤下。",
    )
    settings.SHUOSHI_KEYS = NEW
    assert run(capsys, "rotate_keys", "--check") == (0, "全部由密钥 k2 包裹。")


def test_a_key_that_left_too_early_is_named(story, settings, capsys):
    settings.SHUOSHI_KEYS = NEW

    code, told = run(capsys, "rotate_keys")

    assert code == 1
    assert told.startswith("重新包裹 0 把，打不开 3 把。")
    assert "环里没有密钥 k1" in told
    assert Matter.objects.get().key.startswith("k1.")


def test_erasures_are_listed_and_applied_again(story, tmp_path, capsys):
    assert run(capsys, "erasures") == (0, "还没有清除过什么。")
    kept = Speaker.objects.values("key", "name", "contact").get()
    erase_speaker(story.matter, by="person:1", now=NOW, why="asked")
    _code, told = run(capsys, "erasures", "--json")
    (tmp_path / "list.json").write_text(told)
    Speaker.objects.update(**kept)

    code, said = run(capsys, "erasures", "--apply", str(tmp_path / "list.json"))

    assert (code, said) == (0, "再次清除 1 项。")
    assert Speaker.objects.get().key == ""


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"erasures": [{}]}', "\x00"])
def test_a_list_that_is_none_is_refused_in_plain_words(content, tmp_path, capsys):
    (tmp_path / "list.json").write_text(content)

    code, _said = run(capsys, "erasures", "--apply", str(tmp_path / "list.json"))

    assert code == 1
