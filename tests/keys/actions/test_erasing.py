import pytest

from shuoshi.common.sealing import SealErased, open_box
from shuoshi.files.models import Attachment
from shuoshi.keys.actions.erasing import erase, reapply_erasures
from shuoshi.keys.queries.erasures import erasures
from shuoshi.keys.rules.erasures import Erasure
from shuoshi.matters.actions.erasing import ErasingRefused, erase_matter, erase_speaker
from shuoshi.matters.models import Claim, Matter, Speaker
from shuoshi.matters.queries.heads import all_heads, any_head_of
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.trail.models import Event
from shuoshi.trail.queries import verify_chains
from tests.keys.house import with_a_photo
from tests.matters.evidence import tables_with
from tests.matters.house import NOW, TEXT, build_house


pytestmark = pytest.mark.django_db
HOW = {"by": "person:1", "now": NOW, "why": "retention"}


@pytest.fixture
def house():
    return build_house()


def again(matter):
    return Matter.objects.get(pk=matter.pk)


def is_whole():
    verdict = verify_chains(all_heads(), again=any_head_of)
    return verdict.first_bad is None


def test_an_erased_speaker_is_gone_and_the_matter_goes_on(house):
    story = with_a_photo(house)

    assert erase_speaker(story.matter, **HOW)

    shown = speaker_of_sheet(again(story.matter))
    assert (shown.name, shown.contact) == ("这段内容已按规定清除。", "")
    row = Speaker.objects.get()
    assert (row.key, row.name, row.contact) == ("", "", "")
    story.handling()
    assert not erase_speaker(again(story.matter), **HOW)


def test_nobody_is_erased_of_an_anonymous_matter(house):
    story = with_a_photo(house, identity="ANONYMOUS", name="", contact="")

    assert not erase_speaker(story.matter, **HOW)


def test_an_open_matter_is_not_erased(house):
    story = with_a_photo(house)

    with pytest.raises(ErasingRefused):
        erase_matter(story.matter, **HOW)

    assert again(story.matter).text == TEXT
    assert Speaker.objects.get().key


def test_an_erased_matter_leaves_its_events_and_no_word(house):
    story = with_a_photo(house).closed()
    events = list(Event.objects.filter(about=story.matter.uid).values())

    assert erase_matter(again(story.matter), **HOW)

    matter = again(story.matter)
    assert (matter.key, matter.title, matter.text) == ("", "", "")
    assert set(Claim.objects.values_list("text", "facts", "comment")) == {("", "", "")}
    assert tables_with("食堂晚班") == []
    assert tables_with("张三丰") == []
    file = Attachment.objects.get()
    assert (file.box, file.name_sealed, file.removed_by) == ("", "", "person:1")
    with pytest.raises(SealErased):
        open_box(matter.uid, matter.key)
    assert list(Event.objects.filter(about=matter.uid).values()) == events
    assert is_whole()


def test_an_erasing_is_on_record_without_a_word(house):
    story = with_a_photo(house)
    erase_speaker(story.matter, **HOW)

    event = Event.objects.get(verb="note.keys.erased")

    assert event.by == "person:1"
    assert event.detail == {
        "box": "matters.Speaker",
        "row": str(Speaker.objects.get().pk),
        "owner": f"speaker:{story.matter.uid}",
        "why": "retention",
    }


def test_what_a_backup_brings_back_is_erased_again(house):
    story = with_a_photo(house)
    kept = Speaker.objects.values("key", "name", "contact").get()
    erase_speaker(story.matter, **HOW)
    told = [one.as_dict() for one in erasures()]
    Speaker.objects.update(**kept)

    done = reapply_erasures(
        [Erasure.from_dict(one) for one in told], by="console", now=NOW
    )

    assert done == 1
    assert Speaker.objects.get().key == ""
    assert reapply_erasures(by="console", now=NOW) == 0


def test_without_a_list_the_own_record_is_asked(house):
    story = with_a_photo(house)
    kept = Speaker.objects.values("key", "name", "contact").get()
    erase_speaker(story.matter, **HOW)
    Speaker.objects.update(**kept)

    assert reapply_erasures(by="console", now=NOW) == 1


@pytest.mark.parametrize(
    "foreign",
    [
        {"owner": "speaker:somebody else"},
        {"row": "999999"},
        {"row": "no number"},
        {"box": "matters.Nothing"},
    ],
)
def test_a_list_of_another_house_erases_nothing_here(house, foreign):
    with_a_photo(house)
    speaker = Speaker.objects.get()
    own = Erasure("matters.Speaker", str(speaker.pk), f"speaker:{speaker.matter.uid}")

    told = [Erasure.from_dict(own.as_dict() | foreign)]

    assert reapply_erasures(told, by="console", now=NOW) == 0
    assert Speaker.objects.get().key


def test_boxes_that_nobody_declared_cannot_be_erased():
    with pytest.raises(KeyError):
        erase("matters.Nothing", 1, **HOW)
