"""A simulated city of 225,000 households: written, imported from Excel and frozen, on SQLite and on PostgreSQL.

Runs only when named, for it takes long; `city_county` does the same with one of its counties. The import is
measured against reading the same files with calamine and loading exactly the rows it wrote into the same tables
with the same indexes; the snapshot from PostgreSQL against draining its tables with COPY in binary form.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bangfu.kernel.memory import SPARING
from bangfu.simulate import SIZES
from benchmarks.measuring import Line, measured
from tools.postgres import NoPostgresError, cluster

ONLY_WHEN_NAMED = True
SEED = 7
IMPORT_GOAL = 2.5
SNAPSHOT_GOAL = 2.0
_SLICE = 100_000
_FROZEN_AWAY = ("registry_identity", "registry_contact")


def main() -> list[Line]:
    """Measure the whole city."""
    return lines_of(range(SIZES["city"].counties))


def lines_of(counties: Sequence[int]) -> list[Line]:
    """Measure these counties of the city (0 first): simulation, import and raw load, snapshot and draining."""
    chosen = ",".join(map(str, counties))
    what = f"{sum(SIZES['city'].share(number).households for number in counties):,} households"
    with tempfile.TemporaryDirectory(prefix="bangfu-benchmark-") as folder:
        place = f"{folder}/place"
        lines = [measured(f"simulate {what}", "benchmarks.city:simulation", place, chosen, times=1)]
        for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
            home = Path(folder) / name
            try:
                with database():
                    lines += _import_lines(f"{what}, {name}", home, place)
                    lines += _snapshot_lines(f"{what}, {name}", home)
            except NoPostgresError:
                continue
    return lines


@contextmanager
def _sqlite() -> Iterator[None]:
    os.environ.pop("BANGFU_DATABASE_URL", None)
    yield


@contextmanager
def _postgresql() -> Iterator[None]:
    with cluster() as url:
        os.environ["BANGFU_DATABASE_URL"] = url
        try:
            yield
        finally:
            del os.environ["BANGFU_DATABASE_URL"]


def _import_lines(what: str, home: Path, place: str) -> list[Line]:
    """Measure the import, keep the rows it wrote, and load them plainly into another home."""
    ours = measured(f"import of {what}", "benchmarks.city:whole_import", str(home), place, times=1, settings=SPARING)
    apply = Line(f"  of which the apply: {what}", *map(float, (home / "apply").read_text().split()), ours.peak_mb)
    measured("", "benchmarks.city:dumping", str(home), times=1)
    with _other_database():
        raw = measured(f"calamine read and raw load of {what}", "benchmarks.city:raw_load", str(home), place, times=1)
    return [raw, ours.against(raw, IMPORT_GOAL), apply]


def _snapshot_lines(what: str, home: Path) -> list[Line]:
    ours = measured(f"snapshot of {what}", "benchmarks.city:freezing", str(home), times=1)
    if "BANGFU_DATABASE_URL" not in os.environ:
        return [ours]
    plain = measured(f"COPY BINARY of the tables of {what}", "benchmarks.city:draining", str(home), times=1)
    return [plain, ours.against(plain, SNAPSHOT_GOAL)]


@contextmanager
def _other_database() -> Iterator[None]:
    """Let what is measured meanwhile use an empty database of the same kind."""
    url = os.environ.get("BANGFU_DATABASE_URL")
    if url:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE raw")
        os.environ["BANGFU_DATABASE_URL"] = url.rpartition("/")[0] + "/raw"
    yield
    if url:
        os.environ["BANGFU_DATABASE_URL"] = url


def simulation(place: str, counties: str) -> Callable[[], object]:
    """Prepare writing a city or some of its counties."""
    from bangfu.simulate.place import simulate, write_county_of_city, write_places_of

    size, numbers, out = SIZES["city"], [int(number) for number in counties.split(",")], Path(place)
    if len(numbers) == size.counties:
        return lambda: simulate("city", SEED, out)

    def work() -> None:
        out.mkdir(parents=True)
        write_places_of(size, SEED, out)
        for number in numbers:
            write_county_of_city(size.share(number), SEED, out)

    return work


def whole_import(home_folder: str, place: str) -> Callable[[], object]:
    """Prepare a home with the places; the work stages, approves and applies every ledger."""
    import time

    home, people = _home(home_folder)
    from bangfu.intake.actions.apply_batch import apply_batch
    from bangfu.intake.actions.stage_batch import stage_batch
    from bangfu.places.actions.load_places import load_places

    load_places(by=people["clerk"], path=Path(place) / "places.csv")

    def work() -> None:
        staged = stage_batch(by=people["clerk"], paths=[Path(place) / "ledgers"], home=home)
        number = staged.batch.pk
        del staged
        began, busy = time.perf_counter(), time.process_time()
        apply_batch(by=people["approver"], number=number, home=home)
        took = time.perf_counter() - began, time.process_time() - busy
        (Path(home_folder) / "apply").write_text(f"{took[0]} {took[1]}")

    return work


def dumping(home_folder: str) -> Callable[[], object]:
    """Prepare keeping every row that the import wrote as Parquet, with the events that the rows name."""
    import polars as pl

    _home(home_folder)
    from django.apps import apps
    from django.db import connection

    from bangfu.kernel.bulk import plain_columns, read_frame
    from bangfu.registry.topics import polars_type

    kinds = {"BigAutoField": pl.Int64, "BooleanField": pl.Boolean, "DateTimeField": pl.String, "TextField": pl.String}

    def work() -> None:
        for model in _models(apps):
            fields = model._meta.concrete_fields
            schema = {f.column: kinds.get(f.get_internal_type()) or polars_type(f) for f in fields}
            read = {name: pl.Int8 if kind == pl.Boolean else kind for name, kind in schema.items()}
            table = model._meta.db_table
            frame = read_frame(connection, f"SELECT {plain_columns(connection, list(read))} FROM {table}", [], read)
            frame.cast(schema).write_parquet(Path(home_folder) / f"{table}.parquet")

    return work


def _models(apps) -> list:
    """Return the tables that the import writes, the events first."""
    written = [
        model
        for model in apps.get_models()
        if model._meta.db_table.startswith("registry_") and model._meta.db_table != "registry_undo"
    ]
    return [apps.get_model("audit", "Event"), *sorted(written, key=lambda model: _DEPTH.get(model._meta.db_table, 2))]


_DEPTH = {"registry_household": 0, "registry_person": 1}


def raw_load(home_folder: str, place: str) -> Callable[[], object]:
    """Prepare an empty home; the work reads every workbook and loads the rows kept, in one transaction."""
    import polars as pl
    from python_calamine import CalamineWorkbook

    _home(f"{home_folder}-raw")
    from django.apps import apps
    from django.db import connection, transaction

    from bangfu.kernel.bulk import write_rows

    connection.ensure_connection()
    known = [row[0] for row in _rows(connection, "SELECT id FROM audit_event")]

    def work() -> None:
        for path in sorted((Path(place) / "ledgers").rglob("*.xlsx")):
            book = CalamineWorkbook.from_path(str(path))
            for number in range(len(book.sheet_names)):
                book.get_sheet_by_index(number).to_python()
        with transaction.atomic():
            for model in _models(apps):
                rows = pl.read_parquet(Path(home_folder) / f"{model._meta.db_table}.parquet")
                if model._meta.db_table == "audit_event":
                    rows = rows.filter(~pl.col("id").is_in(known))
                for part in rows.iter_slices(_SLICE):
                    write_rows(connection, model._meta.db_table, part)

    return work


def freezing(home_folder: str) -> Callable[[], object]:
    """Prepare the snapshot of the last day of 2016."""
    home, people = _home(home_folder)
    from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot

    return lambda: freeze_snapshot(by=people["clerk"], on=date(2016, 12, 31), known_on=None, home=home)


def draining(home_folder: str) -> Callable[[], object]:
    """Prepare copying the tables that a snapshot reads out of PostgreSQL, in binary form."""
    _home(home_folder)
    from django.apps import apps
    from django.db import connection

    tables = [model._meta.db_table for model in _models(apps)[1:]]

    def work() -> None:
        for table in tables:
            if table not in _FROZEN_AWAY:
                with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                    for part in copy:
                        del part

    return work


def _rows(connection, sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _home(folder: str):
    """Open or make a demonstration home in a folder; return it with its people."""
    os.environ["BANGFU_HOME"] = folder
    from bangfu.cli.opening import open_home

    home = open_home()
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people

    return home, ensure_demo_people()
