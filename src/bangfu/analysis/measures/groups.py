"""Inequality between groups and within them, and each group's share of the poor (分组分解)."""

import polars as pl


def parted_inequality(groups: pl.DataFrame) -> dict[str, dict[str, float | None]]:
    """Part Theil's indices of people in groups: between the groups' means, and within the groups.

    groups   one row per group with `positive`, `positive_money`, `theil_t` and `theil_l`, see `indices.measure`
    Returns  for theil_t and theil_l: `between`, `within` and `total`, which is their sum; None where nobody has
             welfare above zero
    """
    paid = groups.filter(pl.col("positive") > 0)
    if paid.is_empty():
        return dict.fromkeys(("theil_t", "theil_l"), dict.fromkeys(("between", "within", "total")))
    money, people = pl.col("positive_money"), pl.col("positive")
    relative = (money / people / (money.sum() / people.sum())).log()
    parts = {"theil_t": (money / money.sum(), relative), "theil_l": (people / people.sum(), -relative)}
    told: dict[str, dict[str, float | None]] = {}
    for name, (share, distance) in parts.items():
        between = paid.select((share * distance).sum()).item()
        within = paid.select((share * pl.col(name)).sum()).item()
        told[name] = {"between": between, "within": within, "total": between + within}
    return told


def poor_shares(groups: pl.DataFrame) -> list[dict[str, float | None]]:
    """Tell for each group its share of people and of the poor, the latter None where nobody is poor."""
    people, poor = groups["people"].sum(), groups["poor"].sum()
    return [
        {"share_of_people": own / people, "share_of_poor": lacking / poor if poor else None}
        for own, lacking in groups.select("people", "poor").iter_rows()
    ]
