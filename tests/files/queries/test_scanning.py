import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.forms import CleanFilesField
from shuoshi.files.queries import scanning
from shuoshi.files.queries.scanning import ScannerAway, is_infected
from shuoshi.files.queries.uploads import taken_in
from shuoshi.files.rules.kinds import FileRefused
from tests.files import clamd, samples


LARGE = b"words " * 100_000


def upload(content, name="说明.txt"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def at(settings):
    def at(address, away="refuse"):
        settings.SHUOSHI_CLAMAV = address
        settings.SHUOSHI_CLAMAV_AWAY = away

    return at


def test_the_scanner_judges_over_tcp(at):
    with clamd.scanner() as address:
        at(address)

        assert is_infected(LARGE) is False
        assert is_infected(LARGE + clamd.VIRUS) is True


def test_the_scanner_judges_over_a_unix_socket(at, tmp_path):
    with clamd.scanner(unix=tmp_path / "clamd.sock") as address:
        at(address)

        assert is_infected(b"") is False
        assert is_infected(clamd.VIRUS) is True


@pytest.mark.parametrize(
    "behave",
    [
        clamd.saying(b"stream: what\0"),
        clamd.saying(b"INSTREAM size limit exceeded. ERROR\0"),
        clamd.saying(b"\xff\xfe" * 3000),
        clamd.saying(b""),
        clamd.hanging_up,
    ],
    ids=["nonsense", "too large", "endless", "nothing", "hangs up"],
)
def test_a_scanner_that_talks_nonsense_is_away(at, behave):
    with clamd.scanner(behave) as address:
        at(address)

        with pytest.raises(ScannerAway):
            is_infected(LARGE)


def test_a_slow_scanner_is_away(at, monkeypatch):
    monkeypatch.setattr(scanning, "PATIENCE", 0.2)

    with clamd.scanner(clamd.silent) as address:
        at(address)
        with pytest.raises(ScannerAway):
            is_infected(LARGE)


@pytest.mark.parametrize("address", ["tcp:127.0.0.1:1", "unix:/nowhere/clamd.sock"])
def test_nobody_there_is_away(at, address):
    at(address)

    with pytest.raises(ScannerAway):
        is_infected(b"a")


def test_an_infected_file_is_refused_beside_its_field(at):
    with clamd.scanner() as address:
        at(address)

        with pytest.raises(FileRefused, match=r"“说明\.txt”：查出病毒") as refusal:
            taken_in(upload(clamd.VIRUS))
        assert refusal.value.field == "files"


def test_a_virus_between_the_pixels_is_found_before_they_are_drawn_anew(at):
    with clamd.scanner() as address:
        at(address)

        with pytest.raises(FileRefused, match="查出病毒"):
            taken_in(upload(samples.picture() + clamd.VIRUS, "a.jpg"))


def test_a_clean_file_is_taken_whole(at):
    with clamd.scanner() as address:
        at(address)

        taken = taken_in(upload(b"plain words"))

    assert (taken.content, taken.held) == (b"plain words", False)


def test_while_the_scanner_is_away_files_are_refused_or_held_as_set(at):
    at("tcp:127.0.0.1:1")
    with pytest.raises(FileRefused, match="病毒检查暂时用不了"):
        taken_in(upload(b"plain words"))

    at("tcp:127.0.0.1:1", away="quarantine")
    assert taken_in(upload(b"plain words")).held is True


def test_without_a_scanner_nothing_is_asked():
    assert taken_in(upload(b"plain words")).held is False


def test_the_field_of_every_form_scans(at):
    with clamd.scanner() as address:
        at(address)
        field = CleanFilesField(required=False)

        with pytest.raises(Exception, match="查出病毒"):
            field.clean([upload(clamd.VIRUS)])
