"""Take files in, take files down."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Outdated
from shuoshi.common.sealing import new_box
from shuoshi.files.models import Attachment
from shuoshi.files.queries import CONTENT, NAME, attachments_of
from shuoshi.files.rules.kinds import MOST_FILES, FileRefused
from shuoshi.files.rules.uploads import CleanFile, clean_file


def keep(
    file: "CleanFile | File[bytes]",
    *,
    about: UUID,
    mine_id: int,
    by: str,
    now: datetime,
) -> Attachment:
    """
    Seal a file and keep it with what it is about; one not yet cleaned is cleaned first.

    :raises FileRefused: if it is nothing we take, or there are too many.
    """
    if attachments_of(about).filter(added_by=by).count() >= MOST_FILES:
        raise FileRefused(
            _("最多传 %(most)d 个文件，请挑最要紧的。") % {"most": MOST_FILES}
        )
    clean = file if isinstance(file, CleanFile) else clean_file(file)
    attachment_id = uuid4()
    box = new_box(attachment_id)
    sealed = box.seal_bytes(clean.content, CONTENT)
    attachment = Attachment(
        id=attachment_id,
        mine_id=mine_id,
        about=about,
        kind=clean.kind,
        size=len(clean.content),
        sha256=hashlib.sha256(sealed).hexdigest(),
        box=box.wrapped,
        name_sealed=box.seal(clean.name, NAME),
        added_by=by,
        added_at=now,
    )
    # First the file, then the row: a file without a row is swept away some day, a
    # row without its file would be a promise that nobody can keep.
    default_storage.save(attachment.stored_as, ContentFile(sealed))
    attachment.save(force_insert=True)
    return attachment


@transaction.atomic
def remove(attachment: Attachment, *, by: str, now: datetime) -> Attachment:
    """
    Take a file down for good: its key is destroyed, its row stays.

    :raises Outdated: if somebody else did so already.
    """
    there = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    gone = {"removed_at": now, "removed_by": by, "box": "", "name_sealed": ""}
    if not there.update(**gone):
        raise Outdated(_("这个文件已经有人撤下。"))
    attachment.refresh_from_db()
    transaction.on_commit(lambda: default_storage.delete(attachment.stored_as))
    return attachment
