"""The migration that lets a table only grow, forwards and backwards."""

import pytest
from django.db import DatabaseError, connection, transaction

from bangfu.audit.append_only import AppendOnly

pytestmark = pytest.mark.store


@pytest.fixture
def table(home):
    """A table with one row."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE growing (id integer PRIMARY KEY, name text)")
        cursor.execute("INSERT INTO growing VALUES (1, 'a')")
    return "growing"


def write(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


class State:
    """Stands for the project's state, of which these triggers are no part."""

    apps = None

    def clear_delayed_apps_cache(self):
        pass


def test_a_table_that_only_grows_takes_rows_and_keeps_them(table):
    operation = AppendOnly(table)
    with connection.schema_editor() as editor:
        operation.database_forwards("audit", editor, State(), State())
    write("INSERT INTO growing VALUES (2, 'b')")
    emptying = ["TRUNCATE growing"] if connection.vendor == "postgresql" else []
    for statement in ("UPDATE growing SET name = 'x'", "DELETE FROM growing", *emptying):
        with pytest.raises(DatabaseError, match="append-only"):
            write(statement)


def test_taking_the_migration_back_takes_the_protection_away(table):
    operation = AppendOnly(table)
    for direction in ("forwards", "backwards"):
        with connection.schema_editor() as editor:
            getattr(operation, f"database_{direction}")("audit", editor, State(), State())
    write("DELETE FROM growing")
