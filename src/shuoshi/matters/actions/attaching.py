"""Keep the files that come with a step."""

from shuoshi.files.actions import keep
from shuoshi.matters.actions.change import Change


def attach_files(change: Change) -> None:
    """
    Check and keep the files that were given; the event names what was kept.

    :raises FileRefused: in plain words, if one of them cannot be kept.
    """
    files = change.given.get("files") or ()
    kept = [
        keep(
            upload,
            about=change.matter.uid,
            mine_id=change.matter.mine_id,
            by=change.by.on_record,
            now=change.now,
        )
        for upload in files
    ]
    if kept:
        change.detail["files"] = [str(attachment.uid) for attachment in kept]
