"""`bangfu mpi`: deprivations counted together, without a register."""

from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bangfu.analysis.measures.multidimensional import Scheme, count_deprivations
from bangfu.analysis.measures.report import deprivation_report
from bangfu.analysis.measures.sample import Design
from bangfu.cli.measuring import fraction, groups_table, rows_sentence, shown
from bangfu.cli.words import phrase
from bangfu.intake.analysis_tables import read_table
from bangfu.kernel.errors.tables import OptionUnusable
from bangfu.kernel.texts import Text

TITLES: Final = {
    "h": Text("发生率 H", "Incidence H"),
    "a": Text("平均剥夺份额 A", "Intensity A"),
    "m0": Text("多维贫困指数 M0", "Adjusted headcount M0"),
}
CUTOFF: Final = Text(
    "0到1之间的份额（1/3、0.33、33%）或不超过100的百分数", "a share up to 1 (1/3, 0.33, 33%) or per cent up to 100"
)
NAMES: Final = Text("逗号分隔、不重复的列名", "names of columns between commas, each once")
WEIGHTS: Final = Text(
    "与指标一样多的非负权重，合计大于0", "as many weights as indicators, none below zero and not all zero"
)
PER_CENT: Final = 100


def run(*, file: Path, indicators: str, weights: str | None, k: str, columns: tuple[str | None, ...]) -> dict[str, Any]:
    """Read the indicators, count, and tell."""
    scheme, design = scheme_of(indicators, weights, k), Design(*columns)
    asked = (*scheme.weights, design.weight, design.strata, design.cluster, design.by)
    table = read_table(file, list(dict.fromkeys(name for name in asked if name is not None)))
    return {"file": file.name, **deprivation_report(count_deprivations(table, scheme, design), scheme)}


def scheme_of(indicators: str, weights: str | None, k: str) -> Scheme:
    """Return the scheme that the options describe; raises OptionUnusable."""
    dimensions = [[name.strip() for name in part.split(",")] for part in indicators.split(";")]
    names = [name for part in dimensions for name in part]
    if not all(names) or len(set(names)) < len(names):
        raise OptionUnusable(option="--indicators", given=indicators, wanted=NAMES)
    cutoff = fraction("--k", k, CUTOFF)
    cutoff = cutoff / PER_CENT if cutoff > 1 else cutoff
    if not 0 < cutoff <= 1:
        raise OptionUnusable(option="--k", given=k, wanted=CUTOFF)
    if weights is None:
        return Scheme.nested(dimensions, cutoff)
    given: list[Fraction] = [fraction("--weights", each, WEIGHTS) for each in weights.replace(";", ",").split(",")]
    if len(given) != len(names) or min(given) < 0 or not sum(given):
        raise OptionUnusable(option="--weights", given=weights, wanted=WEIGHTS)
    return Scheme(dict(zip(names, given, strict=True)), cutoff)


def show(result: dict[str, Any], console: Console) -> None:
    """Print the indices with their standard errors, the indicators, the groups."""
    table = Table(phrase("指数", "Index"), phrase("数值", "Value"), phrase("标准误", "Standard error"), box=None)
    for name, title in TITLES.items():
        table.add_row(phrase(title.zh, title.en), shown(result[name]["value"]), shown(result[name]["se"]))
    console.print(table)
    titles = (
        phrase("指标", "Indicator"),
        phrase("权重", "Weight"),
        phrase("未删失发生率", "Deprived"),
        phrase("删失发生率", "Poor and deprived"),
        phrase("贡献率", "Contribution"),
    )
    parts = Table(*titles, box=None)
    for name, one in result["indicators"].items():
        figures = (result["weights"][name], one["uncensored"], one["censored"], one["contribution"])
        parts.add_row(name, *map(shown, figures))
    console.print(parts)
    if "by" in result:
        console.print(groups_table(result["by"], {name: phrase(one.zh, one.en) for name, one in TITLES.items()}))
    console.print(rows_sentence(result), highlight=False)
