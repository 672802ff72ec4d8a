"""What tests of the kernel stand on."""

import pytest


@pytest.fixture
def heap(home):
    """A connection inside a transaction, with an empty table `heap`: a column of each kind."""
    from django.db import connection
    from django.db.transaction import atomic

    with atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE heap (id bigint, said text, since date, holds boolean, fen bigint)")
        yield connection
