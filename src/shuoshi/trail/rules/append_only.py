"""The statements with which the database itself refuses to change a table."""

from typing import Final


MESSAGE: Final = "the record is only added to"


def refuse_changes(vendor: str, table: str, *same: str) -> list[str]:
    """
    Return the statements that make a table append-only, for a migration to run.

    Each of `same` is a condition under which a NEW row would take the place of an
    old one: SQLite replaces rows without asking a trigger. A migration that alters
    the table on SQLite makes it anew and must run these again.
    """
    if vendor == "sqlite":
        return _sqlite_triggers(table, " OR ".join(["id = NEW.id", *same]))
    return [
        f"""
        CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()
        """,
    ]


def allow_changes(vendor: str, table: str) -> list[str]:
    """Return the statements that undo it, for a migration that goes back."""
    if vendor == "sqlite":
        names = ("update", "delete", "replace")
        return [f"DROP TRIGGER {table}_no_{name}" for name in names]
    return [f"DROP TRIGGER {table}_append_only ON {table}"]


def _sqlite_triggers(table: str, taken: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    # Table and condition come from a migration, never from outside.
    replaces = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {replaces} {refuse}",
    ]
