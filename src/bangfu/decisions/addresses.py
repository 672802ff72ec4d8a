"""Which town and village the rows of a list mean: by their columns, else by the words of an address."""

from collections.abc import Iterable

import polars as pl

from bangfu.intake.placing import VillageFinder

_NAMES = ("county_name", "town_name", "village_name")
_SUFFIX = r"(民族乡|街道办事处|街道|镇|乡|村民委员会|村委会|社区|村)$"


def placed(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Add `town` and `village` to the rows of a list; null where no single place fits.

    rows   with county_name, town_name, village_name and address
    names  see places.queries.village_names
    """
    asked = rows.with_columns(pl.lit(None, pl.String).alias("village_code"))
    found = VillageFinder(names).place(asked.select(*_NAMES, "village_code"))["village"]
    towns = names.select("village", "town").unique("village")
    by_column = rows.with_columns(found.alias("village")).join(towns, on="village", how="left", maintain_order="left")
    texts = rows["address"].drop_nulls().unique().to_list()
    told = _told(texts, names)
    joined = by_column.join(told, on="address", how="left", maintain_order="left")
    return joined.with_columns(
        pl.coalesce("town", "told_town").alias("town"), pl.coalesce("village", "told_village").alias("village")
    ).drop("told_town", "told_village")


def _told(texts: Iterable[str], names: pl.DataFrame) -> pl.DataFrame:
    """Return what each address tells: the town whose name it bears, and the village of that town."""
    towns: dict[str, set[int]] = {}
    villages: dict[int, dict[str, set[int]]] = {}
    plain = names.drop_nulls("town").with_columns(
        *(pl.col(name).str.replace(_SUFFIX, "").alias(f"short_{name}") for name in _NAMES[1:])
    )
    columns = ("town", "village", "town_name", "village_name", "short_town_name", "short_village_name")
    for town, village, *called in plain.select(columns).unique().iter_rows():
        for name in {called[0], called[2]}:
            towns.setdefault(name, set()).add(town)
        for name in {called[1], called[3]}:
            villages.setdefault(town, {}).setdefault(name, set()).add(village)
    rows = []
    for text in texts:
        found = _named(text, towns)
        rows.append((text, found, _named(text, villages[found]) if found is not None else None))
    return pl.DataFrame(
        rows, schema={"address": pl.String, "told_town": pl.Int64, "told_village": pl.Int64}, orient="row"
    )


def _named(text: str, places: dict[str, set[int]]) -> int | None:
    """Return the one place of which the text bears the longest name; None where several or none fit."""
    longest = max((name for name in places if name and name in text), key=len, default="")
    found = places.get(longest, set())
    return next(iter(found)) if len(found) == 1 else None
