"""Indicators: counts of a run by place, from the village up to the province (指标).

An indicator names what it counts, above and below the line, as `<unit>` or `<unit>.<column>.<answer>`:
`persons.outcome.yes` are the members of households that the run identified, `households.water_unsafe.unknown`
the households whose water nobody recorded, `village.population` a figure of the village itself. `sum.gap_fen`
adds up a column of whole numbers, `gini.above` and `gini.below` are told of a place's people all together.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Final

import polars as pl

from bangfu.analysis.income_sums import fitted
from bangfu.kernel.status import StatusKind
from bangfu.params import Indicator, Parameters

REGISTERED: Final = (StatusKind.IDENTIFIED.value, StatusKind.RELAPSED.value)
"""The last events that leave a household registered as poor (建档立卡贫困户)."""
SCHEMA: Final = {"place": pl.Int64, "indicator": pl.String, "numerator": pl.Int64, "denominator": pl.Int64}
POOR_PERSONS: Final = "persons.registered.yes"
"""Members of registered poor households, which the incidence of a place is made of."""
ANSWERS: Final = {"yes": 1, "no": 0}
OF_PLACES: Final = ("village", "gini")
"""Units whose figures are not counted from the households of a village."""


def village_counts(rows: pl.LazyFrame, parameters: Parameters) -> pl.DataFrame:
    """Count for each village what the indicators of the catalogue are made of (各村计数).

    Counts of parts of an area add up, whatever the parts; see `add_up`.

    rows        the rows of a run, sorted by village, with their income sums
    parameters  the catalogue
    Returns     `village`, and one column for each measure that the run has the columns for
    """
    columns = rows.collect_schema().names()
    derived = _derived(columns)
    known = {*columns, *derived}
    names = dict.fromkeys(
        [POOR_PERSONS, *(name for name in _measure_names(parameters) if _unit(name) not in OF_PLACES)]
    )
    measures = [_measure(name).alias(name) for name in names if {*name.split(".")[1:2]} <= known]
    counted = rows.with_columns(**derived).select(pl.col("village").set_sorted(), *measures)
    return counted.group_by("village").agg(pl.all().sum()).collect(engine="streaming")


def add_up(counts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add up the village counts of parts of an area, in any order; at least one part is needed."""
    return counts[0] if len(counts) == 1 else pl.concat(counts).group_by("village").sum()


def indicator_table(
    counts: pl.DataFrame, ginis: pl.DataFrame, villages: pl.DataFrame, tree: pl.DataFrame, parameters: Parameters
) -> pl.DataFrame:
    """Tell every indicator of the catalogue for every place.

    counts      what was counted in each village
    ginis       `place`, `gini.above`, `gini.below`; see `income_sums.gini_parts`
    villages    the villages of the area, with `village` and `population`
    tree        `village` and `place`: each village with itself and every place above it; see `ancestors`
    parameters  the catalogue
    Returns     `place`, `indicator`, `numerator`, `denominator`, sorted by place and indicator. A denominator
                is null for a plain count, and where it is unknown or zero: an empty place has no rate.
                An indicator whose column the run does not have is left out
    """
    names = [name for name in _measure_names(parameters) if _unit(name) in OF_PLACES or name in counts.columns]
    wanted = [each for each in parameters.indicators if {each.numerator, each.denominator} - {None} <= {*names}]
    added = [name for name in names if _unit(name) != "gini"]
    wide = {name for table in (counts, ginis) for name, kind in table.schema.items() if kind == pl.Int128}
    parts = {each.name: _parts(each, wide) for each in sorted(wanted, key=attrgetter("name"))}
    placed = (
        villages.lazy()
        .select("village", "population")
        .join(counts.lazy(), on="village", how="full", coalesce=True)
        .select("village", *(_filled(name) for name in added))
        .join(tree.lazy(), on="village")
        .group_by("place")
        .agg(_added_up(name) for name in added)
        .join(ginis.lazy(), on="place", how="left")
        .sort("place")
        .select(
            "place",
            **{f"{name}.above": above for name, (above, _) in parts.items()},
            **{f"{name}.below": below for name, (_, below) in parts.items()},
        )
        .collect()
    )
    return _long(placed, [*parts])


