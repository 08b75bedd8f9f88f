import pytest

from shuoshi.files.rules.cleaning import cleaned
from shuoshi.files.rules.kinds import FileRefused
from tests.files import samples
from tests.files.samples import office, zipped


ARCHIVE = zipped([("run.js", "alert(1)")])


@pytest.mark.parametrize(
    "content",
    [
        samples.PDF + ARCHIVE,
        samples.MP3 + ARCHIVE,
        samples.WAV + ARCHIVE,
        samples.MP3 + samples.PDF,
        office(more=[("a", samples.PDF)]).replace(b"PK\3\4", b"PK\3\4%PDF-", 1),
    ],
)
def test_what_is_two_things_is_refused(content):
    with pytest.raises(FileRefused, match="藏着另一种文件"):
        cleaned(content)


def test_a_picture_keeps_nothing_behind_its_pixels():
    _kind, kept = cleaned(samples.picture("JPEG") + ARCHIVE + samples.PDF)

    assert b"PK\3\4" not in kept
    assert b"%PDF" not in kept
