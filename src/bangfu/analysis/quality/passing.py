"""One pass of quality rules over the tables of an area: derived columns, counts, truth values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from bangfu.analysis.frames import lazy
from bangfu.analysis.quality.columns import derive, reachable
from bangfu.analysis.quality.conditions import COUNTED_SUBJECTS, Column, Condition, Count, Law, Sum, own_comparisons
from bangfu.analysis.quality.expressions import Compiler
from bangfu.analysis.quality.rules import Rule, quality_fields
from bangfu.analysis.quality.setting import Setting
from bangfu.analysis.thresholds import threshold_column, thresholds
from bangfu.kernel.errors.parameters import ParameterNotInForce

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("village", "household", "person"),
    "household": ("village", "household"),
    "village": ("village",),
}
"""The columns that name a registered row, by subject."""

_HALF: Final = 1 << 32
"""One in the high half of a whole number."""

LEAVING: Final = ("死亡", "嫁出", "判刑收监", "出国定居", "转出")
"""Natural changes (自然减少) that end a membership."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The tables of one check and what their columns allow.

    tables   by subject, lazy
    columns  by subject: each column that is there or can be derived, with the derived columns it takes
    setting  the laws and the day
    counties the counties of the villages, whose own values go before the nation's
    """

    tables: Mapping[str, nw.LazyFrame[Any]]
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    setting: Setting
    counties: tuple[int, ...]

    @classmethod
    def over(cls, tables: Mapping[str, Any], setting: Setting) -> "Pass":
        """Return the pass over native tables by subject."""
        ready = {subject: _identified(lazy(table)) for subject, table in tables.items()}
        if "person" in ready:
            ready["person"] = _present_members(ready["person"], setting)
        columns = {subject: reachable(frame.collect_schema().names(), subject) for subject, frame in ready.items()}
        return cls(ready, columns, setting, _counties(ready.get("village")))

    def lacking(self, rule: Rule) -> tuple[str, ...]:
        """Return what a rule needs and this check does not have: columns, tables, dated values."""
        subject = rule.definition.subject
        named = {other: list(names) for other, names in rule.columns.items()}
        for counted in rule.counts:
            key = KEYS[subject][-1]
            named[subject].append(key)
            named[counted].append(key)
        absent = [
            f"{other}.{name}"
            for other, names in named.items()
            for name in names
            if name not in self.columns.get(other, {})
        ]
        absent += [name for law in rule.laws if not self._in_force(law) for name in law.names]
        return tuple(dict.fromkeys(absent))

    def prepare(
        self, subject: str, conditions: Mapping[str, Condition], shown: Iterable[str] = ()
    ) -> nw.LazyFrame[Any]:
        """Return a subject's table with one truth value per condition (null for unknown).

        conditions  by the name of the column that receives the truth value
        shown       other columns that must be in the table
        """
        compiler = Compiler(quality_fields(self.setting.parameters), subject, self._threshold)
        tests = {name: compiler.compile(condition, name) for name, condition in conditions.items()}
        frame = derive(
            self.tables[subject], subject, self._to_derive(subject, conditions.values(), shown), self.setting
        )
        if compiler.laws and self.counties:
            places = self.tables["village"].select("village", "county")
            frame = frame.join(places, on="village", how="left")
        for counted in dict.fromkeys(map(_counted, compiler.counts.values())):
            sides = {name: side for name, side in compiler.counts.items() if _counted(side) == counted}
            frame = self._with_counts(frame, counted, sides, KEYS[subject][-1])
        return frame.with_columns(test.alias(name) for name, test in tests.items())

    def _with_counts(
        self, frame: nw.LazyFrame[Any], counted: str, sides: Mapping[str, Count | Sum], key: str
    ) -> nw.LazyFrame[Any]:
        """Add counts and sums over the rows that belong to each household (or village).

        A count needs two numbers, the rows known to meet its condition and those that may. Both are
        summed at once, the second in the high half of one whole number: half the work of two sums.
        """
        asked = {name: side.which for name, side in sides.items() if isinstance(side, Count) and side.which is not None}
        sums = {name: side.column for name, side in sides.items() if isinstance(side, Sum)}
        rows = self.prepare(counted, asked, sums.values())
        numbers = {name: nw.lit(1) for name in sides}
        numbers |= {name: nw.col(column).fill_null(0) for name, column in sums.items()}
        for name in asked:
            known = nw.col(name).fill_null(value=False).cast(nw.Int64)
            numbers[name] = known + nw.col(name).is_null().cast(nw.Int64) * _HALF
        rows = rows.select(key, *(number.cast(nw.Int64).alias(name) for name, number in numbers.items()))
        counts = rows.group_by(key).agg(nw.col(name).sum().cast(nw.Int64) for name in numbers)
        frame = frame.join(counts, on=key, how="left").with_columns(nw.col(name).fill_null(0) for name in numbers)
        possible = [(nw.col(name) // _HALF + nw.col(name) % _HALF).alias(f"{name}_high") for name in asked]
        frame = frame.with_columns(possible) if possible else frame
        return frame.with_columns((nw.col(name) % _HALF).alias(name) for name in asked) if asked else frame

    def _to_derive(self, subject: str, conditions: Iterable[Condition], shown: Iterable[str]) -> list[str]:
        sides = (
            side
            for condition in conditions
            for comparison in own_comparisons(condition)
            for side in (comparison.left, comparison.right)
        )
        names = [*shown, *(side.name for side in sides if isinstance(side, Column))]
        return [derived for name in names for derived in self.columns[subject][name]]

    def _threshold(self, law: Law) -> nw.Expr:
        programme, name = self.setting.in_force(law.names, self.counties[0] if self.counties else None)
        if self.counties:
            return threshold_column(thresholds(programme, name, self.setting.on, self.counties))
        return nw.lit(programme.value(name, self.setting.on, self.setting.region).value, nw.Int64)

    def _in_force(self, law: Law) -> bool:
        try:
            self._threshold(law)
        except ParameterNotInForce:
            return False
        return True


def _counties(villages: nw.LazyFrame[Any] | None) -> tuple[int, ...]:
    if villages is None or "county" not in villages.collect_schema().names():
        return ()
    found = villages.select("county").unique().collect(backend="polars")["county"].to_list()
    return tuple(sorted(county for county in found if county is not None))


def _counted(side: Count | Sum) -> str:
    return COUNTED_SUBJECTS[side.of] if isinstance(side, Count) else "person"


def _identified(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Let a staged table without register ids use its household numbers for what spans rows."""
    names = frame.collect_schema().names()
    if "household" in names or "household_no" not in names:
        return frame
    return frame.with_columns(household=nw.col("household_no"))


def _present_members(frame: nw.LazyFrame[Any], setting: Setting) -> nw.LazyFrame[Any]:
    """Leave out persons who died, married out or moved away: they are no members any more."""
    if "natural_change" not in frame.collect_schema().names():
        return frame
    leaving = [setting.number("natural_change", label) for label in LEAVING]
    return frame.filter(~nw.col("natural_change").is_in(leaving).fill_null(value=False))
