"""What was measured as plain values, in the shape in which every door gives it out (测度结果)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bangfu.analysis.measures.change import decompose_change, growth_incidence
from bangfu.analysis.measures.groups import parted_inequality, poor_shares
from bangfu.analysis.measures.indices import Measured
from bangfu.analysis.measures.lorenz import lorenz_points
from bangfu.analysis.measures.multidimensional import INDICES as MPI_INDICES
from bangfu.analysis.measures.multidimensional import Deprivation, Scheme

POVERTY: Final = ("fgt0", "fgt1", "fgt2", "watts", "sen", "sst", "rmpg")
INEQUALITY: Final = (
    "gini",
    "gini_convey",
    "theil_t",
    "theil_l",
    "ge2",
    "atkinson_05",
    "atkinson_1",
    "atkinson_2",
    "qsr",
)
Row = Mapping[str, Any]


def measured_report(measured: Measured, *, lorenz_steps: int = 0) -> dict[str, Any]:
    """Tell what was measured as plain values, ready for JSON.

    measured      what `indices.measure` returns
    lorenz_steps  into how many equal parts the Lorenz curve is cut; 0 leaves it out
    Returns       `line` (None without one), `line_se`, `strict`, what `_of_row` tells of everybody, `rows` (read,
                  used, dropped by reason, without_group), `design`; with groups `by` (the same of each group, and
                  its shares of people and of the poor) and `between_groups`; with steps `lorenz`
    """
    line = measured.line
    told = {
        "line": line.value if line else None,
        "line_se": measured.line_se,
        "strict": not line.at_or_below if line else None,
        **_of_row(measured.whole),
        "rows": measured.sample.account(),
        "design": measured.sample.design(),
    }
    if lorenz_steps:
        told["lorenz"] = lorenz_points(measured.ordered, lorenz_steps)
    if not measured.groups.is_empty():
        told["by"] = by_name(measured.sample.groups, measured.groups.iter_rows(named=True), _of_row)
        if line:
            for name, shares in zip(told["by"], poor_shares(measured.groups), strict=True):
                told["by"][name] |= shares
        told["between_groups"] = parted_inequality(measured.groups)
    return told


def _of_row(row: Row) -> dict[str, Any]:
    """Tell the indices of one group: counts and amounts plain, every index with value and standard error."""
    return {
        "population": row["people"],
        "sample": row["sample"],
        "poor": row.get("poor"),
        "mean": row["mean"],
        "mean_se": row["mean_se"],
        "median": row["median"],
        "median_se": row["median_se"],
        "gap_money": row.get("gap_money"),
        "not_positive": row["not_positive"],
        **{name: estimate(row, name) for name in (*POVERTY, *INEQUALITY)},
    }


def estimate(row: Row, name: str) -> dict[str, float | None]:
    """Return an index with its standard error; None for what is not known or was not asked for."""
    return {"value": row.get(name), "se": row.get(f"{name}_se")}


def by_name(names: tuple[str, ...], rows: Iterable[Row], told: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """Return what is told of each group by its name."""
    return {names[row["group"]]: told(row) for row in rows}


def change_report(before: Measured, after: Measured, *, steps: int) -> dict[str, Any]:
    """Tell what changed between two tables as plain values.

    before, after  both measured with lines, or both without
    steps          parts of people in the growth incidence curve
    Returns        `before` (what was measured then), `growth_incidence`, and with lines above zero
                   `decomposition`; see `change`
    """
    told = {"before": measured_report(before), "growth_incidence": growth_incidence(before, after, steps)}
    lines = [each.line.amount for each in (before, after) if each.line]
    means = [each.whole["mean"] for each in (before, after)]
    if lines and min(*lines, *means) > 0:
        told["decomposition"] = decompose_change(before, after)
    return told


def deprivation_report(found: Deprivation, scheme: Scheme) -> dict[str, Any]:
    """Tell deprivations as plain values.

    found    what `multidimensional.count_deprivations` returns
    scheme   the scheme that was asked
    Returns  `k`, `weights`, what is told of everybody (`sample`, `population`, `h`, `a`, `m0` with standard
             errors, `indicators`), `rows`, `design`, and with groups `by`
    """
    names = tuple(scheme.weights)
    told = {
        "k": float(scheme.cutoff),
        "weights": {name: float(share) for name, share in scheme.shares().items()},
        **_of_counts(found.whole, names),
        "rows": found.sample.account(),
        "design": found.sample.design(),
    }
    if not found.groups.is_empty():
        rows = found.groups.iter_rows(named=True)
        told["by"] = by_name(found.sample.groups, rows, lambda row: _of_counts(row, names))
    return told


def _of_counts(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "sample": row["sample"],
        "population": row["people"],
        **{name: estimate(row, name) for name in MPI_INDICES},
        "indicators": {
            name: {
                "uncensored": row[f"uncensored {name}"],
                "censored": row[f"censored {name}"],
                "contribution": row[f"contribution {name}"],
                "uncensored_se": row[f"uncensored {name}_se"],
                "censored_se": row[f"censored {name}_se"],
            }
            for name in names
        },
    }
