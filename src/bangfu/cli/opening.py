"""Open the home: make what is missing, start Django, bring the tables up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import OperationalError

from bangfu.kernel.errors.settings import DatabaseUnreachable
from bangfu.kernel.home import Home


def open_home() -> Home:
    """Return the home, ready to work.

    A home that does not exist yet becomes a demonstration home with its people; an office home is
    made by `bangfu init --office`.
    """
    home = Home.current()
    if not home.exists:
        home = home.prepare(demo=True)
    start(home)
    return home


def start(home: Home) -> None:
    """Start Django on a prepared home and bring its tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        if home.demo:
            from bangfu.access.actions.ensure_demo_people import ensure_demo_people

            ensure_demo_people()


@contextmanager
def refused() -> Iterator[None]:
    """Turn a database that does not answer into an error that says what to do.

    Only the kind of failure is told: the driver's own words may quote a row or a password.
    """
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnreachable(reason=_kind(error)) from None


def _kind(error: OperationalError) -> str:
    known = ("locked", "full", "password", "refused", "does not exist", "timeout", "readonly", "I/O")
    return next((word for word in known if word in str(error)), "no connection")
