"""`bangfu growth`: three comparisons of growth, each strict and for itself."""

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bangfu.analysis.measures.columns import numbers, words
from bangfu.analysis.measures.comparisons import Growth, compare_growth
from bangfu.cli.measuring import fraction, shown
from bangfu.cli.words import phrase
from bangfu.intake.analysis_tables import read_table
from bangfu.kernel.errors.tables import NothingToMeasure, OptionUnusable
from bangfu.kernel.texts import Text

REFERENCE: Final = Text("名称=增速，如 全市=9.1 或 全市=9.1±0.4", "NAME=PER CENT, such as city=9.1 or city=9.1±0.4")


def run(*, file: Path, area: str, growth: str, se: str | None, than: list[str]) -> dict[str, Any]:
    """Compare the growth of every area of a table with each reference."""
    table = read_table(file, list(dict.fromkeys(name for name in (area, growth, se) if name is not None)))
    names, rates = words(table, area).to_list(), numbers(table, growth).to_list()
    errors = numbers(table, se).to_list() if se else [None] * len(names)
    areas = {
        name: Growth(rate, error)
        for name, rate, error in zip(names, rates, errors, strict=True)
        if name is not None and rate is not None
    }
    if not areas:
        raise NothingToMeasure(file=file.name, read=len(names), dropped=len(names))
    references = dict(map(reference_of, than))
    compared = compare_growth(areas, references)
    told = {
        name: {
            "growth": areas[name].percent,
            "higher_than_all": all(one.higher for one in of_area.values()),
            "than": {other: asdict(one) for other, one in of_area.items()},
        }
        for name, of_area in compared.items()
    }
    return {
        "file": file.name,
        "references": {name: asdict(one) for name, one in references.items()},
        "areas": told,
        "rows": {"read": len(names), "used": len(areas)},
    }


def reference_of(text: str) -> tuple[str, Growth]:
    """Return a reference written as NAME=PERCENT or NAME=PERCENT±SE; raises OptionUnusable."""
    name, _, figure = text.partition("=")
    percent, _, error = figure.replace("+-", "±").partition("±")
    spread: Fraction | None = fraction("--than", error, REFERENCE) if error else None
    if not name.strip() or (spread is not None and spread < 0):
        raise OptionUnusable(option="--than", given=text, wanted=REFERENCE)
    growth = float(fraction("--than", percent, REFERENCE))
    return name.strip(), Growth(growth, None if spread is None else float(spread))


def show(result: dict[str, Any], console: Console) -> None:
    """Print each area with its margin, in percentage points, over every reference."""
    table = Table(phrase("地区", "Area"), phrase("增速%%", "Growth %%"), *result["references"], box=None)
    for name, one in result["areas"].items():
        table.add_row(name, shown(one["growth"]), *(_margin(each) for each in one["than"].values()))
    console.print(table)
    console.print(
        phrase("数字为高出的百分点；✓ 表示严格高于", "Figures are percentage points; ✓ means strictly higher"),
        highlight=False,
    )


def _margin(one: dict[str, Any]) -> str:
    probability = "" if one["probability"] is None else f" (P={one['probability']:.3f})"
    return f"{one['margin']:+.6g}{' ✓' if one['higher'] else ''}{probability}"
