"""Who a ledger's rows are about: households and persons of the register, or new ones.

New ones carry negative numbers until the batch is applied. A row that could mean two persons, or
that names a person of another household, is refused with the candidates; nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bangfu.intake import movements
from bangfu.intake.plan import Statements
from bangfu.intake.refusals import Refusal, refuse
from bangfu.kernel.secrets import Keys
from bangfu.places.scope import Scope
from bangfu.registry import leaving, queries
from bangfu.registry.topics import topics

LINE = ("sheet", "row")
"""Columns that name a row of the batch: number of the sheet within the batch, row of the sheet."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows that found their subject, and those that did not.

    rows     the rows given, plus household_id (and person_id where persons were asked for)
    refused  one row a refusal, see `refusals.REFUSED`
    """

    rows: pl.DataFrame
    refused: pl.DataFrame


def match_households(rows: pl.DataFrame) -> Matched:
    """Give every row the household that its number means.

    rows  sheet, row, household_no, village, county
    """
    missing = rows.filter(pl.col("household_no").is_null())
    numbered = rows.filter(pl.col("household_no").is_not_null())
    known = queries.households_by_no(numbered["household_no"].unique().to_list())
    elsewhere = numbered.join(known.rename({"county": "registered_in"}), on="household_no").filter(
        pl.col("county") != pl.col("registered_in")
    )
    refused = [
        refuse(missing, Refusal.HOUSEHOLD_NO_MISSING, "household_no"),
        refuse(elsewhere, Refusal.OTHER_COUNTY, "household_no"),
    ]
    numbered = numbered.join(elsewhere.select(LINE), on=LINE, how="anti")
    new = (
        numbered.join(known, on="household_no", how="anti")
        .select("household_no")
        .unique()
        .sort("household_no")
        .with_row_index("turn", offset=1)
        .select("household_no", (-pl.col("turn").cast(pl.Int64)).alias("household_id"))
    )
    ids = pl.concat([known.select("household_no", "household_id"), new])
    return Matched(numbered.join(ids, on="household_no", maintain_order="left"), pl.concat(refused))


def match_persons(rows: pl.DataFrame, scope: Scope, keys: Keys, area: Scope) -> Matched:
    """Give every row the person that it means: by ID number, by person number, else by name in the household.

    Who comes from another household whose number the row tells is looked for by name there first.

    rows  sheet, row, household_id, household_no, county, natural_change, change_on, and where the ledger has them
          person_no, id_no, name, from_household_no
    area  where whoever brings the rows works: only from there may a person come to another household
    """
    rows = _with_columns(rows, ("person_no", "id_no", "name", "from_household_no"))
    rows = rows.with_columns(_digests(rows["id_no"], keys).alias("id_index"))
    by_id = queries.persons_by_index(rows["id_index"].drop_nulls().unique().to_list()).rename({"person_id": "by_id"})
    by_no = queries.persons_by_no(rows["person_no"].drop_nulls().unique().to_list()).rename({"person_id": "by_no"})
    rows = rows.join(by_id, on="id_index", how="left", maintain_order="left")
    rows = rows.join(by_no, on="person_no", how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("by_id", "by_no").alias("person_id"))
    two = rows.filter(pl.col("by_id") != pl.col("by_no"))
    refused = [
        refuse(two.join(_shown(two["by_id"], two["by_no"]), on=["by_id", "by_no"]), Refusal.TWO_PERSONS, "id_no")
    ]
    rows = rows.join(two.select(LINE), on=LINE, how="anti")
    rows = _with_home_before(rows)
    named, unclear = _by_name(rows, scope, "from_household_id")
    named, unclear_here = _by_name(named, scope, "household_id")
    nobody = named.filter(pl.col("person_id").is_null() & pl.col("from_household_no").is_not_null())
    refused += [unclear, unclear_here, refuse(nobody, Refusal.NOT_A_MEMBER, "from_household_no")]
    named = named.join(nobody.select(LINE), on=LINE, how="anti").drop("from_household_id")
    moved = _elsewhere(named, scope)
    moved = moved.join(movements.may_move(moved, area).select(LINE), on=LINE, how="anti")
    refused.append(refuse(moved, Refusal.OTHER_HOUSEHOLD, "household_no"))
    numbered = _numbered(named.join(moved.select(LINE), on=LINE, how="anti")).drop("by_id", "by_no")
    torn = _in_two_households(numbered)
    refused.append(refuse(torn, Refusal.TWO_HOUSEHOLDS, "household_no"))
    return Matched(numbered.join(torn.select(LINE), on=LINE, how="anti"), pl.concat(refused))


def known_by_now(said: Statements) -> bool:
    """Tell whether somebody whom a batch brings as new has come into the register since it was staged.

    The same ledger handed in twice brings the same newborn twice: what was approved first makes the second outdated.
    """
    homes = said.households.filter(pl.col("household_id") < 0)["household_no"].drop_nulls().unique().to_list()
    new = said.persons.filter(pl.col("person_id") < 0)
    told = _with_columns(new, ("person_no", "id_index", "name"))
    numbers, digests = (told[name].drop_nulls().unique().to_list() for name in ("person_no", "id_index"))
    known = (queries.households_by_no(homes), queries.persons_by_no(numbers), queries.persons_by_index(digests))
    if any(not found.is_empty() for found in known):
        return True
    named = told.filter((pl.col("of_household") > 0) & pl.col("name").is_not_null())
    members = queries.members_at(Scope.everywhere(), queries.AsOf(), named["of_household"].unique().to_list())
    who = queries.facts_at(Scope.everywhere(), topics()["identity"], queries.AsOf(), members["person_id"].to_list())
    present = members.join(who.select("person_id", "name"), on="person_id").rename({"household_id": "of_household"})
    return not named.join(present, on=["of_household", "name"], how="semi").is_empty()


def _in_two_households(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of persons whom the batch puts into several households, with the households' numbers.

    Who leaves one household and joins another, each on its day, does stand in two.
    """
    rows = rows.filter(pl.col("change_on").is_null())
    several = rows.group_by("person_id").agg(
        pl.col("household_id").n_unique().alias("homes"),
        pl.col("household_no").unique().sort().str.join(", ").alias("candidates"),
    )
    return rows.join(several.filter(pl.col("homes") > 1), on="person_id")


