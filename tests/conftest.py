"""What every test may ask for: a fresh home with its own database, people who act, a small county.

Tests that store are marked `store`. They run on SQLite, or on PostgreSQL when BANGFU_DATABASE_URL names
a server on which databases may be created. Each gets a copy of a migrated database for itself, so that
commits, threads, raw SQL and other processes are the real thing.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from itertools import count, product
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import django
import hypothesis
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.published_folder import FIGURES

SERVER = os.environ.get("BANGFU_DATABASE_URL")
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
"""One name for all processes of a test run: what takes long to build is built by one of them for all."""
_SHARED = Path(tempfile.gettempdir()) / f"bangfu-tests-{_RUN}"
_SCRATCH = _SHARED / str(os.getpid())
_SCRATCH.mkdir(parents=True)
os.environ["BANGFU_HOME"] = str(_SCRATCH / "template")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
_NUMBERS = count(1)
_BROWSER = {"chromium", "served"}
collect_ignore_glob = [] if FIGURES.is_file() else ["**/test_published_figures.py", "**/test_real_counties.py"]

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

django.setup()

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402 - needs the settings

Argon2PasswordHasher.memory_cost = 1024  # the same function, made cheap: tests sign in hundreds of times


def pytest_terminal_summary(terminalreporter):
    if collect_ignore_glob:
        terminalreporter.write_line(f"Published figures and lists were not compared: there is no {FIGURES}.")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL no browser is opened: what it sees does not depend on the database."""
    browsing = [item for item in items if SERVER and _BROWSER & set(getattr(item, "fixturenames", ()))]
    if browsing:
        config.hook.pytest_deselected(items=browsing)
        items[:] = [item for item in items if item not in browsing]


