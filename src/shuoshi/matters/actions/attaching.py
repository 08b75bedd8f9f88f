"""Keep the files that come with a step."""

from shuoshi.files.actions import keep
from shuoshi.matters.actions.change import Change


def attach_files(change: Change) -> None:
    """
    Keep the files that were given; the event names them by id.

    :raises FileRefused: if one cannot be taken.
    """
    kept = [
        keep(
            upload,
            about=change.matter.uid,
            mine_id=change.matter.mine_id,
            by=change.by.on_record,
            now=change.now,
        )
        for upload in change.given.get("files") or ()
    ]
    if kept:
        change.detail["files"] = [str(attachment.pk) for attachment in kept]
