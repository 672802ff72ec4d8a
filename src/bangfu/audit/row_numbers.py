"""Row numbers taken before the rows are written, so that the event can commit to them."""

from django.db import connection, models


def next_number(model: type[models.Model]) -> int:
    """Return the next number of a table whose key the database counts; call it with the chain locked."""
    return next_numbers(model, 1)[0]


def next_numbers(model: type[models.Model], count: int) -> list[int]:
    """Return the next `count` numbers of the model's table, see `table_numbers`."""
    return table_numbers(model._meta.db_table, count, key=str(model._meta.pk.column))


def table_numbers(table: str, count: int, *, key: str = "id") -> list[int]:
    """Return the next `count` numbers of a table, rising; others get other numbers until we commit."""
    assert connection.in_atomic_block, "numbers are taken in the transaction that uses them"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sql, [table, key, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + 1 + count))
