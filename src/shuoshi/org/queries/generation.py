"""Ask whether what is remembered of the organisation is still so."""

from django.db import connection


def generation() -> int:
    """
    Return the number under which the organisation may be remembered (one query).

    Every request asks, so the question is put as plainly as can be.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM org_generation WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
