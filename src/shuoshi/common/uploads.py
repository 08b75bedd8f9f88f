"""
Keep what is being uploaded out of reach: on disk only under a key that lives in memory.

Small files stay in memory. A larger one is written, encrypted, to a file without a name;
its key is forgotten with the request, so that not even the freed blocks say anything.
"""

import io
import secrets
import tempfile
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


if TYPE_CHECKING:
    from typing import IO

BLOCK: Final = 16


class SealedSpool(io.RawIOBase):
    """A file without a name whose bytes on disk are noise: AES in counter mode."""

    def __init__(self) -> None:
        """Draw a key that nobody else ever knows."""
        self._key = secrets.token_bytes(32)
        self._disk: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._at = 0
        self._size = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def write(self, content: Any) -> int:
        plain = bytes(content)
        self._disk.seek(self._at)
        self._disk.write(self._turned(plain))
        self._at += len(plain)
        self._size = max(self._size, self._at)
        return len(plain)

    def readinto(self, buffer: Any) -> int:
        self._disk.seek(self._at)
        plain = self._turned(self._disk.read(len(buffer)))
        buffer[: len(plain)] = plain
        self._at += len(plain)
        return len(plain)

    def close(self) -> None:
        self._key = b""
        self._disk.close()
        super().close()

    def _turned(self, content: bytes) -> bytes:
        """Encrypt or decrypt what begins where we are: the same thing in this mode."""
        block, ahead = divmod(self._at, BLOCK)
        # The key is used for this file alone, so the counter may begin at nought.
        work = Cipher(AES(self._key), CTR(block.to_bytes(BLOCK, "big"))).encryptor()
        return work.update(bytes(ahead) + content)[ahead:]


class SealedUploadHandler(FileUploadHandler):
    """Takes what is too large for memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a spool."""
        super().new_file(*args, **kwargs)
        self.spool = SealedSpool()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take the next bytes."""
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """Give the file, read from its beginning."""
        self.spool.seek(0)
        return UploadedFile(
            file=self.spool,  # type: ignore[arg-type]
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Forget what came so far."""
        if hasattr(self, "spool"):
            self.spool.close()
