"""Comings and goings of members (自然增减): births, deaths, marriages, moves, households that split and merge.

A row of a ledger with a day of change (变更时间) is an event: it says from which day the person belongs to the
household, or to none any more. Who comes from another household leaves it on that day. Nothing of it is a
decision: a status stays where it is, and a household that forms or empties opens a lead for a person.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from bangfu.intake.refusals import REFUSED, Refusal, refuse
from bangfu.places.scope import Scope
from bangfu.registry import leaving, queries
from bangfu.registry.topics import topics

EVENTS: Final = "natural_changes"
"""The ledger that tells nothing but changes (自然增减台账)."""
NOBODY: Final = 0
"""Stands in a statement for the household of a person who belongs to none any more."""
FIRST_DEPARTURE: Final = 11
"""Codes of natural change below add a member, from here on they take one away."""
HEAD: Final = 1
LINE: Final = ("sheet", "row")
_MEMBERSHIP: Final = ("relation", "natural_change", "identified_on")
KINDS: Final = {"natural_change": pl.Int16, "change_on": pl.Date, "relation": pl.Int16}


def leaves() -> pl.Expr:
    """Tell the rows whose person leaves; never unknown."""
    return (pl.col("natural_change") >= FIRST_DEPARTURE).fill_null(value=False)


def joins() -> pl.Expr:
    """Tell the rows whose person joins with a reason; never unknown."""
    return (pl.col("natural_change") < FIRST_DEPARTURE).fill_null(value=False)


def with_day(frame: pl.DataFrame, *, events: bool, stated_on: date | None) -> pl.DataFrame:
    """Return the rows of a sheet with the day of each change: as its cell says, else the day of the sheet.

    events  whether the sheet tells nothing but changes; in any other sheet only a reason makes a row a change
    """
    absent = [
        pl.lit(None, kind).alias(name)
        for name, kind in KINDS.items()
        if name not in frame.columns and (events or name == "change_on")
    ]
    frame = frame.with_columns(absent)
    changing = pl.lit(value=True) if events else pl.lit(value=False)
    if "natural_change" in frame.columns and not events:
        changing = pl.col("natural_change").is_not_null()
    by_sheet = pl.when(changing).then(pl.lit(stated_on, pl.Date))
    return frame.with_columns(change_on=pl.coalesce("change_on", by_sheet))


def outside(rows: pl.DataFrame, area: Scope) -> pl.DataFrame:
    """Return the rows of known households that live outside the area, whatever village the row says.

    rows  sheet, row, household_id
    """
    if area.whole:
        return rows.clear()
    known = rows.filter(pl.col("household_id") > 0)
    homes = _homes(known["household_id"].unique().to_list())
    inside = homes.join(_within(homes["village"], area), on="village")
    return known.join(inside, on="household_id", how="anti")


def may_move(rows: pl.DataFrame, area: Scope) -> pl.DataFrame:
    """Return those rows whose person may come from another household: dated, with a reason, from within the area.

    rows  sheet, row, county, natural_change, change_on, and member_of: the other household
    """
    told = rows.filter(joins() & pl.col("change_on").is_not_null())
    homes = _homes(told["member_of"].unique().to_list()).rename(
        {"household_id": "member_of", "village": "from_village"}
    )
    counties = queries.household_counties(homes["member_of"].to_list()).rename({"household_id": "member_of"})
    told = told.join(homes, on="member_of").join(counties.rename({"county": "from_county"}), on="member_of")
    inside = told.join(_within(told["from_village"], area), left_on="from_village", right_on="village")
    return inside.filter(pl.col("from_county") == pl.col("county"))


def on_record(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the lines whose change is in the register already, as a list that was exported tells it: sheet, row.

    rows  sheet, row, household_id, person_id, natural_change, change_on
    """
    dated = rows.filter(pl.col("change_on").is_not_null() & pl.col("natural_change").is_not_null())
    joined = dated.join(_then(dated), on=LINE)
    claim = pl.when(leaves()).then(pl.lit(NOBODY, pl.Int64)).otherwise("household_id")
    same = (claim == pl.col("then")) & (pl.col("natural_change") == pl.col("change_then"))
    return joined.filter(same).select(LINE)


