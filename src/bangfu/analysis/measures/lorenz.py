"""Lorenz curves: which share of all welfare the poorest share of people has (洛伦兹曲线)."""

from typing import Any

import polars as pl

from bangfu.analysis.measures.ordered import MONEY, WEIGHT


def lorenz_points(ordered: pl.DataFrame, steps: int) -> list[dict[str, Any]]:
    """Return the curve at equal steps of people, from nobody to everybody.

    ordered  all rows as one ordered group
    steps    how many, at least 1
    Returns  one mapping per point: `people` (share), `welfare` (share; None where the total is not above zero)
             and `generalised` (the same times the mean: welfare per person). Between two people the curve is
             straight
    """
    below = ordered.select(people=WEIGHT.cum_sum(), welfare=MONEY.cum_sum())
    start = pl.DataFrame({"people": [0.0], "welfare": [0.0]})
    curve = pl.concat([start, below.select(pl.all() / pl.col("people").last())])
    mean = curve["welfare"][-1]
    points = []
    for step in range(steps + 1):
        share = step / steps
        height = _height(curve, share)
        points.append({"people": share, "welfare": height / mean if mean > 0 else None, "generalised": height})
    return points


def _height(curve: pl.DataFrame, share: float) -> float:
    """Return the height of a curve at a share of people, straight between its points."""
    people, welfare = curve["people"], curve["welfare"]
    right = min(int(people.search_sorted(share, side="left")), curve.height - 1)
    left = max(right - 1, 0)
    width = people[right] - people[left]
    part = (share - people[left]) / width if width else 0.0
    return float(welfare[left] + part * (welfare[right] - welfare[left]))
