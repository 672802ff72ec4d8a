"""Thresholds of a run: one value for the whole area, or one for each group of counties (标准取值)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from bangfu.params import Programme, Value


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold in force, and where: `counties` holds county codes, None means everywhere."""

    value: Value
    counties: tuple[int, ...] | None

    def holds_in(self, county: int | None) -> bool:
        """Tell whether this is the threshold of a county."""
        return self.counties is None or county in self.counties


def thresholds(programme: Programme, name: str, on: date, counties: Iterable[int]) -> tuple[Threshold, ...]:
    """Look up a value for every county of the area and group the counties that share it.

    programme  the programme that names the value
    name       name of the value
    on         day on which it must be in force
    counties   codes of the counties of the area
    Returns    one threshold for everywhere, or one for each group of counties, by the first county
    Raises     ParameterNotInForce when a county has no value on the day
    """
    groups: dict[Value, list[int]] = {}
    for county in sorted(counties):
        groups.setdefault(programme.value(name, on, county), []).append(county)
    if not groups:
        return (Threshold(programme.value(name, on), None),)
    if len(groups) == 1:
        return (Threshold(next(iter(groups)), None),)
    return tuple(Threshold(value, tuple(members)) for value, members in groups.items())


def threshold_column(found: tuple[Threshold, ...]) -> nw.Expr:
    """Turn thresholds into a column: a constant, or a choice by the `county` of each row.

    found    thresholds of one criterion, at least one
    Returns  whole numbers; unknown for a row whose county is, since its line is then unknown too
    """
    column = nw.lit(None, nw.Int64)
    for threshold in reversed(found):
        number = nw.lit(threshold.value.value, nw.Int64)
        if threshold.counties is None:
            return number
        column = nw.when(nw.col("county").is_in(threshold.counties)).then(number).otherwise(column)
    return column