def refused(rows: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return what is wrong with the changes of a batch, in the columns of refusals.REFUSED.

    rows   sheet, row, household_id, village, person_id, relation, natural_change, change_on, and events: whether
           the row stands in a ledger that tells nothing but changes
    today  after which no change lies
    """
    undated = rows.filter(pl.col("change_on").is_null())
    dated = rows.filter(pl.col("change_on").is_not_null())
    left = leaves() & (pl.col("person_id") > 0)
    found = [
        pl.DataFrame(schema=REFUSED),
        refuse(undated.filter("events"), Refusal.CHANGE_UNDATED, "change_on"),
        refuse(undated.filter(left & ~pl.col("events")), Refusal.LEFT_UNDATED, "natural_change"),
        refuse(dated.filter(pl.col("change_on") > today), Refusal.CHANGE_AHEAD, "change_on"),
        refuse(rows.filter(leaves() & (pl.col("person_id") < 0)), Refusal.NOT_A_MEMBER, "natural_change"),
        _gone(rows),
        _too_early(dated),
        _moved_too_early(dated),
        _headless(dated),
    ]
    return pl.concat(found)


def told(frame: pl.DataFrame, *, events: bool) -> list[pl.DataFrame]:
    """Return what the rows of a sheet say of persons: who comes or goes does so on the day of the change.

    In a ledger of changes all of the row holds from that day, and of a new member in any ledger; of a known
    member the rest of the row holds from the day of the sheet.

    frame   stated_on, household_id, person_id, change_on, and fields of persons
    Returns tables of statements, with `of_household`, the household in whose rows the person stands, and `event`
    """
    said = frame.with_columns(of_household=pl.col("household_id"), event=pl.col("change_on").is_not_null())
    if "natural_change" in said.columns:
        silent = [pl.when(~leaves()).then(pl.col(name)).alias(name) for name in ("relation",) if name in said.columns]
        gone = pl.when(leaves()).then(pl.lit(NOBODY, pl.Int64)).otherwise("household_id")
        said = said.with_columns(*silent, gone.alias("household_id"))
    dated = said.filter("event").with_columns(stated_on=pl.col("change_on"))
    whole = dated if events else dated.filter(pl.col("person_id") < 0)
    known = dated.clear() if events else dated.filter(pl.col("person_id") > 0)
    kept = [name for name in _MEMBERSHIP if name in said.columns]
    base = ("sheet", "row", "stated_on", "county", "household_id", "of_household", "person_id", "event")
    rest = said.filter(pl.col("event") & (pl.col("person_id") > 0) & pl.lit(not events))
    nothing = [pl.lit(None, said.schema[name]).alias(name) for name in ("household_id", *kept)]
    parts = [said.filter(~pl.col("event")), whole, known.select(*base, *kept)]
    parts.append(rest.with_columns(*nothing, event=pl.lit(value=False)))
    return [part.drop("change_on", "from_household_no", strict=False) for part in parts]


def arrivals_first(persons: pl.DataFrame) -> pl.DataFrame:
    """Let who leaves one household and joins another on the same day be a member of the second, in whatever order."""
    if "natural_change" not in persons.columns or persons.is_empty():
        return persons
    there = pl.col("household_id").is_not_null() & (pl.col("household_id") != NOBODY)
    superseded = leaves() & there.any().over("person_id", "stated_on")
    return persons.with_columns(
        pl.when(~superseded).then(pl.col(name)).alias(name) for name in ("household_id", "natural_change")
    )


def homes_told(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what the rows of a ledger of changes say of their households: where it moves, and nothing of its status.

    Only a village other than the present one is a move; else the household lives where it lived on that day.

    frame  stated_on, household_id, village, change_on, and fields of households
    """
    known = _residences(frame)
    now = known.unique("household_id", keep="last", maintain_order=True)
    latest = now.select("household_id", pl.col("village").alias("now"), pl.col("group_name").alias("group_now"))
    then = frame.select(*LINE, "household_id", "change_on").join(known, on="household_id")
    then = then.filter(pl.col("effective_from") <= pl.col("change_on")).sort(*LINE, "effective_from", "id")
    then = then.unique(LINE, keep="last", maintain_order=True).select(*LINE, pl.col("village").alias("then"))
    rows = frame.join(latest, on="household_id", how="left", maintain_order="left")
    rows = rows.join(then, on=LINE, how="left", maintain_order="left")
    stays = pl.col("now").is_not_null() & (pl.col("village") == pl.col("now"))
    rows = rows.with_columns(
        village=pl.when(stays).then(pl.coalesce("then", "village")).otherwise("village"), stated_on=pl.col("change_on")
    )
    if "group_name" in rows.columns:
        same = stays & pl.col("group_name").eq_missing(pl.col("group_now"))
        rows = rows.with_columns(pl.when(~same).then(pl.col("group_name")).alias("group_name"))
    return rows.drop("now", "group_now", "then", "change_on")


def formed_on(frame: pl.DataFrame) -> pl.DataFrame:
    """Let households that a change forms begin on its day, in any ledger.

    frame  stated_on, household_id, change_on, and fields of households
    """
    first = pl.col("change_on").min().over("household_id")
    forms = (pl.col("household_id") < 0) & first.is_not_null()
    return frame.with_columns(stated_on=pl.when(forms).then(first).otherwise("stated_on")).drop("change_on")


def _within(villages: pl.Series, area: Scope) -> pl.DataFrame:
    """Return those of the villages that lie in the area: village."""
    inside = [village for village in villages.unique().to_list() if area.contains(village)]
    return pl.DataFrame({"village": pl.Series(inside, dtype=pl.Int64)})


def _homes(households: Sequence[int]) -> pl.DataFrame:
    """Return the village where each of these households lives now: household_id, village."""
    rows = queries.facts_at(Scope.everywhere(), topics()["residence"], queries.AsOf(), households)
    return rows.select("household_id", "village")


def _residences(rows: pl.DataFrame) -> pl.DataFrame:
    """Return every residence of the known households, in the order in which they hold."""
    known = rows.filter(pl.col("household_id") > 0)["household_id"].unique().to_list()
    found = queries.facts_until(Scope.everywhere(), topics()["residence"], queries.AsOf(), known)
    return found.sort("household_id", "effective_from", "id")


def _memberships(persons: pl.Series) -> pl.DataFrame:
    """Return every membership of these persons, in the order in which they hold."""
    known = persons.filter(persons > 0).unique().to_list()
    found = queries.facts_until(Scope.everywhere(), topics()["membership"], queries.AsOf(), known)
    return found.sort("person_id", "effective_from", "id")


def _gone(rows: pl.DataFrame) -> pl.DataFrame:
    """Refuse who has left and does not come back."""
    present = ~leaves() & ~(joins() & pl.col("change_on").is_not_null())
    asked = rows.filter(present & pl.col("person_id").is_in(leaving.once_left().implode()))
    last = _memberships(asked["person_id"]).unique("person_id", keep="last", maintain_order=True)
    left = last.filter(pl.col("household_id").is_null()).select("person_id", _day("effective_from").alias("candidates"))
    return refuse(asked.join(left, on="person_id"), Refusal.HAS_LEFT, "natural_change")


def _too_early(dated: pl.DataFrame) -> pl.DataFrame:
    """Refuse changes before the household's first day or the person's last change, unless they are on record."""
    last = _memberships(dated["person_id"]).group_by("person_id").agg(pl.col("effective_from").max().alias("last_on"))
    first = _residences(dated).group_by("household_id").agg(pl.col("effective_from").min().alias("first_on"))
    rows = dated.join(_then(dated), on=LINE, how="left").join(last, on="person_id", how="left")
    rows = rows.join(first, on="household_id", how="left")
    claim = pl.when(leaves()).then(pl.lit(NOBODY, pl.Int64)).otherwise("household_id")
    said = _silent_or("natural_change", "change_then") & (leaves() | _silent_or("relation", "relation_then"))
    new = ~((claim == pl.col("then")) & said).fill_null(value=False)
    before = rows.filter(new & (pl.col("change_on") < pl.col("first_on")))
    late = rows.filter(new & (pl.col("change_on") < pl.col("last_on")) & (pl.col("change_on") >= pl.col("first_on")))
    return pl.concat(
        [
            refuse(before.with_columns(candidates=_day("first_on")), Refusal.BEFORE_HOUSEHOLD, "change_on"),
            refuse(late.with_columns(candidates=_day("last_on")), Refusal.BEFORE_LAST_CHANGE, "change_on"),
        ]
    )


def _then(dated: pl.DataFrame) -> pl.DataFrame:
    """Return the membership of each row's person on the day of the change: then, relation_then, change_then."""
    rows = dated.select(*LINE, "person_id", "change_on").join(_memberships(dated["person_id"]), on="person_id")
    rows = rows.filter(pl.col("effective_from") <= pl.col("change_on")).sort(*LINE, "effective_from", "id")
    return rows.unique(LINE, keep="last", maintain_order=True).select(
        *LINE,
        pl.col("household_id").fill_null(NOBODY).alias("then"),
        pl.col("relation").alias("relation_then"),
        pl.col("natural_change").alias("change_then"),
    )


def _moved_too_early(dated: pl.DataFrame) -> pl.DataFrame:
    """Refuse a household's move before the last one on record."""
    rows = dated.filter("events")
    now = _residences(rows).unique("household_id", keep="last", maintain_order=True)
    now = now.select("household_id", pl.col("village").alias("now"), pl.col("effective_from").alias("since"))
    late = rows.join(now, on="household_id").filter(
        (pl.col("village") != pl.col("now")) & (pl.col("change_on") < pl.col("since"))
    )
    return refuse(late.with_columns(candidates=_day("since")), Refusal.BEFORE_LAST_CHANGE, "change_on")


def _headless(dated: pl.DataFrame) -> pl.DataFrame:
    """Warn where the head goes, others stay, and none of them is named as the new head."""
    last = _memberships(dated["person_id"]).unique("person_id", keep="last", maintain_order=True)
    was = last.filter(pl.col("relation") == HEAD).select("person_id", pl.col("household_id").alias("from_household"))
    going = dated.join(was, on="person_id").filter(leaves() | (pl.col("household_id") != pl.col("from_household")))
    if going.is_empty():
        return pl.DataFrame(schema=REFUSED)
    named = dated.filter((pl.col("relation") == HEAD) & ~leaves())["household_id"]
    homes = going["from_household"].unique().to_list()
    present = queries.members_at(Scope.everywhere(), queries.AsOf(), homes)
    away = dated.filter(leaves() | (pl.col("household_id").is_in(homes).not_()))["person_id"]
    stay = present.filter(~pl.col("person_id").is_in(away.implode()))["household_id"]
    rows = going.filter(
        pl.col("from_household").is_in(stay.implode()) & ~pl.col("from_household").is_in(named.implode())
    )
    return refuse(rows, Refusal.HEAD_LEAVES, "relation")


def _silent_or(said: str, held: str) -> pl.Expr:
    return pl.col(said).is_null() | pl.col(said).eq_missing(pl.col(held))


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.to_string("%Y-%m-%d")