def _parts(indicator: Indicator, wide: AbstractSet[str]) -> tuple[pl.Expr, pl.Expr]:
    """Return an indicator's numerator and denominator, which fit into 64 bits."""
    above, name = pl.col(indicator.numerator), indicator.denominator
    if name is None:
        return above.cast(pl.Int64), pl.lit(None, pl.Int64)
    below = pl.when(pl.col(name) != 0).then(pl.col(name))
    return fitted(above, below) if {indicator.numerator, name} & wide else (above.cast(pl.Int64), below.cast(pl.Int64))


def _long(placed: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Lay out the columns of each indicator as one row per place and indicator, in the order given."""
    row = pl.int_range(len(names) * placed.height, eager=True)
    place, number = row // len(names), row % len(names)
    stacked = number * placed.height + place
    return pl.DataFrame(
        {
            "place": placed["place"].gather(place),
            "indicator": pl.Series(names, dtype=pl.String).gather(number),
            "numerator": pl.concat(placed[f"{name}.above"] for name in names).gather(stacked),
            "denominator": pl.concat(placed[f"{name}.below"] for name in names).gather(stacked),
        },
        schema=SCHEMA,
    )


def _measure_names(parameters: Parameters) -> list[str]:
    names = (name for each in parameters.indicators for name in (each.numerator, each.denominator))
    return list(dict.fromkeys(name for name in names if name is not None))


def _unit(name: str) -> str:
    return name.partition(".")[0]


def _derived(columns: Sequence[str]) -> dict[str, pl.Expr]:
    registered = pl.col("status").is_in(REGISTERED).cast(pl.Int8)
    known = pl.col("income_basis").is_not_null().cast(pl.Int8)
    derived = {"registered": registered, "income_known": known}
    if "exit" in columns:
        derived["exit_ready"] = pl.when(registered == 1).then(pl.col("exit")).otherwise(0)
    return derived


def _measure(name: str) -> pl.Expr:
    """Return what one row adds to a measure."""
    unit, *rest = name.split(".")
    if unit == "sum":
        return pl.col(rest[0])
    one = pl.col("persons").cast(pl.Int64) if unit == "persons" else pl.lit(1, pl.Int64)
    if not rest:
        return one
    column, answer = rest
    held = pl.col(column) == ANSWERS[answer] if answer in ANSWERS else pl.col(column).is_null() ^ (answer == "known")
    return pl.when(held).then(one).otherwise(0)


def _filled(name: str) -> pl.Expr:
    if _unit(name) == "village":
        return pl.col(name.removeprefix("village.")).cast(pl.Int64).alias(name)
    return pl.col(name).fill_null(0)


def _added_up(name: str) -> pl.Expr:
    """Return what a measure adds up to: unknown while that of one village is; what is counted is never unknown."""
    if _unit(name) != "village":
        return pl.col(name).sum()
    known = pl.col(name).null_count() == 0
    return pl.when(known).then(pl.col(name).sum()).alias(name)


def ancestors(villages: pl.Series, places: pl.DataFrame) -> pl.DataFrame:
    """Return each village with itself and every place above it, upwards, as columns `village` and `place`.

    places  `place` and its `parent`
    """
    parents = dict(zip(places["place"], places["parent"], strict=True))
    above = {village: parents.get(village) for village in villages}
    chains = {place: _chain(place, parents) for place in set(above.values())}
    lines = [(village, (village, *chains[place])) for village, place in above.items()]
    return pl.DataFrame(
        {
            "village": [village for village, line in lines for _ in line],
            "place": [one for _, line in lines for one in line],
        },
        schema={"village": pl.Int64, "place": pl.Int64},
    )


def _chain(place: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """Return a place and every place above it; a place that is not listed ends the line."""
    found: list[int] = []
    while place is not None and place in parents and place not in found:
        found.append(place)
        place = parents[place]
    return found
