"""Identity numbers of whole columns: read, repaired and checked at once."""

from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.days import day_number
from bangfu.kernel.ids import ID_LENGTH, WEIGHTS, Finding, read_id

_CLEAN: Final = r"^[0-9]{17}[0-9X]$"
_FILLERS: Final = ("9" * ID_LENGTH, "0" * ID_LENGTH)
_FIRST_YEAR: Final = 1880
_FEBRUARY: Final = 2
_MODULUS: Final = 11
_LOST: Final = "000"
"""What stands at the end of a number of which a spreadsheet kept 15 digits."""

SCHEMA: Final = {
    "id_no": pl.String,
    "finding": pl.String,
    "repair": pl.String,
    "born_on": pl.Int32,
    "sex": pl.Int8,
    "disability_kind": pl.Int8,
    "disability_grade": pl.Int8,
}
"""Columns of the result; `finding` and `repair` hold values of `ids.Finding` and `ids.Repair`."""


def examine_ids(written: pl.Series, today: date) -> pl.DataFrame:
    """Read, repair and check a column of identity numbers (证件号码).

    written  the cells as text; null or empty where nothing is written
    today    the day after which nobody is born
    Returns  a frame of equal height with the columns of SCHEMA: the number of 18 characters (null where
             there is no good one), the finding (null for a good number and for an empty cell), what was
             repaired, and what the number tells: birth day (yyyymmdd), sex (1 male, 2 female), and the
             kind and grade of disability of a certificate's number
    Source   GB 11643-1999; disability certificates: number, kind, grade, B and the count of reissues
    """
    frame = pl.DataFrame({"written": written.cast(pl.String)})
    plain = pl.col("written").str.contains(_CLEAN) & ~pl.col("written").is_in(_FILLERS)
    clean = frame.select(plain.fill_null(value=False)).to_series()
    if clean.all():
        read = frame.select(
            pl.col("written").alias("id_no"),
            *(pl.lit(None, dtype).alias(name) for name, dtype in _READ.items()),
        )
    else:
        read = _read_all(frame, clean)
    return _checked(read, day_number(today))


_READ: Final = {"finding": pl.String, "repair": pl.String, "disability_kind": pl.Int8, "disability_grade": pl.Int8}


def _read_all(frame: pl.DataFrame, clean: pl.Series) -> pl.DataFrame:
    """Read the distinct numbers that are not plainly written one by one, and join the readings."""
    odd = frame.filter(~clean).to_series().drop_nulls().unique()
    texts = [text for text in odd.to_list() if text.strip()]
    readings = [read_id(text) for text in texts]
    known = pl.DataFrame(
        {
            "written": texts,
            "read": [reading.id_no for reading in readings],
            "finding": [reading.finding and reading.finding.value for reading in readings],
            "repair": [reading.repair and reading.repair.value for reading in readings],
            "disability_kind": [reading.kind for reading in readings],
            "disability_grade": [reading.grade for reading in readings],
        },
        schema={"written": pl.String, "read": pl.String, **_READ},
    )
    plain = pl.when(clean).then(pl.col("written"))
    joined = frame.join(known, on="written", how="left", maintain_order="left")
    return joined.select(pl.coalesce(plain, "read").alias("id_no"), *_READ)


def _checked(read: pl.DataFrame, today: int) -> pl.DataFrame:
    """Look at the day and the check character of every number that could be read."""
    last = pl.col("id_no").str.tail(1)
    facts = read.with_columns(
        number=pl.col("id_no").str.head(len(WEIGHTS)).cast(pl.Int64),
        last=pl.when(last == "X").then(10).otherwise(last.cast(pl.Int8, strict=False)),
    )
    digits = [(pl.col("number") // 10**power % 10).cast(pl.Int16) for power in reversed(range(len(WEIGHTS)))]
    facts = facts.with_columns(
        total=pl.sum_horizontal(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) + pl.col("last"),
        day=(pl.col("number") // 1000 % 10**8).cast(pl.Int32),
        sex=(2 - pl.col("number") % 2).cast(pl.Int8),
    )
    wrong = (pl.col("total") % _MODULUS != 1) & pl.col("number").is_not_null()
    finding = (
        pl.when(pl.col("finding").is_not_null() | pl.col("number").is_null())
        .then(pl.col("finding"))
        .when(wrong & pl.col("id_no").str.ends_with(_LOST))
        .then(pl.lit(Finding.LOST_DIGITS.value))
        .when(~_is_day(pl.col("day")))
        .then(pl.lit(Finding.BIRTH.value))
        .when(wrong)
        .then(pl.lit(Finding.CHECK.value))
        .when(pl.col("day") > today)
        .then(pl.lit(Finding.FUTURE.value))
    )
    facts = facts.with_columns(finding=finding)
    good = pl.col("finding").is_null()
    return facts.select(
        pl.when(good).then(pl.col("id_no")).alias("id_no"),
        pl.col("finding"),
        pl.when(good).then(pl.col("repair")).alias("repair"),
        pl.when(good).then(pl.col("day")).alias("born_on"),
        pl.when(good).then(pl.col("sex")).alias("sex"),
        pl.when(good).then(pl.col("disability_kind")).alias("disability_kind"),
        pl.when(good).then(pl.col("disability_grade")).alias("disability_grade"),
    )


def _is_day(day: pl.Expr) -> pl.Expr:
    """Tell whether integers yyyymmdd are days of the calendar from 1880 on."""
    year, month, of_month = day // 10_000, day // 100 % 100, day % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    longest = (
        pl.when(month == _FEBRUARY)
        .then(pl.when(leap).then(29).otherwise(28))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )
    return (year >= _FIRST_YEAR) & month.is_between(1, 12) & (of_month >= 1) & (of_month <= longest)
