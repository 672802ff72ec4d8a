"""Figures on pages: how an indicator is shown, compared, defined, and which list of households stands behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from bangfu.analysis.figures import rounded
from bangfu.analysis.plan import LINE_RULE
from bangfu.kernel.money import FEN_PER_WAN, FEN_PER_YUAN
from bangfu.kernel.texts import Text, mark
from bangfu.params import Indicator, load
from bangfu.snapshots.figures import Value
from bangfu.web.templatetags.shown import MISSING, count, yuan

PER_CENT, FEN, FEN_EACH = "per cent", "fen", "fen per person"
_UNITS: Final = {
    FEN: mark("ten thousand yuan"),
    FEN_EACH: mark("yuan"),
    "households": mark("households"),
    "persons": mark("persons"),
}
_MEASURES: Final = {
    "households.guarantee_gap.yes": mark("households that lack one of the four guarantees at least"),
    "persons.income_poor.yes": mark("persons whose income per head is below the line"),
    "persons.income_poor.known": mark("persons whose income can be judged"),
    "persons.income_pc_fen.known": mark("persons for whom there is an income"),
    "sum.lines_fen": mark("the line, once for each of these persons"),
    "sum.line_squares": mark("the square of the line, once for each of these persons"),
    "sum.gap_squares": mark("the squares of the gaps to the line"),
    "sum.incomes_fen": mark("the incomes of these persons"),
    "gini.above": mark("differences of income between every two persons"),
    "gini.below": mark("the incomes of every two persons"),
}
_OF_ALL: Final = frozenset({"households", "persons", "sum.incomes_fen", "households.income_known.yes"})


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means: in words, what is counted over what, and these two numbers."""

    words: Text
    numerator: Text | str
    denominator: Text | str
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure: its title, number, and the list behind it."""

    title: Text
    shown: str
    link: str


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure of a place.

    shown, unit  the figure, and what it counts
    beside       the same as a share, or the share's two numbers
    change       what changed since the period before, with its sign; empty where nothing can be compared
    link         the list of households behind it; empty for who may not read it
    """

    title: Text
    shown: str
    unit: str
    beside: str
    change: str
    link: str
    definition: Definition
    parts: tuple[Part, ...] = ()


def exact(indicator: Indicator, value: Value | None) -> Fraction | None:
    """Return the figure as an exact number; None where it is unknown or has nothing to be a share of."""
    above, below = value or (None, None)
    if above is None:
        return None
    if indicator.denominator is None:
        return Fraction(above)
    return Fraction(above, below) if below else None


def shown(indicator: Indicator, number: Fraction | None) -> str:
    """Return the figure as people read it, without its unit unless that is a sign."""
    if number is None:
        return MISSING
    if indicator.unit == PER_CENT:
        return f"{rounded(number * 100, 2):,}%"
    if indicator.unit == FEN:
        return f"{rounded(number / FEN_PER_WAN, 2):,}"
    if indicator.unit == FEN_EACH:
        return f"{rounded(number / FEN_PER_YUAN, 2):,}"
    return count(int(number))


def unit_of(indicator: Indicator) -> str:
    """Return the word of the unit; empty where the figure carries its sign."""
    return gettext(_UNITS[indicator.unit]) if indicator.unit in _UNITS else ""


def change(indicator: Indicator, now: Fraction | None, before: Fraction | None, *, bare: bool = False) -> str:
    """Return how much the figure rose or fell, with its sign; empty where one of both is unknown.

    bare  without the word for percentage points, where the heading of a column says it
    """
    if now is None or before is None:
        return ""
    points = indicator.unit == PER_CENT
    size = shown(indicator, abs(now - before)).rstrip("%" if points else "")
    moved = size.strip("0.,")
    sign = ("+" if now > before else "−") if moved else "±"
    number = f"{sign}{size}" if moved else "±0"
    return gettext("%(number)s points") % {"number": number} if points and not bare else number


def counted(indicator: Indicator) -> Indicator:
    """Return what stands above the line of a share as an indicator of its own."""
    return replace(indicator, denominator=None, unit=indicator.numerator.partition(".")[0])


def definition(indicator: Indicator, value: Value | None, known: Iterable[Indicator]) -> Definition:
    """Return what a figure means, with its two numbers."""
    above, below = value or (None, None)
    lower = indicator.denominator
    return Definition(
        words=indicator.definition,
        numerator=_measure(indicator.numerator, indicator, known),
        denominator="" if lower is None else _measure(lower, indicator, known),
        above=_amount(indicator.numerator, above),
        below="" if lower is None else _amount(lower, below),
    )


def list_behind(indicator: Indicator, criteria: Mapping[str, Any], place: str, run: str) -> str:
    """Return the address of the list of households that a figure counts; empty when no filter says it.

    criteria  the criteria of the run, as its manifest has them
    """
    terms = _terms(indicator.numerator, criteria)
    if terms is None:
        return ""
    return f"{reverse('households')}?{urlencode({'place': place, 'run': run, **terms})}"


def _terms(measure: str, criteria: Mapping[str, Any]) -> dict[str, str] | None:
    if measure in _OF_ALL:
        return {}
    line = next((name for name, one in criteria.items() if one["function"] == LINE_RULE), None)
    if measure in {"sum.gap_fen", "persons.income_poor.yes"}:
        return {"gap": line} if line else None
    _, _, rest = measure.partition(".")
    column, _, answer = rest.partition(".")
    if column == "outcome":
        return {"outcome": answer}
    if column == "registered":
        return {"status": "registered"}
    return {"gap": column} if column in criteria and answer == "yes" else None


def _measure(name: str, indicator: Indicator, known: Iterable[Indicator]) -> Text | str:
    """Return what a measure counts, in words: those of the indicator that counts it alone, or our own."""
    if name in _MEASURES:
        return gettext(_MEASURES[name])
    if name.startswith("village."):
        return load().fields["village"][name.removeprefix("village.")].title
    alone = (one.title for one in known if one.numerator == name and one.denominator is None)
    return next(alone, indicator.title)


def _amount(measure: str, number: int | None) -> str:
    return yuan(number) if measure.startswith("sum.") and measure.endswith("_fen") else count(number)
