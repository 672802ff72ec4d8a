"""Checks what a list says about places, against itself and against the registered tree."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from bangfu.kernel.codes import FULL_LENGTH, Level, division_level
from bangfu.places.refusals import Refusal
from bangfu.places.stating import HEADERS, day_of, level_of, names_of

_CODE_MAX: Final = 60
_NAME_MAX: Final = 200
_CHINESE_SHARE: Final = (9, 10)  # nine codes of ten have the form of a division code: the others are slips
_CODE_LENGTHS: Final = (2, 4, 6, 9, FULL_LENGTH)  # province, city, county, town, village
_CONTROL: Final = r"\p{Cc}"
_CODES: Final = ("code", "parent", "successor")


class Checked:
    """The rows of one list on their way to the tree: those that stand, and why the others do not.

    rows    row, code, name, name_en, level, parent, valid_from, valid_to, successor, aliases; a column
            that the list lacks is absent
    """

    def __init__(self, stated: pl.DataFrame) -> None:
        self.given = [name for name in HEADERS if name in stated.columns]
        self.errors: list[dict[str, object]] = []
        self.refused: set[str] = set()
        self.rows = _codes_written_out(stated)

    def refuse(self, where: pl.Expr, reason: Refusal, **more: str) -> None:
        """Take the rows for which `where` holds out of the list, each with the reason.

        more  names of columns whose values fill the sentence beside those of the row
        """
        wrong = self.rows.filter(where)
        if wrong.is_empty():
            return
        self.rows = self.rows.filter(~where.fill_null(value=False))
        code, column, text = reason.value
        self.refused.update(wrong["code"])
        for row in wrong.iter_rows(named=True):
            said = text.fill({**row, **{name: row[other] for name, other in more.items()}})
            self.errors.append(
                {
                    "row": row["row"],
                    "column": column,
                    "code": code,
                    "severity": "error",
                    "message_zh": said.zh,
                    "message_en": said.en,
                }
            )


def check_alone(stated: pl.DataFrame) -> Checked:
    """Check what can be seen in the list alone: codes, names, levels, days, repetition.

    stated  the rows as `stating` returns them
    """
    checked = Checked(stated)
    checked.refuse(pl.col("code") == "", Refusal.CODE_MISSING)
    checked.refuse(~pl.col("well_formed"), Refusal.CODE_MALFORMED)
    names = [pl.col(name) for name in ("name", "name_en", "aliases") if name in checked.given]
    odd = pl.any_horizontal(*[column.str.contains(_CONTROL) for column in names])
    too_long = pl.col("name").str.len_chars() > _NAME_MAX
    checked.refuse((pl.col("name") == "") | too_long | odd, Refusal.NAME_MISSING)
    _read_levels(checked)
    checked.refuse(pl.col("level").is_null(), Refusal.LEVEL_UNKNOWN, level="level_word")
    _check_days(checked)
    _check_repetition(checked)
    if "aliases" in checked.given:
        joined = _mapped(checked.rows["aliases"], lambda text: "|".join(names_of(text)), pl.String)
        checked.rows = checked.rows.with_columns(aliases=joined)
    checked.rows = checked.rows.with_columns(pl.col("parent").replace("", None))
    if "successor" in checked.given:
        checked.rows = checked.rows.with_columns(pl.col("successor").replace("", None))
    return checked


def check_in_tree(checked: Checked, registered: pl.DataFrame) -> None:
    """Check parents, levels and successors against the list and the registered places.

    registered  code, level of the registered places that the list names
    """
    checked.rows = checked.rows.join(
        registered.select("code", pl.col("level").alias("level_before")), on="code", how="left"
    )
    checked.refuse(pl.col("level") != pl.col("level_before"), Refusal.LEVEL_CHANGED)
    _check_parents(checked, registered)
    if "successor" in checked.given:
        _check_successors(checked, registered)


def division_code(column: str) -> pl.Expr:
    """Tell of each code whether it has the form of a Chinese division code: 2, 4, 6, 9 or 12 digits."""
    return pl.col(column).str.contains(r"^[1-9][0-9]+$") & pl.col(column).str.len_bytes().is_in(_CODE_LENGTHS)


def _codes_written_out(stated: pl.DataFrame) -> pl.DataFrame:
    """Write Chinese codes with their 12 digits; add their number, and whether the code is well formed."""
    written = stated.filter(pl.col("code") != "")
    share, whole = _CHINESE_SHARE
    if written.is_empty() or written.select(division_code("code").sum()).item() * whole < written.height * share:
        fits = (pl.col("code").str.len_chars() <= _CODE_MAX) & ~pl.col("code").str.contains(_CONTROL)
        return stated.with_columns(well_formed=fits, number=pl.lit(None, pl.Int64))
    present = [name for name in _CODES if name in stated.columns]
    full = [
        pl.when(division_code(name)).then(pl.col(name).str.pad_end(FULL_LENGTH, "0")).otherwise(name).alias(name)
        for name in present
    ]
    number = pl.when("well_formed").then(pl.col("code").str.to_integer(strict=False, dtype=pl.Int64))
    return stated.with_columns(*full, well_formed=division_code("code")).with_columns(number=number)


def _mapped(column: pl.Series, function: Callable[..., object], kind: type[pl.DataType]) -> pl.Series:
    """Map each distinct value once; null stays null."""
    table = {value: function(value) for value in column.unique() if value is not None}
    return pl.Series(column.name, [table.get(value) for value in column], dtype=kind)


def _read_levels(checked: Checked) -> None:
    """Read the words of the levels; where none is written, a Chinese code tells its own."""
    words = checked.rows.rename({"level": "level_word"})
    level = _mapped(words["level_word"], level_of, pl.Int64).alias("level")
    silent = words.filter((pl.col("level_word") == "") & pl.col("number").is_not_null())["number"]
    own = {number: int(division_level(number)) for number in silent}
    checked.rows = words.with_columns(level).with_columns(
        pl.coalesce("level", pl.col("number").replace_strict(own, default=None, return_dtype=pl.Int64))
    )


def _check_days(checked: Checked) -> None:
    for name in ("valid_from", "valid_to"):
        if name in checked.given:
            word = f"{name}_word"
            days = _mapped(checked.rows[name], day_of, pl.Date)
            checked.rows = checked.rows.rename({name: word}).with_columns(days.alias(name))
            checked.refuse((pl.col(word) != "") & pl.col(name).is_null(), Refusal.DAY_UNREADABLE)
            checked.rows = checked.rows.drop(word)
    if {"valid_from", "valid_to"} <= set(checked.given):
        checked.refuse(pl.col("valid_from") > pl.col("valid_to"), Refusal.DAY_UNREADABLE)


def _check_repetition(checked: Checked) -> None:
    checked.rows = checked.rows.with_columns(
        first=pl.col("row").min().over("code"), parents=pl.col("parent").n_unique().over("code")
    )
    checked.refuse(pl.col("parents") > 1, Refusal.TWO_PARENTS)
    checked.refuse(pl.col("row") > pl.col("first"), Refusal.CODE_TWICE)


def _check_parents(checked: Checked, registered: pl.DataFrame) -> None:
    """Go down the levels, so that who stands under a refused row is refused with that reason."""
    above = _with_parent_level(checked.rows, registered)
    if not above.filter(pl.col("parent_level") >= pl.col("level")).is_empty():
        circles = _circles(dict(above.select("code", "parent").rows()))
        checked.refuse(pl.col("code").is_in(circles), Refusal.PARENT_CIRCLE)
    for level in Level:
        here = pl.col("level") == level.value
        checked.rows = _with_parent_level(checked.rows, registered)
        lost = here & pl.col("parent").is_not_null() & pl.col("parent_level").is_null()
        checked.refuse(lost & pl.col("parent").is_in(list(checked.refused)), Refusal.PARENT_REFUSED)
        checked.refuse(lost, Refusal.PARENT_UNKNOWN)
        checked.refuse(here & (pl.col("parent_level") >= pl.col("level")), Refusal.PARENT_NOT_ABOVE)


def _with_parent_level(rows: pl.DataFrame, registered: pl.DataFrame) -> pl.DataFrame:
    """Add the level of each row's parent, in the list or registered; null where there is none."""
    standing = pl.concat([frame.select("code", "level") for frame in (rows, registered)]).unique("code")
    named = standing.select(pl.col("code").alias("parent"), pl.col("level").alias("parent_level"))
    return rows.drop("parent_level", strict=False).join(named, on="parent", how="left", maintain_order="left")


def _check_successors(checked: Checked, registered: pl.DataFrame) -> None:
    named = checked.rows.filter(pl.col("successor").is_not_null())
    standing = {*registered["code"], *checked.rows["code"]}
    lost = [code for code in named["successor"] if code not in standing]
    checked.refuse(pl.col("successor").is_in(lost), Refusal.SUCCESSOR_UNKNOWN)
    circles = _circles(dict(named.select("code", "successor").rows()))
    checked.refuse(pl.col("code").is_in(circles), Refusal.SUCCESSOR_CIRCLE)


def _circles(after: Mapping[str, str | None]) -> list[str]:
    """Return the codes from which the way leads back to themselves."""
    found: list[str] = []
    settled: set[str] = set()
    for start in after:
        way: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in settled and code not in way:
            way[code] = None
            code = after.get(code)
        if code is not None and code in way:
            steps = list(way)
            found.extend(steps[steps.index(code) :])
        settled.update(way)
    return found
