"""Likely matches of list rows and registered persons by name, number as written, birth and place (概率匹配).

Splink weighs the pairs that its blocking rules let through, with a model that was prepared beforehand (`linkage.yaml`),
so that no training runs over anybody's names. All of it stays in this process's memory: the engine may not spill.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Final

import polars as pl
import yaml

from bangfu.kernel.errors.comparisons import LinkageMissing

CERTAIN_BP: Final = 10_000
_MEMORY: Final = "3GB"
_HALF: Final = 9
"""Characters of an identity number in its first half: one slip leaves the other half whole."""
SIDE: Final[dict[str, type[pl.DataType]]] = {
    "unique_id": pl.Int64,
    "name": pl.String,
    "pinyin": pl.String,
    "initials": pl.String,
    "id_no": pl.String,
    "sure": pl.Boolean,
    "born_on": pl.Int32,
    "town": pl.Int64,
    "village": pl.Int64,
}
"""Columns of either side; `unique_id` is the row's or the person's number, unknown facts are null."""
FOUND: Final[dict[str, type[pl.DataType]]] = {
    "line": pl.Int64,
    "person": pl.Int64,
    "score_bp": pl.Int32,
    "ambiguous": pl.Boolean,
}
"""Columns of the result: a row of the list, the person it means best, how likely, and whether another fits as well."""


@dataclass(frozen=True, slots=True)
class Model:
    """The prepared model; see the head of `linkage.yaml`."""

    matching_share_bp: int
    threshold_bp: int
    margin_bp: int
    blocking: tuple[str, ...]
    comparisons: Mapping[str, tuple[Mapping[str, Any], ...]]


@cache
def prepared_model() -> Model:
    """Return the model, read once."""
    document = yaml.safe_load(files("bangfu.decisions").joinpath("linkage.yaml").read_text("utf-8"))
    comparisons = {name: tuple(levels) for name, levels in document.pop("comparisons").items()}
    return Model(blocking=tuple(document.pop("blocking")), comparisons=comparisons, **document)


def linkage_stands() -> bool:
    """Tell whether the extra `link` is installed."""
    return find_spec("splink") is not None


def likely_matches(rows: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Return the person whom each row means best, where anybody is likely enough.

    rows      list rows with the columns of SIDE: id_no as written, `sure` where its check character is right
    register  persons with the columns of SIDE
    Returns   the columns of FOUND, one line for each row that is likely to mean somebody
    Raises    LinkageMissing when the extra `link` is not installed
    """
    if not linkage_stands():
        raise LinkageMissing
    if rows.is_empty() or register.is_empty():
        return pl.DataFrame(schema=FOUND)
    model = prepared_model()
    pairs = _pairs(_side(rows), _side(register), model)
    score, second = pl.col("score").first(), pl.col("score").get(1, null_on_oob=True).fill_null(0.0).alias("second")
    best = pairs.sort("line", "score", descending=[False, True]).group_by("line", maintain_order=True)
    tied = (pl.col("score") - pl.col("second") <= model.margin_bp / CERTAIN_BP) & (pl.col("second") > 0)
    enough = pl.col("score") + pl.when(tied).then("second").otherwise(0.0) >= model.threshold_bp / CERTAIN_BP
    return (
        best.agg(pl.col("person").first(), score, second)
        .filter(enough)
        .select(
            "line",
            "person",
            (pl.col("score") * CERTAIN_BP).floor().cast(pl.Int32).clip(0, CERTAIN_BP - 1).alias("score_bp"),
            tied.alias("ambiguous"),
        )
    )


def _side(frame: pl.DataFrame) -> pl.DataFrame:
    halves = pl.col("id_no").str.slice(0, _HALF), pl.col("id_no").str.slice(_HALF)
    return frame.select(pl.col(name).cast(kind) for name, kind in SIDE.items()).with_columns(
        id_start=pl.when(halves[0].str.len_chars() == _HALF).then(halves[0]),
        id_end=pl.when(halves[1].str.len_chars() == _HALF).then(halves[1]),
    )


def _pairs(rows: pl.DataFrame, register: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Return the pairs of half the threshold and more, for two of them may be a tie: line, person, score (0 to 1)."""
    duckdb, splink = import_module("duckdb"), import_module("splink")  # the extra `link`: who compares pays for it
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect(config={"temp_directory": "", "memory_limit": _MEMORY}) as connection:
        engine = splink.DuckDBAPI(connection)
        tables = [
            engine.register(frame.to_arrow(), table_name=name)
            for name, frame in (("list", rows), ("register", register))
        ]
        linker = splink.Linker(tables, _settings(model, register), log_level=None)
        found = linker.inference.predict(model.threshold_bp / CERTAIN_BP / 2, warning_mode="never")
        table = connection.table(found.physical_name).to_arrow_table()
    pairs = pl.from_arrow(table)
    assert isinstance(pairs, pl.DataFrame)
    return pairs.select(line="unique_id_l", person="unique_id_r", score="match_probability")


def _settings(model: Model, register: pl.DataFrame) -> dict[str, Any]:
    """Return the model as Splink takes it; two good numbers that differ are two persons, so they are no pair."""
    doubtful = "(not l.sure or not r.sure)"
    chances = _chances(register)
    return {
        "link_type": "link_only",
        "probability_two_random_records_match": model.matching_share_bp / CERTAIN_BP / register.height,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": f"{rule} and {doubtful}", "sql_dialect": "duckdb"} for rule in model.blocking
        ],
        "comparisons": [
            {"output_column_name": name, "comparison_levels": [_level(level, chances) for level in levels]}
            for name, levels in model.comparisons.items()
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _chances(register: pl.DataFrame) -> dict[str, float]:
    """Return how likely two persons of the register agree by chance; at least as if one pair of all did."""
    least = 1 / register.height**2

    def same(name: str) -> float:
        counts = register[name].drop_nulls().value_counts()["count"].to_list()
        return float(max(least, sum(count**2 for count in counts) / max(sum(counts), 1) ** 2))

    chances = {"same_name": same("name"), "same_village": same("village"), "same_town": same("town")}
    return {**chances, "same_sound": max(least, same("pinyin") - chances["same_name"])}


def _level(level: Mapping[str, Any], chances: Mapping[str, float]) -> dict[str, Any]:
    if level.get("unknown"):
        return {"sql_condition": level["sql"], "is_null_level": True, "label_for_charts": "unknown"}
    weighed = {
        "sql_condition": "ELSE" if level["sql"] == "else" else level["sql"],
        "m_probability": level["m"],
        "u_probability": chances.get(level["u"], level["u"]),
        "label_for_charts": level["says"]["en"],
    }
    if "often" in level:
        weighed |= {"tf_adjustment_column": level["often"], "tf_adjustment_weight": 1.0}
    return weighed