def _digests(ids: pl.Series, keys: Keys) -> pl.Series:
    return pl.Series([None if text is None else keys.digest(text).hex() for text in ids.to_list()], dtype=pl.String)


def _with_columns(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    return rows.with_columns(pl.lit(None, pl.String).alias(name) for name in names if name not in rows.columns)


def _shown(*persons: pl.Series) -> pl.DataFrame:
    """Return the pairs of person ids with the person numbers to show as candidates."""
    pairs = pl.DataFrame(list(persons)).unique()
    numbers = queries.person_numbers(pl.concat(persons).drop_nulls().unique().to_list())
    for name in pairs.columns:
        pairs = pairs.join(numbers.rename({"person_id": name, "person_no": f"{name}_shown"}), on=name, how="left")
    shown = [pl.col(f"{name}_shown").fill_null("-") for name in pairs.columns if not name.endswith("_shown")]
    return pairs.with_columns(pl.concat_str(shown, separator=", ").alias("candidates")).select(
        *(name for name in pairs.columns if not name.endswith("_shown")), "candidates"
    )


def _with_home_before(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the household from which the row says that its person comes: from_household_id."""
    known = queries.households_by_no(rows["from_household_no"].drop_nulls().unique().to_list())
    homes = known.select(from_household_no="household_no", from_household_id="household_id")
    return rows.join(homes, on="from_household_no", how="left", maintain_order="left")


def _by_name(rows: pl.DataFrame, scope: Scope, home: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find rows without number or known ID by their name among the household's members, present ones first.

    home  the column that tells in which household to look
    """
    open_rows = rows.filter(pl.col("person_id").is_null() & (pl.col(home) > 0) & pl.col("name").is_not_null())
    if open_rows.is_empty():
        return rows, refuse(rows.clear(), Refusal.SAME_NAME, "name")
    households = open_rows[home].unique().to_list()
    members = queries.members_at(scope, queries.AsOf(), households).select("person_id", "household_id")
    members = pl.concat([members.with_columns(here=pl.lit(1)), _left(scope, households, open_rows)])
    who = queries.facts_at(scope, topics()["identity"], queries.AsOf(), members["person_id"].to_list())
    members = members.join(who.select("person_id", "name", pl.col("id_index").alias("known_index")), on="person_id")
    members = members.join(queries.person_numbers(members["person_id"].to_list()), on="person_id", how="left")
    taken = rows["person_id"].drop_nulls().unique().to_list()
    members = members.filter(~pl.col("person_id").is_in(taken))
    members = members.filter(pl.col("here") == pl.col("here").max().over("household_id", "name"))
    fits = members.group_by("household_id", "name").agg(
        pl.len().alias("fits"),
        pl.col("person_id").first().alias("found"),
        pl.col("known_index").first(),
        pl.col("person_no").fill_null("-").sort().str.join(", ").alias("candidates"),
    )
    fitted = open_rows.join(fits, left_on=[home, "name"], right_on=["household_id", "name"])
    other_id = pl.col("id_index").is_not_null() & pl.col("known_index").is_not_null()
    unclear = fitted.filter((pl.col("fits") > 1) | other_id)
    clear = fitted.join(unclear.select(LINE), on=LINE, how="anti").select(*LINE, "found")
    rows = rows.join(unclear.select(LINE), on=LINE, how="anti").join(clear, on=LINE, how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("person_id", "found").alias("person_id")).drop("found")
    return rows, refuse(unclear, Refusal.SAME_NAME, "name")


def _left(scope: Scope, households: Sequence[int], rows: pl.DataFrame) -> pl.DataFrame:
    """Return who left these households, except those whose name somebody bears who joins."""
    left = leaving.left_members(scope, households).with_columns(here=pl.lit(0))
    who = queries.facts_at(scope, topics()["identity"], queries.AsOf(), left["person_id"].to_list())
    named = left.join(who.select("person_id", "name"), on="person_id", how="left")
    joining = rows.filter(movements.joins()).select("household_id", "name")
    return named.join(joining, on=["household_id", "name"], how="anti").select("person_id", "household_id", "here")


def _elsewhere(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return the rows whose person is a member of another household today, with that household's number."""
    known = rows.filter(pl.col("person_id").is_not_null())
    if known.is_empty():
        return known.with_columns(candidates=pl.lit(None, pl.String), member_of=pl.lit(None, pl.Int64))
    today = queries.facts_at(
        scope, topics()["membership"], queries.AsOf(), known["person_id"].unique().to_list()
    ).select("person_id", pl.col("household_id").alias("member_of"))
    moved = known.join(today, on="person_id").filter(pl.col("member_of") != pl.col("household_id"))
    numbers = queries.household_numbers(moved["member_of"].unique().to_list())
    return moved.join(
        numbers.rename({"household_id": "member_of", "household_no": "candidates"}), on="member_of", how="left"
    )


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Give new persons negative numbers: one for each ID, person number, or name in its household."""
    who = pl.coalesce(
        pl.lit("i") + pl.col("id_index"),
        pl.lit("n") + pl.col("person_no"),
        pl.concat_str(pl.lit("h"), pl.col("household_id"), pl.lit("|"), pl.col("name")),
        pl.concat_str(pl.lit("r"), pl.col("sheet"), pl.lit("|"), pl.col("row")),
    )
    rows = rows.with_columns(who.alias("who"))
    new = (
        rows.filter(pl.col("person_id").is_null())
        .select("who")
        .unique(maintain_order=True)
        .with_row_index("turn", offset=1)
        .select("who", (-pl.col("turn").cast(pl.Int64)).alias("new_id"))
    )
    rows = rows.join(new, on="who", how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce("person_id", "new_id").alias("person_id")).drop("who", "new_id")
