"""Which rows of a sheet are data: totals, footers, repeated headers and empty rows are set aside."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from bangfu.intake.cells import cleaned
from bangfu.intake.columns import Column
from bangfu.intake.layouts import Layout
from bangfu.intake.sheets import Sheet

DROPPED: Final = {"row": pl.Int32, "reason": pl.String}
"""Columns of the table of rows set aside; reason: empty, total, note or header."""

_TOTAL: Final = (
    r"^[（(]?(?:本[页村组镇乡县]|全[省市州县区旗镇乡村组])?\s*(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|总计数)[)）]?[:：]?"
    r"(?:\s*\d+\s*[户人口村个]*)*$"
)
_NOTE: Final = (
    r"^(?:(?:填\s*表\s*人|填\s*报\s*人|制\s*表\s*人|审\s*核\s*人?|复\s*核\s*人?|经\s*办\s*人|负\s*责\s*人|单\s*位\s*负\s*责\s*人|填\s*表\s*日\s*期"
    r"|填\s*报\s*日\s*期|填\s*报\s*单\s*位|制\s*表\s*日\s*期|联\s*系\s*人|签\s*[字名章]|盖\s*章|日\s*期|注|备\s*注|说\s*明|填\s*表\s*说\s*明|示\s*例|例)"
    r"\s*(?:\d+|[（(].*?[)）])?\s*(?:[:：]|$))|^注\s*\d*\s*[、.．]"
)
_COUNT: Final = r"^\d{1,7}\s*[户人口名个]*$"
_FIRST_COLUMNS: Final = 8
"""Columns among which a row's first filled cell is looked for."""
_PLACE_FIELDS: Final = frozenset(
    {"province_name", "city_name", "county_name", "town_name", "village_name", "village_code", "group_name"}
)
_KEYS: Final = ("household_no", "name", "id_no", "person_no")


def field_cells(sheet: Sheet, layout: Layout) -> dict[Column, pl.Series]:
    """Return the cleaned cells of every column that carries a field, merged cells filled, header left out."""
    known = {column.index: column for claims in layout.columns.values() for column in claims}
    filled = _merged(sheet, layout.first_row)
    cells = {str(index): filled.get(index, sheet.columns[index]).slice(layout.first_row) for index in known}
    clean = cleaned(pl.DataFrame(cells))
    return {column: clean[str(index)] for index, column in known.items()}


def _merged(sheet: Sheet, first_row: int) -> dict[int, pl.Series]:
    """Return the columns in which cells of the data are merged, each range filled with its first cell's text."""
    filled: dict[int, list[str]] = {}
    for top, left, bottom, right in sheet.merges:
        if top < first_row or bottom <= top or left != right or left >= sheet.width:
            continue
        cells = filled.setdefault(left, sheet.columns[left].to_list())
        for row in range(top + 1, min(bottom + 1, sheet.height)):
            cells[row] = cells[row] or cells[top]
    return {index: pl.Series(cells, dtype=pl.String) for index, cells in filled.items()}


def aside(sheet: Sheet, layout: Layout, cells: Mapping[Column, pl.Series]) -> pl.Series:
    """Tell for each row below the header why it is no data: empty, total, note, header; null for data."""
    first = _first_filled(sheet, layout.first_row)
    frame = pl.DataFrame({"first": first, **{str(column.index): series for column, series in cells.items()}})
    stated = [
        str(column.index)
        for name, claims in layout.columns.items()
        for column in claims
        if layout.subject == "village" or name not in _PLACE_FIELDS
    ]
    places = [str(column.index) for column in cells if str(column.index) not in stated]
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in frame.columns if name != "first")
    keys = [str(layout.columns[name][0].index) for name in _KEYS if name in layout.columns]
    no_key = pl.all_horizontal(pl.lit(value=True), *(~_names_somebody(key) for key in keys))
    total = _any_total([*places, *keys, "first"]) & no_key
    note = pl.col("first").str.contains(_NOTE).fill_null(value=False)
    lone = (filled <= 1) & pl.col("first").str.contains(r"\p{Han}{5}|^[（(]?\d[、.．)）]|\p{Han}.*[:：]") & no_key
    return frame.select(
        pl.when(total)
        .then(pl.lit("total"))
        .when(note | lone.fill_null(value=False))
        .then(pl.lit("note"))
        .when(pl.all_horizontal(pl.col(name).is_null() for name in stated))
        .then(pl.lit("empty"))
        .when(_repeats_header(cells))
        .then(pl.lit("header"))
        .alias("aside")
    ).to_series()


def _names_somebody(key: str) -> pl.Expr:
    """Tell key cells with a number that is more than a count such as 3户 or 6人."""
    text = pl.col(key).fill_null("")
    return text.str.contains(r"\d") & ~text.str.contains(_COUNT)


def _any_total(names: list[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(_TOTAL).fill_null(value=False) for name in names)


def _first_filled(sheet: Sheet, first_row: int) -> pl.Series:
    columns = [column.slice(first_row) for column in sheet.columns[:_FIRST_COLUMNS]]
    frame = pl.DataFrame({str(index): column for index, column in enumerate(columns)})
    return cleaned(frame).select(pl.coalesce(pl.all())).to_series()


def _repeats_header(cells: Mapping[Column, pl.Series]) -> pl.Expr:
    """Tell rows in which at least two cells say what stands in the header above them."""
    labels = {str(column.index): column.label.rsplit("/", maxsplit=1)[-1] for column in cells}
    same = [(pl.col(name) == label).fill_null(value=False) for name, label in labels.items()]
    return pl.sum_horizontal(same) >= min(2, len(same))
