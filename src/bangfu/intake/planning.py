"""The difference of a batch: what it says compared with the register, day by day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import polars as pl

from bangfu.intake.difference import in_force, income_difference, topic_difference
from bangfu.intake.homes import Moves
from bangfu.intake.inheritance import doubts, stated_events
from bangfu.intake.movements import NOBODY
from bangfu.intake.plan import LINE, Codes, Plan, Statements, coalesced, in_line_order
from bangfu.intake.refusals import REFUSED, Refusal, refuse
from bangfu.kernel.secrets import Keys
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.topics import Topic, topics

INCOME_SUFFIX: Final = "_fen"
_SEALED: Final = ("id_sealed", "phone_sealed", "account_sealed", "pinyin", "initials")


def plan_batch(said: Statements, scope: Scope, keys: Keys, codes: Codes) -> Plan:
    """Compare everything a batch says with the register, day by day; undated files come last, as corrections.

    No two subjects have to do with one another here, so that one county after the other is compared.
    """
    plans = []
    for part in _by_county(said):
        planner = _Planner(scope, keys)
        days = {*part.households["stated_on"], *part.persons["stated_on"], *part.villages["stated_on"]}
        for day in sorted(days, key=lambda day: day or date.max):
            planner.take(part, day)
        plans.append(planner.finished(part, codes))
    return plans[0] if len(plans) == 1 else _joined(plans)


def _by_county(said: Statements) -> Iterator[Statements]:
    """Yield the statements by the county in which their subject stands first, so that no subject is torn."""
    tables = [(said.households, "household_id"), (said.persons, "person_id"), (said.villages, "village")]
    homes = [frame.group_by(key).agg(pl.col("county").first().alias("home")) for frame, key in tables]
    counties = pl.concat([home["home"] for home in homes]).unique().sort()
    if len(counties) <= 1:
        yield said
        return
    for county in counties:
        mine = (home.filter(pl.col("home").eq_missing(pl.lit(county, pl.Int64))) for home in homes)
        parts = [
            frame.join(home.select(key), on=key, how="semi", maintain_order="left")
            for (frame, key), home in zip(tables, mine, strict=True)
        ]
        yield Statements(*parts)


def _joined(plans: Sequence[Plan]) -> Plan:
    """Return one plan of several counties' plans."""

    def whole(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
        filled = [table for table in tables if table.width]
        return pl.concat(filled, how="diagonal") if filled else pl.DataFrame()

    names = {name: None for plan in plans for name in plan.topics}
    return Plan(
        topics={name: whole(plan.topics[name] for plan in plans if name in plan.topics) for name in names},
        income=whole(plan.income for plan in plans),
        events=whole(plan.events for plan in plans),
        leads=whole(plan.leads for plan in plans),
        changed={
            key: pl.concat([plan.changed[key] for plan in plans if key in plan.changed])
            for key in {key: None for plan in plans for key in plan.changed}
        },
        refused=whole(plan.refused for plan in plans),
    )


class _Planner:
    """Collects new rows day by day, so that each day's statement is compared with the days before it."""

    def __init__(self, scope: Scope, keys: Keys) -> None:
        self._scope = scope
        self._keys = keys
        self._rows: dict[str, list[pl.DataFrame]] = {}
        self._income: list[pl.DataFrame] = []
        self._changed: dict[str, list[pl.Series]] = {}
        self._refused: list[pl.DataFrame] = [pl.DataFrame(schema=REFUSED)]
        self._moves = Moves()

    def take(self, said: Statements, day: date | None) -> None:
        """Compare the statements that hold from one day."""
        households, persons, villages = (
            in_line_order(frame.filter(pl.col("stated_on").eq_missing(pl.lit(day, pl.Date))))
            for frame in (said.households, said.persons, said.villages)
        )
        self._contradictions(households)
        one_household = coalesced(households, "household_id")
        one_person = coalesced(persons, "person_id")
        one_village = coalesced(villages, "village")
        self._compare(topics()[_MEMBERSHIP], one_person, day)
        special = {
            "contact": self._contact(one_household),
            "standing": self._counted(one_household, day),
            "identity": self._identity(one_person),
        }
        said_by = {"household_id": one_household, "person_id": one_person, "village": one_village}
        for topic in topics().values():
            if topic.name != _MEMBERSHIP:
                self._compare(topic, special.get(topic.name, said_by[topic.key]), day)
        self._compare_income(one_household, day)

    def finished(self, said: Statements, codes: Codes) -> Plan:
        """Return the plan, with the status events that the batch brings."""
        plan = Plan(
            topics={name: _nobody_is_null(pl.concat(tables)) for name, tables in self._rows.items()},
            income=pl.concat(self._income) if self._income else pl.DataFrame(),
            changed={key: pl.concat(subjects).unique() for key, subjects in self._changed.items()},
            refused=pl.concat(self._refused),
        )
        one = coalesced(in_line_order(said.households), "household_id")
        if not one.is_empty():
            stated = stated_events(one, codes.exited, codes.relapsed)
            formed = self._moves.formed["household_id"]
            plan.events, plan.leads = _split_status(one, stated, self._scope, formed)
        homes = self._moves.leads()
        if not homes.is_empty():
            doubted = plan.leads.with_columns(kind=pl.lit(DOUBTED)) if plan.leads.width else plan.leads
            plan.leads = pl.concat([doubted, homes], how="diagonal")
        elif plan.leads.width:
            plan.leads = plan.leads.with_columns(kind=pl.lit(DOUBTED))
        return plan

    def _compare(self, topic: Topic, said: pl.DataFrame, day: date | None) -> None:
        if said.is_empty():
            return
        current = self._current(topic, said[topic.key], day)
        compared = [name for name in current.columns if name not in _SEALED]
        found = topic_difference(topic.key, current.select(compared), said, day)
        if not found.is_empty():
            kept = [topic.key, *(name for name in _SEALED if name in current.columns)]
            plain = [name for name in ("id_no", "phone", "account", "household_phone") if name in said.columns]
            rows = found.join(current.select(kept), on=topic.key, how="left", maintain_order="left")
            if topic.name == _MEMBERSHIP:
                self._moves.note(found, current, said)
            if topic.name in {"identity", "contact"}:
                rows = rows.join(said.select(topic.key, *plain), on=topic.key, how="left", maintain_order="left")
            rows = rows.join(said.select(topic.key, "county"), on=topic.key, maintain_order="left")
            self._rows.setdefault(topic.name, []).append(rows)
            self._changed.setdefault(topic.key, []).append(found[topic.key])

    def _compare_income(self, said: pl.DataFrame, day: date | None) -> None:
        items = [name for name in said.columns if name.endswith(INCOME_SUFFIX)]
        if said.is_empty() or not items:
            return
        long = (
            said.select("household_id", *items)
            .unpivot(items, index="household_id", variable_name="item", value_name="fen")
            .drop_nulls("fen")
        )
        known = long["household_id"].unique()
        current = queries.income_at(self._scope, _view(day), known.filter(known > 0).to_list())
        for rows in self._income:
            newer = rows.join(known.to_frame(), on="household_id", how="semi").select(current.columns)
            current = pl.concat([current.join(newer, on="household_id", how="anti"), newer])
        found = income_difference(current, long, day)
        if not found.is_empty():
            rows = found.join(said.select("household_id", "county"), on="household_id", maintain_order="left")
            self._income.append(rows.sort("household_id", "item"))
            self._changed.setdefault("household_id", []).append(found["household_id"])

    def _current(self, topic: Topic, subjects: pl.Series, day: date | None) -> pl.DataFrame:
        known = subjects.filter(subjects > 0).to_list()
        if known:
            current = queries.facts_at(self._scope, topic, _view(day), known)
        else:
            current = pl.DataFrame(schema={topic.key: pl.Int64, "effective_from": pl.Date, **topic.columns})
        if topic.name == _MEMBERSHIP:
            current = current.with_columns(pl.col("household_id").fill_null(NOBODY))
        for rows in self._rows.get(topic.name, []):
            wanted = rows.join(subjects.to_frame(), on=topic.key, how="semi")
            current = in_force(current, wanted, topic.key)
        return current

    def _counted(self, households: pl.DataFrame, day: date | None) -> pl.DataFrame:
        """Let the declared number of members follow who comes and goes on the day, unless the files declare it."""
        net = self._moves.net(day)
        if net.is_empty():
            return households
        standing = self._current(topics()["standing"], net["household_id"], day)
        counts = net.join(standing.select("household_id", "declared_members"), on="household_id").select(
            "household_id", "county", follows=(pl.col("declared_members") + pl.col("net")).cast(pl.Int32)
        )
        counts = counts.drop_nulls("follows")
        if "declared_members" not in households.columns:
            households = households.with_columns(declared_members=pl.lit(None, pl.Int32))
        said = households.join(counts.drop("county"), on="household_id", how="left", maintain_order="left")
        said = said.with_columns(declared_members=pl.coalesce("declared_members", "follows")).drop("follows")
        others = counts.join(households, on="household_id", how="anti").rename({"follows": "declared_members"})
        return pl.concat([said, others], how="diagonal_relaxed")

    def _identity(self, persons: pl.DataFrame) -> pl.DataFrame:
        return self._indexed(persons, "phone")

    def _contact(self, households: pl.DataFrame) -> pl.DataFrame:
        if "household_phone" not in households.columns:
            return households
        return self._indexed(households.with_columns(phone=pl.col("household_phone")), "phone")

    def _indexed(self, rows: pl.DataFrame, column: str) -> pl.DataFrame:
        if column not in rows.columns:
            return rows
        digests = [None if text is None else self._keys.digest(text).hex() for text in rows[column].to_list()]
        return rows.with_columns(pl.Series(f"{column}_index", digests, pl.String))

    def _contradictions(self, households: pl.DataFrame) -> None:
        """Doubt every line that states a household's field otherwise than an earlier line of the same day."""
        fields = [name for name in households.columns if name not in _NOT_SAID]
        for name in fields:
            said = households.select(*LINE, "household_id", name).drop_nulls(name)
            first = pl.col(name).first().over("household_id")
            self._refused.append(
                refuse(
                    said.filter(pl.col(name) != first).with_columns(candidates=pl.lit(name)),
                    Refusal.CONTRADICTS_EARLIER,
                    name,
                )
            )


DOUBTED: Final = "status_differs"
_MEMBERSHIP: Final = "membership"
_NOT_SAID: Final = frozenset(
    {"sheet", "row", "subject", "registered", "stated_on", "household_id", "household_no", "county"}
)


def _nobody_is_null(rows: pl.DataFrame) -> pl.DataFrame:
    """Write the household of who belongs to none as the register does."""
    if "household_id" not in rows.columns:
        return rows
    home = pl.col("household_id")
    return rows.with_columns(pl.when(home != NOBODY).then(home).alias("household_id"))


def _view(day: date | None) -> queries.AsOf:
    return queries.AsOf(day) if day else queries.AsOf()


def _split_status(
    said: pl.DataFrame, stated: pl.DataFrame, scope: Scope, formed: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the events to inherit (villages without any status yet) and the doubts (all others).

    formed  households that a split forms: they inherit nothing
    """
    county = said.select("household_id", "county", "village")
    held_in = queries.villages_with_status(scope, said["village"].drop_nulls().unique().to_list())
    settled = pl.col("village").is_in(held_in) | pl.col("household_id").is_in(formed.implode())
    later = county.filter(settled)["household_id"]
    inherited = stated.filter(~pl.col("household_id").is_in(later.to_list())).join(
        county.select("household_id", "county"), on="household_id"
    )
    known = later.filter(later > 0).to_list()
    held = queries.status_events_at(scope, queries.AsOf(), known)
    doubted = doubts(stated.filter(pl.col("household_id").is_in(later.to_list())), held)
    return inherited, doubted.join(county.select("household_id", "county"), on="household_id")
