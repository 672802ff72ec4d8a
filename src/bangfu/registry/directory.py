"""The directory (户目录): every household of the register with the village where it lives now, and its status.

A household that all its members left is no more; its own page stays.
Pages ask for it at every click, so each process keeps it by county and reads a county again only after
its chain tells of a later act on the register: a list of a city is cut, sorted and counted in columns.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final

import polars as pl
from django.db import connection

from bangfu.audit.models import Event, Head
from bangfu.kernel.bulk import plain_columns, read_frame
from bangfu.kernel.errors.register import HouseholdUnknown
from bangfu.kernel.status import MONITORING_TRACK, POVERTY_TRACK
from bangfu.places.models import Place
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope
from bangfu.registry.leaving import emptied_households
from bangfu.registry.queries import AsOf, facts_at, household_numbers
from bangfu.registry.topics import topics

COLUMNS: Final = {
    "household": pl.Int64,
    "county": pl.Int64,
    "village": pl.Int64,
    "household_no": pl.String,
    "status": pl.Int16,
    "monitoring": pl.Int16,
}
"""What the directory says of a household; `status` and `monitoring` are the last event of each track."""

_HELD: Final = 400
"""How many counties a process keeps in memory: those of a large province three times over."""
_REGISTERING: Final = ("registry.record", "registry.undo")
_COUNTED: Final = "f.county = %s AND f.event_id NOT IN (SELECT undone_id FROM registry_undo)"

_kept: "OrderedDict[tuple[str, int], tuple[int, pl.DataFrame]]" = OrderedDict()
_lock = Lock()


def directory(scope: Scope, more: Callable[[pl.DataFrame], pl.DataFrame] | None = None) -> pl.DataFrame:
    """Return the households that now live in the scope, with COLUMNS, by county and number.

    more  what to add to the frame of each county: rows stay as they are, and equal frames get equal columns, so
          that it may keep what it made of a frame that is still the same object
    """
    heads = dict(Head.objects.filter(county__in=_counties(scope)).order_by("county").values_list("county", "seq"))
    counties = [_county(county, seq) for county, seq in heads.items()]
    parts = [frame for frame in counties if frame.height] or [pl.DataFrame(schema=COLUMNS)]
    rows = pl.concat([more(part) for part in parts] if more else parts)
    if scope.whole:
        return rows
    return rows.filter(pl.col("village").is_in(numbers_within(scope).implode()))


def home_of(scope: Scope, household: int) -> dict[str, Any]:
    """Return where a household lives, from the register itself; raises HouseholdUnknown outside the scope.

    Returns  county, village, group_name, household_no, and first_county, where it was registered first
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHERE_IT_LIVES, [household])
        row = cursor.fetchone()
    if row is None or not scope.contains(row[1]):
        raise HouseholdUnknown(household=household)
    return dict(zip(("county", "village", "group_name", "household_no", "first_county"), row, strict=True))


def numbers_of(scope: Scope, households: Iterable[int]) -> dict[int, str | None]:
    """Return the household numbers of those of these households that live in the scope."""
    asked = sorted({*households})
    if not asked:
        return {}
    homes = facts_at(scope, topics()["residence"], AsOf(), asked)["household_id"].to_list()
    return dict(household_numbers(homes).iter_rows())


_WHERE_IT_LIVES: Final = """
SELECT r.county, r.village, r.group_name, h.household_no, h.county
FROM registry_residence r JOIN registry_household h ON h.id = r.household_id
WHERE r.household_id = %s AND r.event_id NOT IN (SELECT undone_id FROM registry_undo)
ORDER BY r.effective_from DESC, r.id DESC LIMIT 1
"""


def _counties(scope: Scope) -> list[int]:
    """Return the counties in which the scope has places; 0 stands for places that belong to none."""
    if scope.whole:
        return list(Head.objects.values_list("county", flat=True))
    condition = Place.objects.filter(number__in=scope.roots)
    tops: set[int] = set()
    for number, county, level in condition.values_list("number", "county", "level"):
        tops |= {county} if county else set(_below(number, level))
    return sorted(tops)


def _below(number: int, level: int) -> Iterable[int]:
    above = {1: "province", 2: "city"}[level]
    return Place.objects.filter(**{above: number}, county__gt=0).values_list("county", flat=True).distinct()


def _county(county: int, seq: int) -> pl.DataFrame:
    """Return the households of a county, as of a link of its chain or later."""
    key = (str(connection.settings_dict["NAME"]), county)
    with _lock:
        held = _kept.get(key)
    if held is not None and (held[0] == seq or not _registered_since(county, held[0])):
        frame = held[1]
    else:
        frame = _read(county)
    with _lock:
        _kept[key] = (seq, frame)
        _kept.move_to_end(key)
        while len(_kept) > _HELD:
            _kept.popitem(last=False)
    return frame


def _registered_since(county: int, seq: int) -> bool:
    return Event.objects.filter(county=county, seq__gt=seq, action__in=_REGISTERING).exists()


def _read(county: int) -> pl.DataFrame:
    homes = _last(_facts("registry_residence", county, {"village": pl.Int64}), "household_id")
    events = _facts("registry_status_event", county, {"kind": pl.Int16})
    sql = "SELECT id, household_no FROM registry_household f WHERE f.county = %s"
    numbers = read_frame(connection, sql, [county], {"household_id": pl.Int64, "household_no": pl.String})
    frame = homes.join(numbers, on="household_id", how="left")
    for name, track in (("status", POVERTY_TRACK), ("monitoring", MONITORING_TRACK)):
        of_track = _last(events.filter(pl.col("kind").is_in(list(track))), "household_id")
        frame = frame.join(of_track.select("household_id", pl.col("kind").alias(name)), on="household_id", how="left")
    frame = frame.filter(~pl.col("household_id").is_in(emptied_households(county).implode()))
    frame = frame.with_columns(household=pl.col("household_id"), county=pl.lit(county, pl.Int64))
    return frame.sort(pl.col("household_no"), "household", nulls_last=True).select(*COLUMNS)


def _facts(table: str, county: int, columns: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    names = ["household_id", "effective_from", "id", *columns]
    schema = {"household_id": pl.Int64, "effective_from": pl.Date, "id": pl.Int64, **columns}
    sql = f"SELECT {plain_columns(connection, names)} FROM {table} f WHERE {_COUNTED}"
    return read_frame(connection, sql, [county], schema)


def _last(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    return rows.sort(key, "effective_from", "id").unique(key, keep="last", maintain_order=True)
