import io
import random
from datetime import UTC, datetime

import pytest

from shuoshi.backup.rules.archive import (
    CHUNK,
    LENGTH,
    Writer,
    begin,
    read_header,
    reading,
    unlock,
)
from shuoshi.backup.rules.keys import new_key
from shuoshi.backup.rules.refusals import ArchiveBroken, RestoreRefused


PUBLIC, SECRET = new_key("b1")
NOW = datetime(2026, 9, 9, tzinfo=UTC)
NOISE = random.Random(1).randbytes(2 * CHUNK + 12345)


def written(plain, *, algorithm="aes"):
    file = io.BytesIO()
    writer = Writer(file, *begin(PUBLIC, algorithm, made_at=NOW))
    for start in range(0, len(plain), 77_777):
        writer.write(plain[start : start + 77_777])
    writer.close()
    return file.getvalue()


def opened(sealed, secret=SECRET):
    file = io.BytesIO(sealed)
    return reading(file, unlock(read_header(file), secret)).read()


SEALED = written(NOISE)


def chunks(sealed):
    """Take a backup apart: what stands in front, then each chunk with its length."""
    start = sealed.index(b"\n", sealed.index(b"\n") + 1) + 1
    front, parts = sealed[:start], []
    while start < len(sealed):
        end = start + LENGTH + int.from_bytes(sealed[start : start + LENGTH], "big")
        parts.append(sealed[start:end])
        start = end
    return front, parts


@pytest.mark.parametrize("algorithm", ["aes", "sm4"])
@pytest.mark.parametrize("plain", [b"", b"x", b"word " * 500_000, NOISE, NOISE[:CHUNK]])
def test_what_was_written_is_read(algorithm, plain):
    assert opened(written(plain, algorithm=algorithm)) == plain


def test_nothing_of_it_can_be_read_without_the_key():
    assert b"word" not in written(b"word " * 1000)


def test_squeezes_what_can_be_squeezed():
    assert len(written(b"word " * 500_000)) < 100_000


@pytest.mark.parametrize("seed", range(300))
def test_a_flipped_bit_anywhere_is_found(seed):
    chance = random.Random(seed)
    # Every other one near the beginning, where the header is.
    place = chance.randrange(400 if seed % 2 else len(SEALED))
    broken = bytearray(SEALED)
    broken[place] ^= 1 << chance.randrange(8)

    with pytest.raises(RestoreRefused):
        opened(bytes(broken))


def test_a_missing_end_is_found():
    front, parts = chunks(SEALED)

    for end in (1, 17, len(parts[-1]), len(parts[-1]) + 1):
        with pytest.raises(ArchiveBroken):
            opened(SEALED[:-end])
    with pytest.raises(ArchiveBroken):
        opened(front)


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (0, 2), (0, 0, 1, 2), (2,)])
def test_chunks_in_another_order_are_found(order):
    front, parts = chunks(SEALED)

    with pytest.raises(ArchiveBroken):
        opened(front + b"".join(parts[place] for place in order))


def test_a_chunk_of_another_backup_is_found():
    front, parts = chunks(SEALED)
    _other_front, others = chunks(written(NOISE))

    with pytest.raises(ArchiveBroken):
        opened(front + parts[0] + others[1] + parts[2])


def test_what_comes_behind_the_end_is_found():
    with pytest.raises(ArchiveBroken):
        opened(SEALED + b"\0")


def test_another_key_is_told_from_damage():
    with pytest.raises(RestoreRefused, match="b1") as refusal:
        opened(SEALED, new_key("b2")[1])

    assert not isinstance(refusal.value, ArchiveBroken)


@pytest.mark.parametrize(
    "junk", [b"", b"PK\3\4", b"SHUOSHI BACKUP 1\n", b"SHUOSHI BACKUP 1\n[]\n"]
)
def test_what_is_no_backup_is_refused(junk):
    with pytest.raises(ArchiveBroken):
        opened(junk)
