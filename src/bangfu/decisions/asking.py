"""What a compared list makes people ask: who is on it, where it differs from the register, who is missing from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from bangfu.decisions.facts import evidence, facts_of, facts_text, said, told_on
from bangfu.decisions.models import Hit
from bangfu.intake.lists import ListForm
from bangfu.kernel.days import day_number
from bangfu.kernel.secrets import Keys
from bangfu.params import Parameters
from bangfu.params.programme import Programme

DIBAO_HOUSEHOLD: Final = 4
UNSAFE: Final = frozenset({3, 4, 6})
"""Codes of housing_grade that are no safe house."""
_YES: Final = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A hit before it is recorded; the fields are those of models.Hit, `told` as yyyymmdd, `evidence` of its lead."""

    kind: str
    household: int | None
    person: int | None
    sheet: int | None
    row: int | None
    how: str
    score_bp: int
    key: str
    facts: str
    told: int | None
    severity: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Setting:
    """With what hits are weighed.

    since      persons.registered_since
    households, persons  the register's facts without identity, see registry.frames.frames_at
    poor       households below the line by the latest run; None where there is no run
    complete   whether the list says of everybody of the county, so that who is missing is asked about
    """

    form: ListForm
    programme: Programme
    parameters: Parameters
    stated_on: date
    severity: str
    keys: Keys
    households: pl.DataFrame
    persons: pl.DataFrame
    poor: pl.Series | None = None
    complete: bool = False
    names: dict[int, str | None] = field(default_factory=dict)

    def key(self, kind: str, *parts: object) -> str:
        """Return the digest under which one thing is asked about once."""
        return self.keys.digest("|".join(map(str, ("hit", kind, *parts)))).hex()


Chooses = Callable[[pl.DataFrame, Setting], pl.DataFrame]


def drafts_of(rows: pl.DataFrame, compared: pl.DataFrame, setting: Setting) -> list[Draft]:
    """Return what is asked after a comparison.

    rows      matched rows of the list, see matching.match_rows
    compared  the persons who were compared: those whose household may be looked up
    """
    form = setting.form
    found: list[Draft] = []
    matched = rows.filter(pl.col("outcome") == "matched")
    if "presence" in form.asks:
        found += _rows(matched, f"comparison.{form.name}", setting.severity, setting)
    if "difference" in form.asks:
        kind, chooses = _DIFFERENCES[form.name]
        severity = Hit.Severity.REVIEW if kind.startswith("comparison") else Hit.Severity.HELP
        found += _rows(chooses(matched, setting), kind, severity, setting)
    if "absence" in form.asks and setting.complete:
        kind, missing = _ABSENCES[form.name]
        there = rows.filter(pl.col("outcome").is_in(["matched", "ambiguous"]))
        found += _absent(missing(compared, there, setting), kind, setting)
    if "outside" in form.asks:
        found += _outside(rows.filter(pl.col("outcome") == "unmatched"), "unserved.registration", setting)
    return list({draft.key: draft for draft in found}.values())


def _rows(rows: pl.DataFrame, kind: str, severity: str, setting: Setting) -> Iterator[Draft]:
    """Ask about rows that mean somebody."""
    form = setting.form
    for row in rows.iter_rows(named=True):
        facts = facts_of(row, form, (row["name"], setting.names.get(row["person_id"])))
        stored, told = facts_text(facts), told_on(facts, form)
        yield Draft(
            kind=kind,
            household=row["household_id"],
            person=row["person_id"],
            sheet=row["sheet"],
            row=row["row"],
            how=row["how"],
            score_bp=row["score_bp"],
            key=setting.key(kind, row["person_id"], _thing(row, form, stored, told)),
            facts=stored,
            told=told,
            severity=severity,
            evidence=evidence(form, setting.stated_on, row["row"], said(facts, form, setting.parameters)),
        )


