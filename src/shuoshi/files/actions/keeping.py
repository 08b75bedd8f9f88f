"""Take files in, take files down."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Outdated
from shuoshi.common.sealing import new_box
from shuoshi.files.models import Attachment
from shuoshi.files.queries import CONTENT, NAME, attachments_of
from shuoshi.files.queries.uploads import taken_in
from shuoshi.files.rules.kinds import (
    MOST_BYTES_TOGETHER,
    MOST_FILES,
    MOST_TOGETHER,
    FileRefused,
)
from shuoshi.files.rules.uploads import CleanFile
from shuoshi.keys.actions.erasing import erase


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
    clean = file if isinstance(file, CleanFile) else taken_in(file)
    _check_room(about, by=by, size=len(clean.content))
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
        held=clean.held,
        added_by=by,
        added_at=now,
    )
    # First the file, then the row: a file without a row is swept away some day, a
    # row without its file would be a promise that nobody can keep.
    default_storage.save(attachment.stored_as, ContentFile(sealed))
    attachment.save(force_insert=True)
    return attachment


def _check_room(about: UUID, *, by: str, size: int) -> None:
    there = attachments_of(about).aggregate(
        own=Count("pk", filter=Q(added_by=by)), all=Count("pk"), bytes=Sum("size")
    )
    if there["own"] >= MOST_FILES:
        raise FileRefused(
            _("最多传 %(most)d 个文件，请挑最要紧的。") % {"most": MOST_FILES}
        )
    if there["all"] >= MOST_TOGETHER:
        raise FileRefused(
            _("这件事已经有 %(most)d 个文件，不能再加。") % {"most": MOST_TOGETHER}
        )
    if (there["bytes"] or 0) + size > MOST_BYTES_TOGETHER:
        most = MOST_BYTES_TOGETHER // 1024 // 1024
        raise FileRefused(
            _("这件事的文件合起来超过 %(most)d MB，请压缩或挑要紧的传。")
            % {"most": most}
        )


@transaction.atomic
def remove(attachment: Attachment, *, by: str, now: datetime) -> Attachment:
    """
    Take a file down for good: its key is destroyed, its row stays.

    :raises Outdated: if somebody else did so already.
    """
    if not erase(Attachment._meta.label, attachment.pk, by=by, now=now, why="removed"):
        raise Outdated(_("这个文件已经有人撤下。"))
    attachment.refresh_from_db()
    return attachment


def take_away(attachment_id: UUID, *, by: str, now: datetime) -> None:
    """Mark a file whose key was destroyed as removed, and drop its bytes."""
    Attachment.objects.filter(pk=attachment_id, removed_at=None).update(
        removed_at=now, removed_by=by
    )
    stored = Attachment(id=attachment_id).stored_as
    transaction.on_commit(lambda: default_storage.delete(stored))
