"""The world of the matrix: built once, copied for each test."""

from contextlib import ExitStack

import pytest

from tests.trust.register import World, build


@pytest.fixture(scope="session")
def built(migrated, own_copy, django_db_blocker, tmp_path_factory):
    """The world, in an office home, behind closed connections."""
    patch = pytest.MonkeyPatch()
    with ExitStack() as stack:
        stack.callback(patch.undo)
        home = stack.enter_context(own_copy(migrated, "template", patch))
        stack.enter_context(django_db_blocker.unblock())
        world = build(home, tmp_path_factory.mktemp("ledgers"))
        card = home.path / "home.json"
        card.write_text(card.read_text().replace("true", "false"))
        from django.db import connections

        connections.close_all()
        yield world


@pytest.fixture
def world(built, own_copy, django_db_blocker, monkeypatch):
    """A copy of the world; the environment and Django point to it."""
    name = built.home.path.name.removeprefix("home")
    with own_copy(built.home, name, monkeypatch) as home, django_db_blocker.unblock():
        yield World(home, built.people, built.things, built.canaries)
