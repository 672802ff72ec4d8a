"""Units of parameters: what the whole number counts, and how it is shown."""

from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameUnknown
from bangfu.kernel.texts import Text
from bangfu.params.yaml_file import Cell

OPERATORS: Final = frozenset({"<", "<=", ">", ">="})
"""低于 is <, 超过 >, 不低于 >=; 以上, 以下 and 以内 include the number (民法典第一千二百五十九条)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a parameter (计量单位).

    name         the unit as files write it
    title        how it is called where the shown number stands
    denominator  for a share: the number that a share of one equals, so that rules compare
                 `part * denominator` with `value * whole`; 1 for everything else
    decimals     how many digits of the whole number stand behind the point when it is shown
    counts       false for a number that is read digit by digit, as a telephone's
    """

    name: str
    title: Text
    denominator: int = 1
    decimals: int = 0
    counts: bool = True

    def show(self, value: int) -> str:
        """Return the number as people read it: 295200 fen as 2,952.00, 200 basis points as 2."""
        if self.decimals == 0:
            return f"{value:,}" if self.counts else str(value)
        whole, part = divmod(abs(value), 10**self.decimals)
        digits = f"{part:0{self.decimals}d}"
        if self.denominator > 1:
            digits = digits.rstrip("0")
        sign = "-" if value < 0 else ""
        return f"{sign}{whole:,}.{digits}" if digits else f"{sign}{whole:,}"


def _unit(name: str, zh: str, en: str, denominator: int = 1, decimals: int = 0) -> Unit:
    return Unit(name=name, title=Text(zh=zh, en=en), denominator=denominator, decimals=decimals)


UNITS: Final[dict[str, Unit]] = {
    unit.name: unit
    for unit in (
        _unit("fen per person per year", "元/人·年", "yuan per person per year", decimals=2),
        _unit("fen per year", "元/年", "yuan per year", decimals=2),
        _unit("fen", "元", "yuan", decimals=2),
        _unit("basis points", "%", "%", denominator=10_000, decimals=2),
        _unit("days", "天", "days"),
        _unit("months", "个月", "months"),
        _unit("years", "年", "years"),
        _unit("years of age", "周岁", "years of age"),
        _unit("persons", "人", "persons"),
        _unit("households", "户", "households"),
        _unit("villages", "个村", "villages"),
        _unit("counties", "个县", "counties"),
        _unit("litres per person per day", "升/人·天", "litres per person per day"),
        _unit("minutes", "分钟", "minutes"),
        _unit("metres", "米", "metres"),
        _unit("times per year", "次/年", "times per year"),
        _unit("month of the year", "月", "month of the year"),
        _unit("entries", "项", "entries"),
        Unit("telephone number", Text(zh="电话号码", en="telephone number"), counts=False),
    )
}
"""Every unit that a parameter may have, by its name in files."""


def unit_at(cell: Cell) -> Unit:
    """Return the unit that a cell names; raises NameUnknown."""
    if cell.text() not in UNITS:
        known = ", ".join(UNITS)
        raise NameUnknown(file=cell.file, line=cell.spot.line, kind="the unit", name=cell.text(), known=known)
    return UNITS[cell.text()]
