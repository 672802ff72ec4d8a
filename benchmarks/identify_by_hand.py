"""Identification and exit of cn_2014 on one day, written by hand in plain Polars: the measure for the run's speed."""

from pathlib import Path

import polars as pl

from bangfu.params import load

LINE, EXIT_LINE = 295_200, 314_600
SCHOOL = load().programme("cn_2014").criteria["education_gap"].codes
FORM = ("wage_fen", "business_fen", "property_fen")
PARTS = ("dibao_fen", "tekun_fen", "pension_fen", "family_planning_fen", "eco_compensation_fen", "other_transfer_fen")
LACKS = ("housing_unsafe", "water_unsafe", "education_gap", "medical_gap", "food_unassured", "clothing_unassured")
CRITERIA = {
    "income_below_line": "income_pc_fen",
    "housing_unsafe": "housing_grade",
    "water_unsafe": "water_safe",
    "education_gap": "out_of_school_count",
    "medical_gap": "uninsured_count",
    "income_above_exit_line": "income_pc_fen",
    "food_unassured": "food_assured",
    "clothing_unassured": "clothing_assured",
}
KEYS = (
    "village",
    "household",
    "county",
    "status",
    "persons",
    "members",
    "income_fen",
    "income_heads",
    "income_basis",
    "income_pc_fen",
)
SHARES = {
    "education_gap_households": ("education_gap", "households"),
    "housing_unsafe_households": ("housing_unsafe", "households"),
    "medical_gap_households": ("medical_gap", "households"),
    "water_unsafe_households": ("water_unsafe", "households"),
    "income_known": ("income_known", "households"),
    "exit_ready_households": ("exit_ready", "registered"),
    "undecided_households": ("undecided", "households"),
    "eligible_households": ("outcome", None),
    "ineligible_households": ("ineligible", None),
    "registered_households": ("registered", None),
    "households": ("households", None),
    "persons": ("persons", None),
    "eligible_persons": ("eligible_persons", None),
    "registered_persons": ("registered_persons", None),
    "incidence": ("registered_persons", "population"),
    "measured_incidence": ("eligible_persons", "population"),
    "income_poverty": ("income_poor", "income_judged"),
    "gap_money": ("gap", None),
    "poverty_depth": ("gap", "lines"),
    "poverty_severity": ("gap_squares", "line_squares"),
    "mean_income": ("incomes", "income_persons"),
    "income_gini": ("gini_above", "gini_below"),
}
WIDE = pl.Int128
MILLION_BILLIONS = 10**15

c = pl.col


def identify_by_hand(folder: Path) -> tuple[pl.DataFrame, ...]:
    """Judge the households, villages and counties of the area in a folder and count its indicators.

    Households and persons are one file each, or a folder of files.
    """
    needed = ("village", "county", "population", "village_income_pc_fen", "collective_income_fen")
    villages = pl.scan_parquet(folder / "villages.parquet").select(needed).collect()
    rows = _rows(folder, villages)
    return rows, _indicators(rows, villages, pl.read_parquet(folder / "places.parquet")), _places(rows, villages)


def _scan(folder: Path, name: str) -> pl.LazyFrame:
    file = folder / f"{name}.parquet"
    return pl.scan_parquet(file if file.exists() else folder / name)


def _places(rows: pl.DataFrame, villages: pl.DataFrame) -> pl.DataFrame:
    poor = rows.filter(c("status").is_in([1, 3])).group_by("village").agg(poor=c("persons").sum().cast(pl.Int64))
    table = villages.join(poor, on="village", how="left")
    table = table.with_columns(c("poor").fill_null(0), c("population").cast(pl.Int64))
    known = pl.when(c("population").null_count() == 0).then(c("population").sum())
    counties = table.group_by("county").agg(c("poor").sum(), population=known)
    within = pl.when(c("population") > 0).then(c("poor") * 10_000 <= c("population") * 200).cast(pl.Int8)
    unknown, none = pl.lit(None, pl.Int64), pl.lit(None, pl.Int8)
    bare = (c("collective_income_fen") <= 0).cast(pl.Int8)
    asked = (
        ("village_incidence_high", none, c("poor"), c("population")),
        ("village_income_low", none, c("village_income_pc_fen"), unknown),
        ("collective_income_absent", bare, c("collective_income_fen"), unknown),
        ("identify_village", pl.when(bare == 0).then(pl.lit(0, pl.Int8)), unknown, unknown),
        ("incidence_within_limit", within, c("poor"), c("population")),
        ("exit_village", within, unknown, unknown),
    )
    parts = [
        table.select(
            place="village", subject=pl.lit("village"), name=pl.lit(name), outcome=outcome, value=value, whole=whole
        )
        for name, outcome, value, whole in asked
    ]
    for name, value, whole in (
        ("incidence_within_limit", c("poor"), c("population")),
        ("exit_county", unknown, unknown),
    ):
        county = {"subject": pl.lit("county"), "name": pl.lit(name)}
        parts.append(counties.select(place="county", **county, outcome=within, value=value, whole=whole))
    return pl.concat(parts).sort("place", "subject", "name")


