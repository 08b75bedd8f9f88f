import io
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.uploads import SealedSpool, SealedUploadHandler


moves = st.lists(st.tuples(st.integers(0, 300), st.binary(max_size=100)), max_size=8)


@given(moves=moves)
def test_a_spool_reads_like_a_plain_file(moves):
    spool, plain = SealedSpool(), io.BytesIO()
    for at, content in moves:
        at = min(at, len(plain.getvalue()))
        for file in (spool, plain):
            file.seek(at)
            file.write(content)

    spool.seek(0)

    assert spool.read() == plain.getvalue()
    assert spool.seek(0, io.SEEK_END) == len(plain.getvalue())
    spool.close()


def test_what_lies_on_disk_is_noise():
    spool = SealedSpool()

    spool.write(b"secret" * 1000)

    spool._disk.seek(0)
    assert b"secret" not in spool._disk.read()
    spool.seek(3)
    assert spool.read(6) == b"retsec"
    spool.close()


def test_a_spool_has_no_name(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = SealedSpool()

    spool.write(b"secret" * 100_000)

    assert list(tmp_path.iterdir()) == []
    spool.close()


def test_an_upload_that_breaks_off_is_closed():
    handler = SealedUploadHandler()
    handler.upload_interrupted()
    handler.new_file("photos", "a.jpg", "image/jpeg", None)
    handler.receive_data_chunk(b"half", 0)

    handler.upload_interrupted()

    assert handler.spool.closed
    with pytest.raises(ValueError, match="closed"):
        handler.spool.read()
