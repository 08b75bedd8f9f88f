"""
The sealed file of a backup: a header to read, then chunks that only open in their order.

Every chunk is sealed under a key of this file alone, with its place as its nonce and the
header as what it is bound to; the last one says that it is the last. So a changed byte,
a missing end, chunks in another order or from another backup are all found.
"""

import base64
import binascii
import hashlib
import io
import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _

from shuoshi.backup.rules.keys import PublicKey, SecretKey
from shuoshi.backup.rules.refusals import ArchiveBroken, RestoreRefused
from shuoshi.common.sealing import ALGORITHMS, Algorithm


MAGIC: Final = b"SHUOSHI BACKUP 1\n"
CHUNK: Final = 1024 * 1024
LONGEST_HEADER: Final = 4096
# The chunk's mark, its length, the tag.
OVERHEAD: Final = 64
PLACE: Final = 11
LENGTH: Final = 4
MORE, LAST = b"\x00", b"\x01"
PLAIN, DEFLATED = b"\x00", b"\x01"


@dataclass(frozen=True)
class Header:
    """What stands in front, for everybody to read: no word about people."""

    made_at: str
    algorithm: str
    key: str
    recipient: str
    once: str

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode() + b"\n"


class Cipher:
    """Seals and opens the chunks of one backup."""

    def __init__(self, algorithm: Algorithm, key: bytes, header: Header) -> None:
        """Bind every chunk to the header."""
        self.algorithm, self.key = algorithm, key
        self.bound = hashlib.sha256(MAGIC + header.as_bytes()).digest()

    def seal(self, place: int, end: bytes, plain: bytes) -> bytes:
        nonce = place.to_bytes(PLACE, "big") + end
        return self.algorithm.seal(self.key, nonce, plain, self.bound)

    def open(self, place: int, sealed: bytes) -> tuple[bytes, bool]:
        """
        Return a chunk and whether it is the last.

        :raises ArchiveBroken: if it is not the chunk that belongs here.
        """
        for end in (MORE, LAST):
            nonce = place.to_bytes(PLACE, "big") + end
            try:
                plain = self.algorithm.open(self.key, nonce, sealed, self.bound)
            except (InvalidTag, ValueError):
                continue
            return plain, end == LAST
        raise _broken()


def _broken() -> ArchiveBroken:
    return ArchiveBroken(
        _("这个备份文件不完整，或者被改动过，不能用来恢复；什么都没有动。")
    )


def begin(
    public: PublicKey, algorithm: str, *, made_at: datetime
) -> tuple[Header, Cipher]:
    """Draw the key of a new backup."""
    way = ALGORITHMS[algorithm]
    key, once = public.agree(way.size)
    header = Header(
        made_at=made_at.isoformat(),
        algorithm=algorithm,
        key=public.id,
        recipient=base64.b64encode(public.raw).decode(),
        once=base64.b64encode(once).decode(),
    )
    return header, Cipher(way, key, header)


def read_header(file: BinaryIO) -> Header:
    """
    Read what stands in front.

    :raises ArchiveBroken: if this is no backup.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise ArchiveBroken(_("这不是说事的备份文件。"))
    line = file.readline(LONGEST_HEADER)
    try:
        header = Header(**json.loads(line))
    except (TypeError, ValueError):
        raise _broken() from None
    if header.as_bytes() != line or header.algorithm not in ALGORITHMS:
        raise _broken()
    return header


def unlock(header: Header, secret: SecretKey) -> Cipher:
    """
    Return what opens the chunks.

    :raises RestoreRefused: if the backup was written for another key.
    """
    if base64.b64encode(secret.public).decode() != header.recipient:
        raise RestoreRefused(
            _("这把私钥打不开这个备份：它是用编号“%(key)s”的备份密钥写的。")
            % {"key": header.key}
        )
    way = ALGORITHMS[header.algorithm]
    try:
        key = secret.find(base64.b64decode(header.once, validate=True), way.size)
    except (binascii.Error, ValueError):
        raise _broken() from None
    return Cipher(way, key, header)


class Writer:
    """Takes bytes and writes sealed chunks."""

    def __init__(self, file: BinaryIO, header: Header, cipher: Cipher) -> None:
        """Write the header."""
        self.file, self.cipher = file, cipher
        self.place = 0
        self.waiting = bytearray()
        file.write(MAGIC + header.as_bytes())

    def write(self, plain: bytes) -> None:
        """Take some bytes; full chunks are sealed and written at once."""
        self.waiting += plain
        while len(self.waiting) > CHUNK:
            self._put(bytes(self.waiting[:CHUNK]), MORE)
            del self.waiting[:CHUNK]

    def close(self) -> None:
        """Write what waits as the last chunk."""
        self._put(bytes(self.waiting), LAST)
        self.waiting.clear()

    def _put(self, plain: bytes, end: bytes) -> None:
        packed = zlib.compress(plain, 1)
        # Files are sealed already: there is nothing to squeeze out of them.
        kind, body = (DEFLATED, packed) if len(packed) < len(plain) else (PLAIN, plain)
        sealed = self.cipher.seal(self.place, end, kind + body)
        self.file.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
        self.place += 1


class Reader(io.RawIOBase):
    """Gives the bytes back, a chunk at a time; wrap it in a buffered reader."""

    def __init__(self, file: BinaryIO, cipher: Cipher) -> None:
        """Stand behind the header."""
        self.file, self.cipher = file, cipher
        self.place, self.ended = 0, False
        self.waiting = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """
        Give the next bytes.

        :raises ArchiveBroken: where the file is not as it was written.
        """
        while not self.waiting and not self.ended:
            self.waiting = memoryview(self._next())
        size = min(len(buffer), len(self.waiting))
        buffer[:size] = self.waiting[:size]
        self.waiting = self.waiting[size:]
        return size

    def _next(self) -> bytes:
        length = int.from_bytes(self._exactly(LENGTH), "big")
        if length > CHUNK + OVERHEAD:
            raise _broken()
        opened, self.ended = self.cipher.open(self.place, self._exactly(length))
        self.place += 1
        if self.ended and self.file.read(1):
            raise _broken()
        return _UNPACK[opened[:1]](opened[1:])

    def _exactly(self, size: int) -> bytes:
        found = self.file.read(size)
        if len(found) < size:
            raise _broken()
        return found


_UNPACK: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    PLAIN: lambda body: body,
    DEFLATED: zlib.decompress,
}


def reading(file: BinaryIO, cipher: Cipher) -> io.BufferedReader:
    """Return what reads the content of a backup, line by line or so many bytes."""
    return io.BufferedReader(Reader(file, cipher), CHUNK)