def pytest_unconfigure(config):
    """The process that the others work for is the last to leave, and takes away what they shared."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    others = config.pluginmanager.getplugin("dsession")
    run = others.nodemanager.testrunuid[:12] if others else _RUN
    shutil.rmtree(_SHARED.with_name(f"bangfu-tests-{run}"), ignore_errors=True)
    shutil.rmtree(_SHARED, ignore_errors=True)
    if SERVER:
        _on_server(f"DROP DATABASE IF EXISTS bangfu_test_{run}_hamlet WITH (FORCE)")


@contextmanager
def built_once(name):
    """Let one process of the test run do what the block does, and the others wait; tell whether it is to be done."""
    done = _SHARED / f"{name}.done"
    with (_SHARED / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def migrated(django_db_blocker):
    """A prepared home whose database has every table; copied for each test."""
    from django.core.management import call_command
    from django.db import connection

    from bangfu.kernel.home import Home

    home = Home.current().prepare(demo=True)
    if SERVER:
        _on_server(f"CREATE DATABASE {_database('template')}")
        home = Home(path=home.path, database_url=_url(_database("template")))
    with django_db_blocker.unblock():
        _point_django_at(home)
        call_command("migrate", verbosity=0)
        connection.close()
    if not SERVER:
        _hold_lengths(home)
    yield home
    if SERVER:
        _on_server(f"DROP DATABASE {_database('template')} WITH (FORCE)")


def _hold_lengths(home):
    """Let SQLite refuse a text that is longer than its column, as PostgreSQL does."""
    from django.apps import apps
    from django.db.models import CharField

    with closing(sqlite3.connect(home.database_file)) as database:
        for model in apps.get_models():
            table = model._meta.db_table
            texts = [one for one in model._meta.concrete_fields if isinstance(one, CharField) and one.max_length]
            for text, verb in product(texts, ("INSERT", "UPDATE")):
                database.execute(
                    f"CREATE TRIGGER length_{verb}_{table}_{text.column} BEFORE {verb} ON {table} "
                    f"WHEN LENGTH(NEW.{text.column}) > {text.max_length} "
                    f"BEGIN SELECT RAISE(ABORT, 'too long for {table}.{text.column}'); END"
                )


@pytest.fixture
def home(migrated, django_db_blocker, monkeypatch):
    """A fresh demonstration home with an empty register; the environment and Django point to it."""
    with _own_copy(migrated, "template", monkeypatch) as fresh, django_db_blocker.unblock():
        yield fresh


@pytest.fixture(scope="session")
def demonstration(migrated):
    """A home in which `bangfu demo --size hamlet` was run: a fictional place, imported and identified."""
    path, url = _SHARED / "hamlet", None
    settings = {**os.environ, "BANGFU_HOME": str(path)}
    if SERVER:
        url = settings["BANGFU_DATABASE_URL"] = _url(_database("hamlet"))
    with built_once("hamlet") as needed:
        if needed:
            if SERVER:
                _on_server(f"CREATE DATABASE {_database('hamlet')}")
            command = [sys.executable, "-m", "bangfu.cli.main", "demo", "--size", "hamlet", "--json"]
            done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
            if not SERVER:
                _hold_lengths(type(migrated)(path=path))
    return type(migrated)(path=path, database_url=url)


@pytest.fixture
def hamlet(demonstration, django_db_blocker, monkeypatch):
    """A copy of the demonstration home; the environment and Django point to it."""
    with _own_copy(demonstration, "hamlet", monkeypatch) as copy, django_db_blocker.unblock():
        yield copy


@pytest.fixture(scope="session")
def own_copy():
    """The function that gives a copy of a home and its database, for folders with a template of their own."""
    return _own_copy


@pytest.fixture
def client_of(hamlet):
    """Return a function that gives a client of the pages who acts as a person of the demonstration."""
    from django.test import Client

    def client(name):
        found = Client(headers={"host": "localhost"}, raise_request_exception=False)
        assert found.post("/act-as/", {"person": name}).status_code == 302
        return found

    return client


@pytest.fixture
def people(home):
    """The people of a demonstration home, by role: clerk, approver, analyst, inspector, auditor, security."""
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people

    return SimpleNamespace(**ensure_demo_people())


@pytest.fixture
def clerk(people):
    """A county clerk who may stage imports everywhere."""
    return people.clerk


@pytest.fixture
def approver(people):
    """Another person, who may approve everywhere."""
    return people.approver


@pytest.fixture
def places(clerk):
    """A small fictional county: two towns with two villages each, in region 99. Numbers by name."""
    from bangfu.places.actions.load_places import load_places

    tree = SimpleNamespace(
        province=990000000000,
        city=990100000000,
        county=990101000000,
        town=990101100000,
        village=990101100201,
        sibling=990101100202,
        other_town=990101101000,
        other_village=990101101201,
        far_village=990101101202,
        other_county=990102000000,
    )
    rows = [
        ("990000000000", "云岭省", "province", ""),
        ("990100000000", "青石市", "city", "990000000000"),
        ("990101000000", "清溪县", "county", "990100000000"),
        ("990102000000", "白石县", "county", "990100000000"),
        ("990101100000", "柳河镇", "town", "990101000000"),
        ("990101101000", "松坪乡", "town", "990101000000"),
        ("990101100201", "上柳村", "village", "990101100000"),
        ("990101100202", "下柳村", "village", "990101100000"),
        ("990101101201", "松坪村", "village", "990101101000"),
        ("990101101202", "石桥村", "village", "990101101000"),
    ]
    columns = ("code", "name", "level", "parent")
    assert not load_places(by=clerk, rows=[dict(zip(columns, row, strict=True)) for row in rows])["errors"]
    return tree


@contextmanager
def _own_copy(template, name, monkeypatch):
    """Give a test its own copy of a home and its database, to which the environment and Django point."""
    from django.db import connections

    number = next(_NUMBERS)
    path = _SCRATCH / f"home{number}"
    shutil.copytree(template.path, path)
    database, url = _database(str(number)), None
    if SERVER:
        _on_server(f"CREATE DATABASE {database} TEMPLATE {_database(name)}")
        url = _url(database)
        monkeypatch.setenv("BANGFU_DATABASE_URL", url)
    monkeypatch.setenv("BANGFU_HOME", str(path))
    fresh = type(template)(path=path, database_url=url)
    _point_django_at(fresh)
    yield fresh
    connections.close_all()
    if SERVER:
        _on_server(f"DROP DATABASE {database} WITH (FORCE)")
    shutil.rmtree(path, ignore_errors=True)


def _point_django_at(home):
    from django.db import connections

    from bangfu.site.settings import database

    connections.close_all()
    connections["default"].settings_dict.update(database(home))


def _database(name):
    """Return the name of a database of this process; the hamlet is that of the whole run."""
    return f"bangfu_test_{_RUN if name == 'hamlet' else os.getpid()}_{name}"


def _url(database):
    parts = conninfo_to_dict(SERVER)
    parts.pop("dbname", None)
    return f"postgresql:///{database}?{urlencode(parts)}"


def _on_server(statement):
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement)
