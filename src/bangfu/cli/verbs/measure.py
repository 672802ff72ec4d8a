"""`bangfu measure`: poverty and inequality of a table of people, without a register."""

from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bangfu.analysis.measures.indices import Measured, measure
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.report import INEQUALITY, POVERTY, change_report, measured_report
from bangfu.analysis.measures.sample import Design
from bangfu.cli.measuring import fraction, groups_table, line_of, rows_sentence, shown
from bangfu.cli.words import phrase
from bangfu.intake.analysis_tables import read_table
from bangfu.kernel.errors.tables import OptionUnusable
from bangfu.kernel.texts import Text

TITLES: Final = {
    "fgt0": Text("贫困发生率", "Incidence (FGT0)"),
    "fgt1": Text("贫困深度", "Depth (FGT1)"),
    "fgt2": Text("贫困强度", "Severity (FGT2)"),
    "watts": Text("瓦茨指数", "Watts"),
    "sen": Text("森指数", "Sen"),
    "sst": Text("森-肖罗克斯-索恩指数", "Sen-Shorrocks-Thon"),
    "rmpg": Text("相对中位贫困差距", "Relative median poverty gap"),
    "gini": Text("基尼系数", "Gini"),
    "gini_convey": Text("基尼系数（convey口径）", "Gini (form of convey)"),
    "theil_t": Text("泰尔指数 T", "Theil T"),
    "theil_l": Text("泰尔指数 L", "Theil L"),
    "ge2": Text("广义熵 GE(2)", "GE(2)"),
    "atkinson_05": Text("阿特金森 0.5", "Atkinson 0.5"),
    "atkinson_1": Text("阿特金森 1", "Atkinson 1"),
    "atkinson_2": Text("阿特金森 2", "Atkinson 2"),
    "qsr": Text("五等分收入比 S80/S20", "S80/S20"),
}
STEPS: Final = Text("不小于0的整数", "a whole number, zero or more")


def run(
    *,
    file: Path,
    welfare: str,
    columns: tuple[str | None, ...],
    lines: tuple[str | None, str | None, str | None],
    at_or_below: bool,
    lorenz: int,
    against: Path | None,
    against_line: str | None,
    growth: int,
) -> dict[str, Any]:
    """Read the table, measure it, and compare it with an earlier one where that is asked."""
    for option, steps in (("--lorenz", lorenz), ("--growth", growth)):
        if steps < 0:
            raise OptionUnusable(option=option, given=steps, wanted=STEPS)
    design = Design(*columns)
    line = line_of(*lines, at_or_below=at_or_below)
    measured = _measured(file, welfare, design, line)
    told = {"file": file.name, **measured_report(measured, lorenz_steps=lorenz)}
    if against is None:
        return told
    if against_line is not None:
        line = Line(float(fraction("--against-line", against_line)), at_or_below=at_or_below)
    before = _measured(against, welfare, Design(design.weight, design.strata, design.cluster), line)
    return told | {"change": {"file": against.name, **change_report(before, measured, steps=growth or 1)}}


def _measured(file: Path, welfare: str, design: Design, line: Line | None) -> Measured:
    asked = (welfare, design.weight, design.strata, design.cluster, design.by)
    table = read_table(file, list(dict.fromkeys(name for name in asked if name is not None)))
    return measure(table, welfare, design, line)


def show(result: dict[str, Any], console: Console) -> None:
    """Print the line, the indices with their standard errors, the groups, and what changed."""
    console.print(
        phrase(
            "人口 %(population)s，人均 %(mean)s，中位数 %(median)s，贫困线 %(line)s，填平缺口需 %(gap)s",
            "Population %(population)s, mean %(mean)s, median %(median)s, line %(line)s, gap to fill %(gap)s",
            gap=shown(result["gap_money"]),
            **{name: shown(result[name]) for name in ("population", "mean", "median", "line")},
        ),
        highlight=False,
    )
    names = INEQUALITY if result["line"] is None else (*POVERTY, *INEQUALITY)
    table = Table(phrase("指数", "Index"), phrase("数值", "Value"), phrase("标准误", "Standard error"), box=None)
    for name in names:
        table.add_row(_title(name), shown(result[name]["value"]), shown(result[name]["se"]))
    console.print(table)
    if result["not_positive"]:
        console.print(
            phrase(
                "%(count)s 行收入不大于零：泰尔、阿特金森指数不含这些行，瓦茨指数只计入总人口",
                "%(count)s rows have no welfare above zero: left out of Theil and Atkinson; "
                "Watts counts them in the population only",
                count=result["not_positive"],
            ),
            highlight=False,
        )
    if "by" in result:
        chosen = ("gini", "theil_t") if result["line"] is None else ("fgt0", "fgt1", "fgt2", "gini")
        console.print(groups_table(result["by"], {name: _title(name) for name in chosen}))
    if "change" in result:
        _show_change(result["change"], console)
    console.print(rows_sentence(result), highlight=False)


def _title(name: str) -> str:
    return phrase(TITLES[name].zh, TITLES[name].en)


def _show_change(change: dict[str, Any], console: Console) -> None:
    """Print the parts of the change and how the quantiles grew."""
    parts = Table(
        *(
            phrase(zh, en)
            for zh, en in (
                ("指数", "Index"),
                ("之前", "Before"),
                ("变化", "Change"),
                ("增长", "Growth"),
                ("分配", "Redistribution"),
                ("标准误", "Standard error"),
            )
        ),
        box=None,
    )
    for name, one in change.get("decomposition", {}).items():
        figures = (one[part] for part in ("before", "change", "growth", "redistribution", "se"))
        parts.add_row(_title(name), *map(shown, figures))
    console.print(parts)
    grown = change["growth_incidence"]
    console.print(
        phrase(
            "平均增长 %(mean)s，贫困人口增长 %(poor)s",
            "Growth of the mean %(mean)s, of the poor %(poor)s",
            mean=shown(grown["mean"]),
            poor=shown(grown.get("poor")),
        ),
        highlight=False,
    )
