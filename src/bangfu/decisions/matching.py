"""Who the rows of a department's list are (比对匹配): by identity number, then by name, damaged number, birth, place.

A row means one person at most. Where two fit equally well, none is meant and the row counts as ambiguous. Of a
household without authorisation nothing is opened: a row that bears the number of one of its members is counted
and left alone.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bangfu.decisions.addresses import placed
from bangfu.decisions.linkage import CERTAIN_BP, SIDE, likely_matches
from bangfu.decisions.persons import opened_ids
from bangfu.intake.list_reading import ReadList
from bangfu.kernel.secrets import Keys
from bangfu.registry.names import pinyin_columns

OUTCOMES: Final = ("not_authorised", "matched", "ambiguous", "unmatched")


@dataclass(frozen=True, slots=True)
class Register:
    """The register's side of a comparison.

    persons     see persons.registered_persons
    authorised  the households that may be looked up; None where no authorisation is asked for
    names       see places.queries.village_names
    """

    persons: pl.DataFrame
    authorised: pl.Series | None
    names: pl.DataFrame

    @property
    def open_persons(self) -> pl.DataFrame:
        """Return the persons whose household may be looked up."""
        if self.authorised is None:
            return self.persons
        return self.persons.filter(pl.col("household_id").is_in(self.authorised.implode()))

    @property
    def households_without(self) -> pl.Series:
        """Return the households without authorisation, where one is asked for."""
        every = self.persons["household_id"].unique().sort()
        return every.clear() if self.authorised is None else every.filter(~every.is_in(self.authorised.implode()))


def match_rows(listed: ReadList, register: Register, keys: Keys, *, ids_only: bool = False) -> pl.DataFrame:
    """Return the accepted rows of a list with whom they mean.

    ids_only  leave it at identity numbers
    Returns   the rows of the list in their order, plus town, village, outcome (one of OUTCOMES), person_id and
              household_id (for matched rows, and of an ambiguous row the best), how and score_bp
    Raises    LinkageMissing when likely matches are asked for and the extra `link` is not installed
    """
    rows = placed(listed.frame, register.names).with_row_index("line").with_columns(pl.col("line").cast(pl.Int64))
    rows = rows.with_columns(_digests(rows["id_no"], keys).alias("id_index"))
    known = register.persons.drop_nulls("id_index").select("id_index", by_id="person_id")
    rows = rows.join(known, on="id_index", how="left", maintain_order="left")
    open_persons = register.open_persons
    likely = pl.DataFrame(schema={"line": pl.Int64, "person": pl.Int64, "score_bp": pl.Int32, "ambiguous": pl.Boolean})
    if not ids_only:
        rest = rows.filter(pl.col("by_id").is_null() & pl.col("name").is_not_null())
        likely = likely_matches(_list_side(rest), _register_side(open_persons, keys))
    rows = rows.join(likely, on="line", how="left", maintain_order="left")
    may = pl.coalesce("by_id", "person").is_in(open_persons["person_id"].implode())
    homes = register.persons.select("person_id", "household_id")
    return _with_outcome(rows, may).join(homes, on="person_id", how="left", maintain_order="left")


def _with_outcome(rows: pl.DataFrame, may: pl.Expr) -> pl.DataFrame:
    by_id = pl.col("by_id").is_not_null()
    outcome = (
        pl.when(by_id & ~may)
        .then(pl.lit("not_authorised"))
        .when(by_id)
        .then(pl.lit("matched"))
        .when(pl.col("person").is_null())
        .then(pl.lit("unmatched"))
        .when(pl.col("ambiguous"))
        .then(pl.lit("ambiguous"))
        .otherwise(pl.lit("matched"))
    )
    person = pl.when(~by_id | may).then(pl.coalesce("by_id", "person"))
    return rows.with_columns(
        outcome.alias("outcome"),
        person.alias("person_id"),
        pl.when(by_id).then(pl.lit("id")).otherwise(pl.lit("likely")).alias("how"),
        pl.when(by_id).then(pl.lit(CERTAIN_BP)).otherwise(pl.col("score_bp")).cast(pl.Int32).alias("score_bp"),
    ).drop("by_id", "person", "ambiguous", "id_index")


def _digests(ids: pl.Series, keys: Keys) -> pl.Series:
    return pl.Series([None if text is None else keys.digest(text).hex() for text in ids.to_list()], dtype=pl.String)


def _list_side(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as linkage takes them; a number that only computes its check character counts as doubtful."""
    pinyin, initials = pinyin_columns(rows["name"])
    number = pl.when(pl.col("sure")).then("id_no").otherwise(pl.coalesce("id_no", "written_id"))
    return rows.with_columns(pinyin, initials, number.alias("id_no"), unique_id=pl.col("line")).select(*SIDE)


def _register_side(persons: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """Return the persons as linkage takes them, their numbers opened."""
    numbers = opened_ids(persons, keys)
    return persons.with_columns(numbers, numbers.is_not_null().alias("sure"), unique_id=pl.col("person_id")).select(
        *SIDE
    )
