"""Natural change (自然增减): who belonged to which household from which day to which, and how many came and went."""

from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.codes import Level
from bangfu.kernel.texts import Text
from bangfu.places.models import Place
from bangfu.places.queries import numbers_within, village_names
from bangfu.places.scope import Scope
from bangfu.registry.queries import FOREVER, AsOf, facts_at, facts_until, household_numbers
from bangfu.registry.topics import topics

REGISTERED: Final = 0
WITH_HOUSEHOLD: Final = 20
MOVED_IN: Final = 3
MOVED_OUT: Final = 15
CAME: Final = {
    1: Text(zh="新生儿", en="Births"),
    2: Text(zh="嫁入", en="Married in"),
    MOVED_IN: Text(zh="转入", en="Moved in"),
    WITH_HOUSEHOLD: Text(zh="整户迁入", en="With their household"),
    REGISTERED: Text(zh="新登记", en="Newly registered"),
}
"""Why persons are counted in from a day on; what nobody gave a reason for is newly registered."""
WENT: Final = {
    11: Text(zh="死亡", en="Deaths"),
    12: Text(zh="嫁出", en="Married out"),
    13: Text(zh="判刑收监", en="In prison"),
    14: Text(zh="出国定居", en="Settled abroad"),
    MOVED_OUT: Text(zh="转出", en="Moved out"),
    WITH_HOUSEHOLD: Text(zh="整户迁出", en="With their household"),
}
"""Why persons are no longer counted from a day on."""
_BELOW: Final = {Level.PROVINCE: "city", Level.CITY: "county", Level.COUNTY: "town"}
"""Which column of a village names the place of the next level below."""
_SPANS: Final = {
    "person": pl.Int64,
    "household": pl.Int64,
    "village": pl.Int64,
    "since": pl.Date,
    "until": pl.Date,
    "came": pl.Int16,
    "went": pl.Int16,
}
EVENTS: Final = {
    "village": pl.Int64,
    "household": pl.Int64,
    "person": pl.Int64,
    "on": pl.Date,
    "came": pl.Int16,
    "went": pl.Int16,
}


