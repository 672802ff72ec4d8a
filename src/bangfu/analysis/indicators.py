"""Indicators: counts of a run by place, from the village up to the province (指标).

An indicator names what it counts, above and below the line, as `<unit>` or `<unit>.<column>.<answer>`:
`persons.outcome.yes` are the members of households that the run identified, `households.water_unsafe.unknown`
the households whose water nobody recorded, `village.population` a figure of the village itself.
"""

from typing import Any, Final

import narwhals as nw
import polars as pl

from bangfu.kernel.status import StatusKind
from bangfu.params import Indicator, Parameters

REGISTERED: Final = (StatusKind.IDENTIFIED.value, StatusKind.RELAPSED.value)
"""The last events that leave a household registered as poor (建档立卡贫困户)."""
SCHEMA: Final = {"place": pl.Int64, "indicator": pl.String, "numerator": pl.Int64, "denominator": pl.Int64}
ANSWERS: Final = {"yes": 1, "no": 0}


def indicator_table(
    rows: pl.DataFrame, villages: pl.DataFrame, places: nw.LazyFrame[Any], parameters: Parameters
) -> pl.DataFrame:
    """Count every indicator of the catalogue for every place.

    rows        the rows of a run
    villages    the villages of the area, with `village` and `population`
    places      `place` and its `parent`
    parameters  the catalogue
    Returns     `place`, `indicator`, `numerator`, `denominator`, sorted by place and indicator. A denominator
                is null for a plain count, and where it is unknown or zero: an empty place has no rate.
                An indicator whose column the run does not have is left out
    """
    told = rows.with_columns(**_derived(rows))
    measures = {name: _measure(name) for name in _measure_names(parameters) if _has(name, told)}
    wanted = [each for each in parameters.indicators if {each.numerator, each.denominator} - {None} <= measures.keys()]
    by_village = told.group_by("village").agg(
        measure.alias(name) for name, measure in measures.items() if not name.startswith("village.")
    )
    counted = villages.select("village", "population").join(by_village, on="village", how="full", coalesce=True)
    filled = counted.select("village", *(_filled(name, known) for name, known in measures.items()))
    placed = (
        filled.join(_ancestors(filled["village"], places), on="village")
        .group_by("place")
        .agg(_added_up(name) for name in measures)
    )
    return _long(placed, wanted).sort("place", "indicator")


def _long(placed: pl.DataFrame, wanted: list[Indicator]) -> pl.DataFrame:
    """Lay out one column of counts per measure as one row per place and indicator."""
    unknown = pl.Series([None], dtype=pl.Int64).new_from_index(0, placed.height)
    rated = placed.select(pl.when(pl.all() != 0).then(pl.all()))
    names = pl.Series([each.name for each in wanted], dtype=pl.String)
    return pl.DataFrame(
        {
            "place": _stacked([placed["place"] for _ in wanted]),
            "indicator": names.gather(pl.int_range(len(wanted) * placed.height, eager=True) // max(placed.height, 1)),
            "numerator": _stacked([placed[each.numerator] for each in wanted]),
            "denominator": _stacked([rated[each.denominator] if each.denominator else unknown for each in wanted]),
        },
        schema=SCHEMA,
    )


def _stacked(columns: list[pl.Series]) -> pl.Series:
    return pl.concat(columns) if columns else pl.Series(dtype=pl.Int64)


def _measure_names(parameters: Parameters) -> list[str]:
    names = (name for each in parameters.indicators for name in (each.numerator, each.denominator))
    return list(dict.fromkeys(name for name in names if name is not None))


def _has(name: str, rows: pl.DataFrame) -> bool:
    unit, *rest = name.split(".")
    return unit == "village" or not rest or rest[0] in rows.columns


def _derived(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    registered = pl.col("status").is_in(REGISTERED).cast(pl.Int8)
    known = pl.col("income_basis").is_not_null().cast(pl.Int8)
    derived = {"registered": registered, "income_known": known}
    if "exit" in rows.columns:
        derived["exit_ready"] = pl.when(registered == 1).then(pl.col("exit")).otherwise(0)
    return derived


def _measure(name: str) -> pl.Expr:
    unit, *rest = name.split(".")
    if unit == "village":
        return pl.col(rest[0])
    persons = pl.col("persons").cast(pl.Int64)
    if not rest:
        return persons.sum() if unit == "persons" else pl.len().cast(pl.Int64)
    column, answer = rest
    held = pl.col(column) == ANSWERS[answer] if answer in ANSWERS else pl.col(column).is_null()
    return persons.filter(held).sum() if unit == "persons" else held.sum().cast(pl.Int64)


def _filled(name: str, measure: pl.Expr) -> pl.Expr:
    return measure.cast(pl.Int64).alias(name) if name.startswith("village.") else pl.col(name).fill_null(0)


def _added_up(name: str) -> pl.Expr:
    known = pl.col(name).null_count() == 0
    return pl.when(known).then(pl.col(name).sum()).alias(name)


def _ancestors(villages: pl.Series, places: nw.LazyFrame[Any]) -> pl.DataFrame:
    """Return each village with itself and every place above it, as columns `village` and `place`."""
    tree: pl.DataFrame = places.select("place", "parent").collect(backend="polars").to_native()
    parents = dict(tree.iter_rows())
    found: dict[str, list[int]] = {"village": [], "place": []}
    for village in villages:
        above = [village]
        while (parent := parents.get(above[-1])) in parents and parent not in above:
            above.append(parent)
        found["village"] += [village] * len(above)
        found["place"] += above
    return pl.DataFrame(found, schema={"village": pl.Int64, "place": pl.Int64})