def _thing(row: dict[str, Any], form: ListForm, stored: str, told: int | None) -> str:
    """Return what tells one thing from another: where a list has no number of it, being there in a year is one."""
    things = [str(row[name]) for name in form.of_use("thing") if row[name] is not None]
    if form.of_use("thing"):
        return "|".join(things) or stored
    if "presence" not in form.asks:
        return stored
    return "" if told is None else str(told // 10_000)


def _absent(persons: pl.DataFrame, kind: str, setting: Setting) -> Iterator[Draft]:
    """Ask about registered persons (or households, where person_id is null) who are not on the list."""
    for household, person in persons.select("household_id", "person_id").iter_rows():
        yield Draft(
            kind=kind,
            household=household,
            person=person,
            sheet=None,
            row=None,
            how=Hit.How.ABSENT,
            score_bp=0,
            key=setting.key(kind, household, person, setting.stated_on.year),
            facts="{}",
            told=None,
            severity=Hit.Severity.HELP,
            evidence=evidence(setting.form, setting.stated_on, None, ""),
        )


def _outside(rows: pl.DataFrame, kind: str, setting: Setting) -> Iterator[Draft]:
    """Ask about rows that name nobody of the register; who it is stands in the list alone."""
    form = setting.form
    for row in rows.iter_rows(named=True):
        facts = facts_of(row, form, (row["name"],))
        who = row["id_no"] or f"{row['name']}|{row['village']}"
        yield Draft(
            kind=kind,
            household=None,
            person=None,
            sheet=row["sheet"],
            row=row["row"],
            how=Hit.How.OUTSIDE,
            score_bp=0,
            key=setting.key(kind, who, setting.stated_on.year),
            facts=facts_text(facts),
            told=told_on(facts, form),
            severity=Hit.Severity.HELP,
            evidence=evidence(form, setting.stated_on, row["row"], said(facts, form, setting.parameters)),
        )


def _without_recorded_dibao(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Leave the rows of households of which the register records no allowance."""
    persons = setting.persons.filter(pl.col("dibao") == _YES)["household"].unique()
    attribute = setting.households.filter(pl.col("household_type") == DIBAO_HOUSEHOLD)["household"]
    paid = setting.households.filter(pl.col("dibao_fen").fill_null(0) > 0)["household"]
    recorded = pl.concat([persons, attribute, paid]).unique()
    return rows.filter(~pl.col("household_id").is_in(recorded.implode()))


def _without_recorded_disability(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    recorded = setting.persons.filter(pl.col("disability_kind").fill_null(0) > 0)["person"]
    return rows.filter(~pl.col("person_id").is_in(recorded.implode()))


def _unsafe_unknown(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    known = setting.households.filter(pl.col("housing_grade").is_in(UNSAFE))["household"]
    return rows.filter(pl.col("housing_grade").is_in(UNSAFE) & ~pl.col("household_id").is_in(known.implode()))


def _large_bills(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    least = setting.programme.value("large_medical_bill", setting.stated_on).value
    return rows.filter(pl.col("self_paid_fen") >= least)


def _uninsured(compared: pl.DataFrame, there: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    employees = setting.persons.filter(pl.col("employee_medical") == _YES)["person"]
    missing = compared.join(there, on="person_id", how="anti")
    return missing.filter(~pl.col("person_id").is_in(employees.implode()))


def _out_of_school(compared: pl.DataFrame, there: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    on = setting.stated_on
    first, last = (setting.programme.value(f"compulsory_age_{end}", on).value for end in ("from", "to"))
    age = (day_number(on) - pl.col("born_on")) // 10_000
    return compared.filter(age.is_between(first, last)).join(there, on="person_id", how="anti")


def _poor_without_dibao(compared: pl.DataFrame, there: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Return the households below the line of which nobody is on the list; none where nothing was run yet."""
    poor = setting.poor if setting.poor is not None else pl.Series([], dtype=pl.Int64)
    homes = compared.filter(pl.col("household_id").is_in(poor.implode())).select("household_id").unique()
    missing = homes.join(there.drop_nulls("household_id"), on="household_id", how="anti").sort("household_id")
    return missing.with_columns(person_id=pl.lit(None, pl.Int64))


_DIFFERENCES: Final[dict[str, tuple[str, Chooses]]] = {
    "allowances": ("comparison.allowances", _without_recorded_dibao),
    "disability": ("unserved.disability", _without_recorded_disability),
    "house_grades": ("unserved.housing", _unsafe_unknown),
    "medical_bills": ("unserved.medical", _large_bills),
}
_ABSENCES: Final[dict[str, tuple[str, Callable[[pl.DataFrame, pl.DataFrame, Setting], pl.DataFrame]]]] = {
    "insurance": ("unserved.insurance", _uninsured),
    "enrolment": ("unserved.schooling", _out_of_school),
    "allowances": ("unserved.dibao", _poor_without_dibao),
}
