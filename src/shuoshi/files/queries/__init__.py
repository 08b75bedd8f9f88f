"""Find attachments and open what is sealed in them. Who may is asked elsewhere."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Missing, Refused
from shuoshi.common.sealing import open_box
from shuoshi.files.models import Attachment


CONTENT, NAME = "files.content", "files.name"


class FileHeld(Refused):
    """The file waits for the virus scanner."""


def attachments_of(about: UUID) -> QuerySet[Attachment]:
    """Return the files of a thing in the order they came."""
    return Attachment.objects.filter(about=about, removed_at=None).order_by(
        "added_at", "id"
    )


def read(attachment: Attachment) -> bytes:
    """
    Return the content of a file.

    :raises Missing: if it was removed or is not in the store.
    :raises FileHeld: if no scanner has judged it yet.
    :raises SealBroken: if it was changed there.
    """
    if attachment.removed_at:
        raise Missing(_("这个文件已经撤下。"))
    if attachment.held:
        raise FileHeld(_("这个文件还没有查完毒，请过一会儿再来取。"))
    return _content_of(attachment)


def _content_of(attachment: Attachment) -> bytes:
    try:
        with default_storage.open(attachment.stored_as) as stored:
            sealed = stored.read()
    except FileNotFoundError:
        raise Missing(_("这个文件不在了，请告诉管理员。")) from None
    return open_box(attachment.id, attachment.box).open_bytes(sealed, CONTENT)


def read_held(attachment: Attachment) -> bytes:
    """
    Return the content for the scanner alone.

    :raises Missing: if it is not in the store.
    :raises SealBroken: if it was changed there.
    """
    return _content_of(attachment)


def name_of(attachment: Attachment) -> str:
    """
    Return the name under which a person handed the file in.

    :raises SealErased: if the file was removed.
    """
    return open_box(attachment.id, attachment.box).open(attachment.name_sealed, NAME)
