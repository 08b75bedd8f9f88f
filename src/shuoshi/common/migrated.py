"""Is the database of the version of this house?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_migrated() -> bool:
    """
    Tell whether every migration was applied (two queries).

    :raises django.db.DatabaseError: where the database cannot be read at all.
    """
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
