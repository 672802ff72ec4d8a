"""Compare a list of another department with the register of a county."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.access.acting import ActingPerson, today
from bangfu.decisions.actions.record_comparison import Counts, Outcome, record_comparison
from bangfu.decisions.asking import Draft, Setting, drafts_of
from bangfu.decisions.matching import OUTCOMES, Register, match_rows
from bangfu.decisions.persons import NOW, registered_persons, registered_since
from bangfu.decisions.queries.authorisations import authorised_households
from bangfu.decisions.severities import severity_of
from bangfu.intake.list_reading import ReadList, read_list
from bangfu.intake.lists import list_forms
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.comparisons import ListKindUnknown, ListWithoutDay
from bangfu.kernel.errors.evidence import NothingToRun
from bangfu.kernel.home import Home
from bangfu.kernel.texts import mark
from bangfu.params import Parameters, load
from bangfu.params.programme import Programme
from bangfu.places.queries import village_names
from bangfu.places.scope import Scope
from bangfu.registry.frames import frames_at
from bangfu.snapshots.queries import run_named, run_rows

STEPS: Final = (
    mark("Reading the list"),
    mark("Reading the register"),
    mark("Comparing"),
    mark("Recording"),
)
_YES: Final = 1


@dataclass(frozen=True, slots=True)
class HandedList:
    """A list as it was handed in.

    kind           a key of intake.lists.list_forms()
    stated_on      the day on which it was true; None: as its title or name tells
    office         whose it is; '' for the office that usually keeps such a list
    programme      under whose rules; None for the national programme of that day
    negative_list  the local list by which hits are weighed; None for all of the programme's
    complete       whether it says of everybody of the county: then who is missing is asked about
    ids_only       compare identity numbers alone
    """

    path: Path
    kind: str
    stated_on: date | None = None
    office: str = ""
    programme: str | None = None
    negative_list: str | None = None
    complete: bool = False
    ids_only: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison left.

    outcome   the recorded comparison, the hits that are new, and whether nothing was new
    listed    the list as read, with the reason of each rejected row
    without   households of the county that have signed no authorisation, where one is asked for
    """

    outcome: Outcome
    listed: ReadList
    without: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int64))

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts: rows = rejected + not_authorised + matched + ambiguous + unmatched; and hits, fresh."""
        return {**self.outcome.counts.of_rows, "hits": self.outcome.hits, "fresh": self.outcome.fresh}


def compare_list(
    *, by: ActingPerson, county: int, handed: HandedList, home: Home, on_step: Callable[[int, str], None] | None = None
) -> Compared:
    """Compare a list with the register of a county and open a lead for each hit (数据比对).

    No status changes: a hit is a doubt, and a person decides. The same file again, or another with the same
    things, asks nothing twice. Reading and comparing hold no lock; only recording does. Whether a household must
    have consented is asked on the day of the look-up, whatever the day of the list.

    by       needs the right to compare lists in the county
    on_step  told the number of each of STEPS and its words
    Raises   NotPermitted, ListKindUnknown, ListWithoutDay, ListUnlike and what reading raises, LinkageMissing,
             ParameterUnknown, ParameterNotInForce
    """
    require(by, Can.COMPARE, county)
    if handed.kind not in list_forms():
        raise ListKindUnknown(kind=handed.kind, known=", ".join(list_forms()))
    parameters = load()
    tell = on_step or (lambda _number, _words: None)
    tell(0, STEPS[0])
    listed = read_list(handed.path, handed.kind, parameters)
    on = handed.stated_on or listed.stated_on
    if on is None:
        raise ListWithoutDay(file=handed.path.name)
    programme = programme_of(parameters, handed.programme, on)
    severity = severity_of(listed.form, programme, handed.negative_list)
    tell(1, STEPS[1])
    scope = Scope((county,))
    persons = registered_persons(scope)
    duty = programme_of(parameters, handed.programme, today())
    register = Register(persons, authorised_households(scope, duty, today()), village_names(scope))
    tell(2, STEPS[2])
    rows = match_rows(listed, register, home.keys, ids_only=handed.ids_only)
    setting = _setting(scope, (listed, programme, parameters), (on, severity, handed.complete), home, register)
    drafts = drafts_of(rows, register.open_persons, setting)
    tell(3, STEPS[3])
    counts = _counts(listed, rows, register)
    facts = _facts(handed, listed, programme, on, home)
    outcome = record_comparison(by=by, county=county, facts=facts, counts=counts, drafts=_dated(drafts, scope))
    return Compared(outcome, listed, register.households_without)


def programme_of(parameters: Parameters, name: str | None, on: date) -> Programme:
    """Return the programme that is named, else the national one in force on the day that began last."""
    if name is not None:
        return parameters.programme(name)
    national = [one for key, one in parameters.programmes.items() if key.startswith("cn_") and one.start <= on]
    running = [one for one in national if one.end is None or one.end >= on] or national
    return max(running, key=lambda one: one.start, default=parameters.programme("cn_2014"))


def _setting(
    scope: Scope,
    read: tuple[ReadList, Programme, Parameters],
    asked: tuple[date, str, bool],
    home: Home,
    register: Register,
) -> Setting:
    (listed, programme, parameters), (on, severity, complete) = read, asked
    items = [name for name, one in parameters.fields["household"].items() if one.topic == "income"]
    frames = frames_at(scope, NOW, items)
    names = register.open_persons.select("person_id", "name")
    return Setting(
        form=listed.form,
        programme=programme,
        parameters=parameters,
        stated_on=on,
        severity=severity,
        keys=home.keys,
        households=frames["households"],
        persons=frames["persons"],
        poor=_poor(programme, home) if complete and "absence" in listed.form.asks else None,
        complete=complete,
        names=dict(names.iter_rows()),
    )


def _poor(programme: Programme, home: Home) -> pl.Series | None:
    """Return the households that the programme's latest run found poor."""
    try:
        rows = run_rows(run_named(None, programme.id), home)
    except NothingToRun:
        return None
    return rows.filter(pl.col("outcome") == _YES)["household"]


def _counts(listed: ReadList, rows: pl.DataFrame, register: Register) -> Counts:
    by_outcome: dict[str, int] = dict(rows.group_by("outcome").len().iter_rows())
    told = {name: by_outcome.get(name, 0) for name in OUTCOMES}
    return Counts(listed.rows, listed.rejected, **told, households_without=len(register.households_without))


def _facts(handed: HandedList, listed: ReadList, programme: Programme, on: date, home: Home) -> dict[str, Any]:
    return {
        "kind": handed.kind,
        "office": handed.office or listed.form.office.zh,
        "stated_on": on,
        "programme": programme.id,
        "digest": home.keys.digest(handed.path.read_bytes().hex()).hex(),
    }


def _dated(drafts: list[Draft], scope: Scope) -> list[tuple[Draft, bool | None]]:
    """Return each draft with whether its day lies after the household was registered; None where a day is unknown."""
    since: dict[int, int | None] = dict(registered_since(scope).iter_rows()) if drafts else {}

    def after(draft: Draft) -> bool | None:
        registered = since.get(draft.household) if draft.household is not None else None
        return draft.told > registered if draft.told is not None and registered is not None else None

    return [(draft, after(draft)) for draft in drafts]