def memberships(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each stay of a person in a household, or in none, as one row: however often its facts were recorded anew.

    rows     every row of the topic membership, see queries.facts_until
    Returns  person_id, household_id, since, until (the day from which it no longer holds; None: still), change (the
             code of natural change recorded with it), left (the code with which it ended), by person and day
    """
    home = pl.col("household_id").fill_null(0)
    stays = _runs(rows, "person_id", home).select(
        "person_id", "household_id", pl.col("effective_from").alias("since"), pl.col("natural_change").alias("change")
    )
    return stays.with_columns(
        until=pl.col("since").shift(-1).over("person_id"), left=pl.col("change").shift(-1).over("person_id")
    )


def spans(members: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Return from which day to which each person was counted in which village, and why that began and ended.

    members  every row of the topic membership
    homes    every row of the topic residence
    Returns  person, household, village, since, until (FOREVER where it goes on), came, went: reasons of CAME and WENT
    """
    stays = memberships(members).filter(pl.col("household_id").is_not_null())
    places = _runs(homes, "household_id", pl.col("village"))
    places = places.select("household_id", "village", pl.col("effective_from").alias("from"))
    places = places.with_columns(
        to=pl.col("from").shift(-1).over("household_id"),
        first=pl.col("from") == pl.col("from").min().over("household_id"),
    )
    both = stays.join(places, on="household_id").with_columns(pl.col("until", "to").fill_null(FOREVER))
    since, until = pl.max_horizontal("since", "from"), pl.min_horizontal("until", "to")
    reason = pl.when(pl.col("change").is_in(list(CAME))).then("change").otherwise(REGISTERED)
    came = pl.when((pl.col("from") > pl.col("since")) & ~pl.col("first")).then(WITH_HOUSEHOLD).otherwise(reason)
    left = pl.when(pl.col("left").is_in(list(WENT))).then("left").otherwise(MOVED_OUT)
    went = pl.when(pl.col("to") < pl.col("until")).then(WITH_HOUSEHOLD).otherwise(left)
    told = both.select(
        pl.col("person_id").alias("person"),
        pl.col("household_id").alias("household"),
        "village",
        since.alias("since"),
        until.alias("until"),
        came.alias("came"),
        went.alias("went"),
    )
    counted = told.filter(pl.col("since") < pl.col("until"))
    return counted.select(pl.col(name).cast(kind) for name, kind in _SPANS.items())


def spans_in(scope: Scope) -> pl.DataFrame:
    """Return the spans of `spans` that lie in the villages of a scope, as the register knows them now."""
    members = facts_until(scope, topics()["membership"], AsOf())
    homes = facts_until(scope, topics()["residence"], AsOf())
    found = spans(members, homes)
    return found if scope.whole else found.filter(pl.col("village").is_in(numbers_within(scope).implode()))


def changes_between(counted: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Return who came and who went in a period, both days included, the earliest first.

    counted  spans
    Returns  village, household, person, on, came (a reason of CAME, or null), went (a reason of WENT, or null)
    """
    nothing = pl.lit(None, pl.Int16)
    key = ("village", "household", "person")
    came = counted.select(*key, pl.col("since").alias("on"), "came", went=nothing)
    went = counted.select(*key, pl.col("until").alias("on"), came=nothing, went="went")
    both = pl.concat([came, went]).filter(pl.col("on").is_between(first, last))
    return both.sort("on", "village", "household", "person", "went", nulls_last=False).select(*EVENTS)


def account(counted: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Return of each village how many members it had before the period and at its end, and why that differs.

    counted  spans
    Returns  village, start, came_CODE for each of CAME, went_CODE for each of WENT, end; start + came - went = end
    """
    start = _heads(counted.filter((pl.col("since") < first) & (pl.col("until") >= first)), "start")
    end = _heads(counted.filter((pl.col("since") <= last) & (pl.col("until") > last)), "end")
    events = changes_between(counted, first, last)
    parts = [start, end]
    for side, reasons in (("came", CAME), ("went", WENT)):
        parts += [_heads(events.filter(pl.col(side) == code), f"{side}_{code}") for code in reasons]
    told = counted.select("village").unique().sort("village")
    for part in parts:
        told = told.join(part, on="village", how="left", maintain_order="left")
    columns = ["start", *(f"came_{code}" for code in CAME), *(f"went_{code}" for code in WENT), "end"]
    return told.select("village", *(pl.col(name).fill_null(0).cast(pl.Int64) for name in columns))


def _heads(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return rows.group_by("village").agg(pl.len().alias(name))


def _runs(rows: pl.DataFrame, key: str, same: pl.Expr) -> pl.DataFrame:
    """Return of each subject the rows with which something else begins; of one day the row recorded last counts."""
    days = (
        rows.sort(key, "effective_from", "id").unique([key, "effective_from"], keep="last").sort(key, "effective_from")
    )
    return days.filter((same != same.shift().over(key)).fill_null(value=True))


def account_below(told: pl.DataFrame, place: Place) -> pl.DataFrame:
    """Return an account added up over the places directly below a place, or for the village itself.

    told     as `account` returns it
    Returns  place, name, level and the columns of the account, by code
    """
    own = "number" if place.level >= Level.TOWN else _BELOW[Level(place.level)]
    rows = Place.objects.filter(number__in=told["village"].to_list()).values_list("number", own)
    above = pl.DataFrame(list(rows), schema={"village": pl.Int64, "place": pl.Int64}, orient="row")
    above = above.with_columns(pl.when(pl.col("place") == 0).then("village").otherwise("place").alias("place"))
    sums = told.join(above, on="village").drop("village").group_by("place").agg(pl.all().sum())
    known = Place.objects.filter(number__in=sums["place"].to_list()).values_list("number", "code", "name")
    named = pl.DataFrame(list(known), schema={"place": pl.Int64, "code": pl.String, "name": pl.String}, orient="row")
    return named.join(sums, on="place").sort("code")


def named_changes(scope: Scope, events: pl.DataFrame) -> pl.DataFrame:
    """Add to changes who they are about: name, household_no, village_name.

    scope   the area whose villages are named
    events  as `changes_between` returns them
    """
    persons = events["person"].unique().to_list()
    who = facts_at(Scope.everywhere(), topics()["identity"], AsOf(), persons)
    numbers = household_numbers(events["household"].unique().to_list()).rename({"household_id": "household"})
    villages = village_names(scope).select("village", "village_name").unique("village", keep="first")
    named = events.join(
        who.select(pl.col("person_id").alias("person"), "name"), on="person", how="left", maintain_order="left"
    )
    named = named.join(numbers, on="household", how="left", maintain_order="left")
    return named.join(villages, on="village", how="left", maintain_order="left")
