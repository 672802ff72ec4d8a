"""Commands that work on any table, without a register: their names, options and help."""

from pathlib import Path
from typing import Annotated

import typer

from bangfu.cli.door import call
from bangfu.cli.options import By, Cluster, Json, Strata, Weight

Welfare = Annotated[str, typer.Option(help="收入或消费列 Column of income or consumption per person.")]
LineAmount = Annotated[str | None, typer.Option(help="贫困线（金额） The line, an amount.")]
LineMedian = Annotated[str | None, typer.Option(help="贫困线为中位数的份额，如 0.6 Line as a share of the median.")]
LineMean = Annotated[str | None, typer.Option(help="贫困线为平均数的份额，如 0.5 Line as a share of the mean.")]
AtOrBelow = Annotated[
    bool, typer.Option("--at-or-below", help="恰在线上也算贫困 Those exactly on the line are poor too.")
]
Lorenz = Annotated[int, typer.Option(help="洛伦兹曲线分段数，0 为不要 Steps of the Lorenz curve; 0 for none.")]
Against = Annotated[Path | None, typer.Option(help="与较早的表比较 An earlier table to compare with.")]
AgainstLine = Annotated[str | None, typer.Option(help="较早年份的贫困线 The earlier line, if it is another amount.")]
GrowthSteps = Annotated[
    int, typer.Option(help="增长发生曲线分段数 Steps of the growth incidence curve, with --against.")
]


def measure(
    file: Path,
    *,
    welfare: Welfare,
    weight: Weight = None,
    line: LineAmount = None,
    line_median: LineMedian = None,
    line_mean: LineMean = None,
    at_or_below: AtOrBelow = False,
    by: By = None,
    strata: Strata = None,
    cluster: Cluster = None,
    lorenz: Lorenz = 0,
    against: Against = None,
    against_line: AgainstLine = None,
    growth: GrowthSteps = 20,
    as_json: Json = False,
) -> None:
    """测算贫困与不平等（CSV、Parquet、Excel）。 Measure poverty and inequality of any table, without a register."""
    call(
        "measure",
        as_json=as_json,
        home=False,
        file=file,
        welfare=welfare,
        columns=(weight, strata, cluster, by),
        lines=(line, line_median, line_mean),
        at_or_below=at_or_below,
        lorenz=lorenz,
        against=against,
        against_line=against_line,
        growth=growth,
    )


def mpi(
    file: Path,
    *,
    indicators: Annotated[
        str, typer.Option(help="0/1 剥夺指标列，分号分隔维度 Columns of 0 and 1; semicolons part dimensions: a,b;c.")
    ],
    k: Annotated[str, typer.Option(help="临界值：1/3、0.33、33% 或 33 Cut-off; above 1 it is per cent.")],
    weights: Annotated[
        str | None,
        typer.Option(help="指标权重，默认维度等权 Weights of the indicators (default: equal dimensions)."),
    ] = None,
    weight: Weight = None,
    strata: Strata = None,
    cluster: Cluster = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """多维贫困（Alkire-Foster）。 Count deprivations together: incidence, intensity, adjusted headcount."""
    columns = (weight, strata, cluster, by)
    call("mpi", as_json=as_json, home=False, file=file, indicators=indicators, weights=weights, k=k, columns=columns)


def growth(
    file: Path,
    *,
    area: Annotated[str, typer.Option(help="地区列 Column of the areas.")],
    growth: Annotated[str, typer.Option(help="增速列（%） Column of their growth, per cent.")],
    than: Annotated[
        list[str], typer.Option(help="参照：名称=增速[±标准误]，可多次 Reference: NAME=PER CENT[±SE]; may be repeated.")
    ],
    se: Annotated[str | None, typer.Option(help="增速标准误列 Column of the standard errors.")] = None,
    as_json: Json = False,
) -> None:
    """增速比较（三个高于）。 Compare growth: strictly higher or not, and by how many percentage points."""
    call("growth", as_json=as_json, home=False, file=file, area=area, growth=growth, se=se, than=than)
