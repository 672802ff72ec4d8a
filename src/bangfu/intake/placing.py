"""Which village a ledger's row means, from its code or from the names of county, town and village."""

import polars as pl

_SUFFIXES = {
    "county_name": r"(自治县|自治旗|林区|特区|县|市|区|旗)$",
    "town_name": r"(民族乡|街道办事处|街道|苏木|镇|乡)$",
    "village_name": r"(村民委员会|社区居民委员会|居民委员会|村委会|居委会|行政村|社区|嘎查|村)$",
}
_NAMES = tuple(_SUFFIXES)
_PLACE_COLUMNS = ("county", "village")


_GIVEN = ((*_NAMES,), _NAMES[1:], (_NAMES[0], _NAMES[2]), (_NAMES[2],))
"""Sets of names that may point to a village, the fullest first."""


class VillageFinder:
    """Finds the village that a ledger's row means; made once for all sheets of a batch.

    A village code decides alone. Otherwise every name that the row gives must fit: first as
    written, then without endings such as 镇 and 村委会.
    """

    def __init__(self, names: pl.DataFrame) -> None:
        """Index the villages.

        names  county, county_name, town, town_name, village, village_name, code; aliases and earlier names and
               codes as rows of their own
        """
        self._by_code = names.select("code", *_PLACE_COLUMNS).unique("code")
        self._by_names = {
            (short, given): _single(_keyed(names, short=short), given) for short in (False, True) for given in _GIVEN
        }

    def place(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `county` and `village` (place numbers) to the rows of a ledger; null where no single village fits.

        frame  may have village_code, county_name, town_name, village_name (text)
        """
        rows = frame.with_columns(
            [pl.lit(None, pl.String).alias(name) for name in (*_NAMES, "village_code") if name not in frame.columns]
        ).with_columns(pl.lit(None, pl.Int64).alias(name) for name in _PLACE_COLUMNS)
        rows = _filled(rows.with_columns(code=pl.col("village_code")), self._by_code, ["code"]).drop("code")
        for short in (False, True):
            if rows["village"].null_count() == 0:
                break
            rows = _keyed(rows, short=short)
            for given in _GIVEN:
                rows = _placed(rows, self._by_names[short, given], given)
        return rows.select(*frame.columns, *_PLACE_COLUMNS)


def _keyed(frame: pl.DataFrame, *, short: bool) -> pl.DataFrame:
    keys = []
    for name, suffix in _SUFFIXES.items():
        text = pl.col(name).str.strip_chars()
        keys.append((text.str.replace(suffix, "") if short else text).alias(f"key_{name}"))
    return frame.with_columns(keys)


def _single(names: pl.DataFrame, given: tuple[str, ...]) -> pl.DataFrame:
    """Return the names that fit a single village, with its numbers."""
    keys = [f"key_{name}" for name in given]
    return (
        names.unique([*keys, "village"])
        .group_by(keys)
        .agg(pl.len().alias("fits"), pl.col(_PLACE_COLUMNS).first())
        .filter(pl.col("fits") == 1)
        .drop("fits")
        .rename({key: f"asked_{key}" for key in keys})
    )


def _placed(rows: pl.DataFrame, single: pl.DataFrame, given: tuple[str, ...]) -> pl.DataFrame:
    """Place the open rows that give exactly these names, where the names fit a single village."""
    keys = [f"key_{name}" for name in given]
    absent = [pl.col(name).is_null() for name in _NAMES if name not in given]
    fits_pattern = pl.all_horizontal(absent) if absent else pl.lit(value=True)
    marked = rows.with_columns(
        [
            pl.when(fits_pattern & pl.col("village_code").is_null()).then(pl.col(key)).alias(f"asked_{key}")
            for key in keys
        ]
    )
    return _filled(marked, single, [f"asked_{key}" for key in keys]).select(rows.columns)


def _filled(rows: pl.DataFrame, found: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    joined = rows.join(
        found.rename({name: f"found_{name}" for name in _PLACE_COLUMNS}), on=keys, how="left", maintain_order="left"
    )
    return joined.with_columns(pl.coalesce(name, f"found_{name}").alias(name) for name in _PLACE_COLUMNS).drop(
        f"found_{name}" for name in _PLACE_COLUMNS
    )
