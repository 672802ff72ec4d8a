"""Tables that only grow: the database itself refuses to change or delete their rows."""

from functools import partial
from typing import Any, Final

from django.db.migrations import RunPython

_SQLITE: Final = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL: Final = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


class AppendOnly(RunPython):
    """Migration that lets a table only grow.

    table  name of the table in the database
    """

    def __init__(self, table: str) -> None:
        super().__init__(partial(_protect, table), partial(_release, table))


def create_statements(table: str, vendor: str) -> list[str]:
    """Return the SQL that makes the table append-only on `sqlite` or `postgresql`."""
    if vendor == "postgresql":
        return [_FUNCTION, *(_POSTGRESQL.format(table=table, verb=verb) for verb in _verbs(vendor))]
    return [_SQLITE.format(table=table, verb=verb) for verb in _verbs(vendor)]


def drop_statements(table: str, vendor: str) -> list[str]:
    """Return the SQL that takes the protection away again."""
    place = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER {table}_no_{verb}{place}" for verb in _verbs(vendor)]


def _verbs(vendor: str) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")


def _protect(table: str, _apps: Any, schema_editor: Any) -> None:
    for statement in create_statements(table, schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def _release(table: str, _apps: Any, schema_editor: Any) -> None:
    for statement in drop_statements(table, schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)
