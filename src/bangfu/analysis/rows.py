"""The rows of a run: each household's outcomes and the values behind them, in one pass (判定结果)."""

from collections.abc import Iterable
from typing import Any, Final

import narwhals as nw
import polars as pl

from bangfu.analysis.clusters import clustered_households
from bangfu.analysis.criteria import criterion_column, decide, person_fact, shown_column
from bangfu.analysis.frames import Frames, folded_outcome, households_by_key
from bangfu.analysis.plan import IDENTIFY, Plan
from bangfu.params import Decision
from bangfu.rules.facts import Columns
from bangfu.rules.income import income_basis, income_compared, income_from_items, whole_fen_per_head

PLAIN: Final = {
    "village": pl.Int64,
    "household": pl.Int64,
    "county": pl.Int64,
    "status": pl.Int16,
    "persons": pl.Int32,
    "members": pl.Int32,
    "income_fen": pl.Int64,
    "income_heads": pl.Int32,
    "income_basis": pl.Int8,
    "income_pc_fen": pl.Int64,
}
"""Columns that every run has, whatever the programme asks."""


def judge(frames: Frames, plan: Plan) -> pl.DataFrame:
    """Judge every household by every criterion and decision of the plan.

    frames   one registered area
    plan     what the programme asks on the day
    Returns  one row per household, sorted by village and household: keys and county, `status`, `persons`
             (members counted), `members` (the same, unknown where the ledger declares another number),
             income as compared and where it comes from, `outcome` (identification), every other
             decision and class by name, and per criterion `<name>` and `<name>_value`.
             Outcomes are 1 yes, 0 no, null unknown
    """
    facts = dict(filter(None, (person_fact(each, plan.numbers(each)) for each in plan.criteria)))
    clustered = clustered_households(frames, facts, plan.leaving)
    households = households_by_key(frames, facts, plan.leaving) if clustered is None else clustered
    table = _with_criteria(_with_income(_with_members(households, plan, facts), plan), plan)
    outcomes = {outcome_column(decision): decide(decision.rule) for decision in plan.decisions}
    outcomes |= {each.name: decide(each.rule) for decision in plan.decisions for each in decision.classes}
    columns = [pl.col(name).cast(kind) for name, kind in PLAIN.items()]
    columns += [outcome.cast(pl.Int8).alias(name) for name, outcome in outcomes.items()]
    for criterion in plan.criteria:
        shown = pl.col(shown_column(criterion)).cast(pl.Int64)
        columns += [pl.col(criterion.name).cast(pl.Int8), shown.alias(f"{criterion.name}_value")]
    measure = plan.programme.income_measure
    told = {
        "persons": pl.col("persons").fill_null(0),
        "income_basis": income_basis(measure),
        "income_pc_fen": whole_fen_per_head(pl.col("income_fen"), pl.col("income_heads")),
    }
    asked = dict.fromkeys(name for each in (*columns, *told.values()) for name in each.meta.root_names())
    needed = [name for name in asked if name == "persons" or name not in told]
    if clustered is not None:
        judged: pl.LazyFrame = table.select(*needed).to_native()
    else:
        judged = table.select(*needed).collect(backend="polars").to_native().lazy().sort("village", "household")
    return judged.with_columns(**told).select(columns).collect(engine=frames.engine)


def outcome_column(decision: Decision) -> str:
    """Return the column that holds the outcome of a decision: `outcome` for identification, else its name."""
    return "outcome" if decision.name == IDENTIFY else decision.name


def _with_members(households: nw.LazyFrame[Any], plan: Plan, facts: Iterable[str]) -> nw.LazyFrame[Any]:
    counted, declared = nw.col("persons"), nw.col("declared_members")
    members = nw.when(declared.is_null() | (declared == counted)).then(counted)
    return households.with_columns(
        members.alias("members"),
        income_from_items(Columns(), plan.items).alias("income_from_items_fen"),
        *(folded_outcome(name).alias(name) for name in facts),
    )


def _with_income(table: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    fen, heads = income_compared(Columns(), plan.programme.income_measure)
    return table.with_columns(income_fen=fen, income_heads=heads)


def _with_criteria(table: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    return table.with_columns(**{each.name: criterion_column(each, plan) for each in plan.criteria})