def _members(folder: Path) -> pl.LazyFrame:
    absent = (
        pl.when(c("education_level").is_in(SCHOOL["education_level"]))
        .then(pl.lit(value=False))
        .when(c("dropout_reason").is_not_null())
        .then(c("dropout_reason").is_in(SCHOOL["dropout_reason"]))
        .when(c("enrolment").is_not_null())
        .then(c("enrolment").is_in(SCHOOL["enrolment"]))
    )
    out = (c("age") >= 6) & (c("age") <= 15) & absent
    resident, employee = c("resident_medical") == 1, c("employee_medical") == 1
    insured = resident | employee | (c("resident_medical").is_null() & (c("serious_illness") == 1))
    uninsured = pl.when(insured).then(pl.lit(value=False)).when(~resident & ~employee).then(pl.lit(value=True))
    kept = _scan(folder, "persons").filter(~c("natural_change").is_in([11, 12, 13, 14, 15]).fill_null(value=False))
    signed = {"out": (out.cast(pl.Int8) * 2 - 1).fill_null(0), "un": (uninsured.cast(pl.Int8) * 2 - 1).fill_null(0)}
    return (
        kept.select("household", **signed)
        .group_by("household")
        .agg(
            persons=pl.len().cast(pl.Int32),
            out=c("out").max(),
            un=c("un").max(),
            out_of_school_count=(c("out") == 1).cast(pl.Int64).sum(),
            uninsured_count=(c("un") == 1).cast(pl.Int64).sum(),
        )
    )


def _rows(folder: Path, villages: pl.DataFrame) -> pl.DataFrame:
    table = (
        _scan(folder, "households")
        .join(villages.lazy().select("village", "county"), on="village", how="left")
        .join(_members(folder), on="household", how="left")
    )
    parts = pl.when(pl.any_horizontal(c(name).is_not_null() for name in PARTS)).then(pl.sum_horizontal(PARTS))
    items = sum((c(name) for name in FORM), pl.coalesce("transfer_fen", parts)) - c("business_cost_fen")
    declared = c("declared_members").is_null() | (c("declared_members") == c("persons"))
    table = table.with_columns(
        items=items,
        members=pl.when(declared).then("persons").cast(pl.Int64),
        persons=c("persons").fill_null(0),
        education_gap=pl.when(c("out") != 0).then(c("out") == 1),
        medical_gap=pl.when(c("un") != 0).then(c("un") == 1),
        water_unsafe=pl.when(c("water_difficult") == 1).then(pl.lit(value=True)).otherwise(c("water_safe") != 1),
        housing_unsafe=c("housing_grade").is_in([3, 4, 6]),
        food_unassured=c("food_assured") != 1,
        clothing_unassured=c("clothing_assured") != 1,
    )
    table = _with_income(table)
    met = pl.all_horizontal("income_above_exit_line", *(~c(name) for name in LACKS))
    chosen = [c(name).cast(pl.Int32) if name in {"members", "income_heads"} else c(name) for name in KEYS]
    outcomes = [c("income_below_line").cast(pl.Int8).alias("outcome"), met.cast(pl.Int8).alias("exit")]
    pairs = [
        (c(name).cast(pl.Int8), c(shown).cast(pl.Int64).alias(f"{name}_value")) for name, shown in CRITERIA.items()
    ]
    return (
        table.select(*chosen, *outcomes, *(each for pair in pairs for each in pair))
        .sort("village", "household")
        .collect()
    )


