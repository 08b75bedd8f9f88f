"""Tell that there is no room on the disk, or that it cannot be written, from other faults."""

import errno
import sqlite3
from typing import Final


# Full, exceeding what the account or the process may write, read only.
FILES: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
SQLITE: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
# disk_full, read_only_sql_transaction.
POSTGRESQL: Final = {"53100", "25006"}
PRIMARY: Final = 0xFF


def is_without_room(error: BaseException | None) -> bool:
    """Tell whether a fault, or one that it came from, is that nothing can be kept now."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _says_so(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FILES
    # Neither driver is asked for by name: what its fault carries is enough.
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & PRIMARY in SQLITE
    return getattr(error, "sqlstate", None) in POSTGRESQL
