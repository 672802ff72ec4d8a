"""What the sheets of a batch say, joined into one table a subject, with every row's subject found."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.intake import movements
from bangfu.intake.gathering import StagedSheet
from bangfu.intake.matching import match_households, match_persons
from bangfu.intake.plan import Statements
from bangfu.intake.refusals import Refusal, refuse
from bangfu.kernel.secrets import Keys
from bangfu.params import Parameters
from bangfu.places.scope import Scope

REGISTER_LAYOUTS: Final = frozenset({"roster", "exited_roster", "household_form", "person_form"})
"""Ledgers of the poverty register itself: whoever stands in them is or was identified as poor."""
_PLACE: Final = ("county", "village", "group_name")


def join_statements(
    sheets: Sequence[StagedSheet], parameters: Parameters, area: Scope, keys: Keys, *, today: date
) -> Statements:
    """Find the household and person of every row, note what is refused, and join what is left.

    sheets  their frames lose refused rows, their problems gain the reasons; what the frames say moves over
    area    where whoever brings the sheets works; subjects are looked for in the whole country
    today   after which no change lies
    """
    _match(sheets, area, keys, today)
    household_fields = {*parameters.fields["household"], *_PLACE}
    person_fields = {*parameters.fields["person"]} - {*parameters.fields["household"]}
    households, persons, villages = [], [], []
    for staged in sheets:
        frame = staged.frame.with_columns(
            sheet=pl.lit(staged.number, pl.Int32), stated_on=pl.lit(staged.layout.stated_on, pl.Date)
        )
        base = ["sheet", "row", "stated_on"]
        if staged.layout.subject == "village":
            villages.append(frame.select(*base, *_kept(frame, {*parameters.fields["village"], "county", "village"})))
            continue
        registered = pl.lit(staged.layout.name in REGISTER_LAYOUTS).alias("registered")
        homes = frame.select(*base, "household_id", "household_no", *_kept(frame, household_fields), registered)
        if staged.layout.subject == "person":
            kept = _kept(frame, {*person_fields, "id_index", "county"} - {"household_no"})
            events = staged.layout.name == movements.EVENTS
            homes = homes.with_columns(frame["change_on"])
            homes = movements.homes_told(homes) if events else movements.formed_on(homes)
            persons += movements.told(frame.select(*base, "household_id", "person_id", *kept), events=events)
        households.append(homes)
    for staged in sheets:
        staged.frame = staged.frame.select("row")
    return Statements(
        households=_joined(households, _HOUSEHOLD_BASE),
        persons=movements.arrivals_first(_joined(persons, _PERSON_BASE)),
        villages=_joined(villages, _VILLAGE_BASE),
    )


_BASE: Final = {"sheet": pl.Int32, "row": pl.Int32, "stated_on": pl.Date, "county": pl.Int64}
_HOUSEHOLD_BASE: Final = {
    **_BASE,
    "household_id": pl.Int64,
    "household_no": pl.String,
    "village": pl.Int64,
    "registered": pl.Boolean,
}
_PERSON_BASE: Final = {
    **_BASE,
    "household_id": pl.Int64,
    "of_household": pl.Int64,
    "person_id": pl.Int64,
    "person_no": pl.String,
    "event": pl.Boolean,
}
_VILLAGE_BASE: Final = {**_BASE, "village": pl.Int64}


def _kept(frame: pl.DataFrame, wanted: set[str]) -> list[str]:
    return [name for name in frame.columns if name in wanted]


def _joined(frames: list[pl.DataFrame], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *frames], how="diagonal")


def _match(sheets: Sequence[StagedSheet], area: Scope, keys: Keys, today: date) -> None:
    about = [staged for staged in sheets if staged.layout.subject != "village"]
    if not about:
        return
    for staged in about:
        staged.frame = _filled_down(staged.frame)
    rows = pl.concat([_key_columns(staged, ("household_no", "village", "county")) for staged in about])
    matched = match_households(rows)
    beyond = refuse(movements.outside(matched.rows, area), Refusal.HOUSEHOLD_OUTSIDE, "household_no")
    _take(about, matched.rows.select("sheet", "row", "household_id"), pl.concat([matched.refused, beyond]))
    for staged in about:
        if staged.layout.subject == "household":
            _once_a_household(staged)
    people = [staged for staged in about if staged.layout.subject == "person"]
    if not people:
        return
    for staged in people:
        events, stated_on = staged.layout.name == movements.EVENTS, staged.layout.stated_on
        staged.frame = movements.with_day(staged.frame, events=events, stated_on=stated_on)
    wanted = ("household_id", "household_no", "from_household_no", "county", "village", "person_no", "id_no", "name")
    rows = pl.concat([_key_columns(staged, (*wanted, *movements.KINDS)) for staged in people])
    matched = match_persons(rows, Scope.everywhere(), keys, area)
    telling = [staged.number for staged in people if staged.layout.name == movements.EVENTS]
    found = matched.rows.with_columns(events=pl.col("sheet").is_in(telling))
    known = movements.on_record(found.filter(~pl.col("events"))).with_columns(known=pl.lit(value=True))
    found = found.join(known, on=["sheet", "row"], how="left", maintain_order="left")
    changing = found.with_columns(change_on=pl.when(pl.col("known").is_null()).then(pl.col("change_on")))
    for staged in people:
        staged.frame = staged.frame.drop("change_on")
    _take(people, changing.select("sheet", "row", "person_id", "id_index", "change_on"), matched.refused)
    wrong = movements.refused(changing, today)
    for staged in people:
        staged.add(wrong)
        _once_a_person(staged)


def _filled_down(frame: pl.DataFrame) -> pl.DataFrame:
    """Give members the household number of the line above: ledgers write or merge it once a household."""
    if "household_no" not in frame.columns:
        return frame.with_columns(household_no=pl.lit(None, pl.String))
    if "relation" not in frame.columns:
        return frame
    member = pl.col("relation").is_not_null() & (pl.col("relation") != _HEAD)
    above = pl.col("household_no").forward_fill()
    return frame.with_columns(
        pl.when(pl.col("household_no").is_null() & member).then(above).otherwise("household_no").alias("household_no")
    )


_HEAD: Final = 1


def _key_columns(staged: StagedSheet, names: Sequence[str]) -> pl.DataFrame:
    frame = staged.frame
    kinds = {"household_id": pl.Int64, "county": pl.Int64, "village": pl.Int64, **movements.KINDS}
    columns = [
        pl.col(name) if name in frame.columns else pl.lit(None, kinds.get(name, pl.String)).alias(name)
        for name in names
    ]
    return frame.select(pl.lit(staged.number, pl.Int32).alias("sheet"), pl.col("row").cast(pl.Int32), *columns)


def _take(sheets: Sequence[StagedSheet], found: pl.DataFrame, refused: pl.DataFrame) -> None:
    for staged in sheets:
        staged.add(refused)
        mine = found.filter(pl.col("sheet") == staged.number).drop("sheet")
        staged.frame = staged.frame.join(mine, on="row", maintain_order="left")


def _once_a_household(staged: StagedSheet) -> None:
    """Refuse a second line of the same household that says otherwise than the first."""
    said = [name for name in staged.frame.columns if name != "row"]
    numbered = staged.frame.with_columns(
        sheet=pl.lit(staged.number, pl.Int32),
        first=pl.col("row").min().over("household_id"),
        same=pl.struct(said) == pl.struct(said).first().over("household_id"),
    )
    later = numbered.filter(pl.col("row") != pl.col("first")).with_columns(
        candidates=pl.concat_str(pl.lit("→ "), pl.col("first"))
    )
    staged.add(refuse(later.filter(~pl.col("same")), Refusal.HOUSEHOLD_TWICE, "household_no"))


def _once_a_person(staged: StagedSheet) -> None:
    """Refuse a second line of the same person in one sheet; of changes, in the same household on the same day."""
    one = ["person_id"]
    if staged.layout.name == movements.EVENTS:
        one += ["household_id", "change_on"]
    later = staged.frame.with_columns(
        sheet=pl.lit(staged.number, pl.Int32), first=pl.col("row").min().over(one)
    ).filter(pl.col("row") != pl.col("first"))
    shown = later.with_columns(candidates=pl.concat_str(pl.lit("→ "), pl.col("first")))
    staged.add(refuse(shown, Refusal.PERSON_TWICE, "name"))