def _with_income(table: pl.LazyFrame) -> pl.LazyFrame:
    by_items, by_head, by_total = (c(n).is_not_null() for n in ("items", "net_income_pc_fen", "net_income_fen"))
    return table.with_columns(
        income_fen=pl.coalesce("items", "net_income_pc_fen", "net_income_fen"),
        income_heads=pl.when(~by_items & by_head).then(1).otherwise("members"),
        income_basis=pl.when(by_items).then(1).when(by_head).then(2).when(by_total).then(3).cast(pl.Int8),
    ).with_columns(
        income_pc_fen=c("income_fen").floordiv(c("income_heads")),
        income_below_line=c("income_fen") < LINE * c("income_heads"),
        income_above_exit_line=c("income_fen") > EXIT_LINE * c("income_heads"),
    )


def _indicators(rows: pl.DataFrame, villages: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    registered, persons = c("status").is_in([1, 3]), c("persons").cast(pl.Int64)
    plain = ("education_gap", "housing_unsafe", "medical_gap", "water_unsafe", "outcome")
    counted = rows.group_by("village").agg(
        *((c(name) == 1).sum().cast(pl.Int64) for name in plain),
        income_known=c("income_basis").is_not_null().sum().cast(pl.Int64),
        exit_ready=(registered & (c("exit") == 1)).sum().cast(pl.Int64),
        undecided=c("outcome").null_count().cast(pl.Int64),
        ineligible=(c("outcome") == 0).sum().cast(pl.Int64),
        registered=registered.sum().cast(pl.Int64),
        households=pl.len().cast(pl.Int64),
        persons=persons.sum(),
        eligible_persons=persons.filter(c("outcome") == 1).sum(),
        registered_persons=persons.filter(registered).sum(),
        **_income_sums(persons),
    )
    table = villages.select("village", c("population").cast(pl.Int64)).join(counted, on="village", how="left")
    table = table.with_columns(pl.all().exclude("village", "population").fill_null(0))
    level = table.select("village", place="village")
    levels = [level]
    while level.height:
        level = level.join(places, on="place").select("village", place="parent").drop_nulls()
        levels.append(level)
    placed = pl.concat(levels).join(table, on="village").drop("village").group_by("place")
    added = placed.agg(pl.when(pl.all().null_count() == 0).then(pl.all().sum()))
    added = added.join(_gini(rows, pl.concat(levels)), on="place", how="left")
    below = {
        name: pl.lit(None, pl.Int64) if whole is None else c(whole).replace(0, None)
        for name, (_, whole) in SHARES.items()
    }
    tables = [
        added.select("place", indicator=pl.lit(name), numerator=c(part).cast(WIDE), denominator=below[name].cast(WIDE))
        for name, (part, _) in SHARES.items()
    ]
    return _fitting(pl.concat(tables)).sort("place", "indicator")


def _fitting(told: pl.DataFrame) -> pl.DataFrame:
    above, whole = c("numerator"), c("denominator")
    large = pl.max_horizontal(above.abs(), whole.abs()) >= 1 << 63
    return told.with_columns(
        numerator=pl.when(large).then(above * MILLION_BILLIONS // whole).otherwise(above).cast(pl.Int64),
        denominator=pl.when(large).then(MILLION_BILLIONS).otherwise(whole).cast(pl.Int64),
    )


def _income_sums(persons: pl.Expr) -> dict[str, pl.Expr]:
    judged, poor = c("income_below_line").is_not_null(), c("income_below_line") == 1
    gap, wide = persons * (LINE - c("income_pc_fen")), persons.cast(WIDE)
    return {
        "income_poor": persons.filter(poor).sum(),
        "income_judged": persons.filter(judged).sum(),
        "gap": gap.filter(poor).sum(),
        "lines": (persons * LINE).filter(judged).sum(),
        "gap_squares": (gap.cast(WIDE) * (LINE - c("income_pc_fen"))).filter(poor).sum(),
        "line_squares": (wide * LINE**2).filter(judged).sum(),
        "incomes": (persons * c("income_pc_fen")).sum(),
        "income_persons": persons.filter(c("income_pc_fen").is_not_null()).sum(),
    }


def _gini(rows: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    people = rows.drop_nulls("income_pc_fen").select("village", w=c("persons").cast(pl.Int64), y="income_pc_fen")
    placed = people.sort("y").join(levels, on="village", maintain_order="left").group_by("place")
    money, ranks = (c("w") * c("y")).cast(WIDE), 2 * c("w").cum_sum() - c("w")
    both = placed.agg(ranked=(money * ranks).sum(), gini_below=c("w").cast(WIDE).sum() * money.sum())
    return both.select("place", "gini_below", gini_above=c("ranked") - c("gini_below"))
