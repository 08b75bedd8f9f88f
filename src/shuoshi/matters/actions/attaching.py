"""Keep the files that come with a step."""

from shuoshi.matters.actions.change import Change


def attach_files(change: Change) -> None:
    """Keep the files that were given."""
    if change.given.get("files"):
        raise LookupError("the store of files is not built yet")
