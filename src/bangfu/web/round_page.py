"""The pages of rounds: a county's tally by township and village, where rounds can be opened, the households named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.decisions.grounds import because_of
from bangfu.decisions.models import Round, RoundKind
from bangfu.decisions.proposing import CATEGORIES, GONE
from bangfu.decisions.rounds import (
    CATEGORY_NAMES,
    KIND_NAMES,
    Tally,
    cases_of_households,
    reasons_counted,
    round_rows,
    stands_of_round,
    tallies,
)
from bangfu.kernel.actors import COUNTRY_NAME, Can
from bangfu.kernel.codes import Level
from bangfu.kernel.home import Home
from bangfu.kernel.status import STATUS_NAMES, StatusKind
from bangfu.kernel.texts import Text
from bangfu.params import Step
from bangfu.places.paths import Step as PlaceStep
from bangfu.places.paths import paths_of
from bangfu.places.scope import COUNTRY, Scope
from bangfu.places.tree import heads_of, those_within
from bangfu.procedures.course import Course, Version, course_of
from bangfu.procedures.models import CaseState
from bangfu.registry.listed import briefs_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_rows
from bangfu.web.case_sheet import address_of_sheet
from bangfu.web.case_words import STATE_COLOURS, STATE_WORDS

PER_PAGE: Final = 100
REASONED: Final = ("enters", "falls_back", "leaves", "unknown")
"""The categories of which the page tells the reasons by criterion."""


@dataclass(frozen=True, slots=True)
class Row:
    """The tally of one place, with its name; address: of the same below it, '' for a village."""

    name: Text
    code: str
    tally: Tally
    below: bool


def places_offered(actor: ActingPerson, run: Run, home: Home) -> list[tuple[int, Text]]:
    """Return the places in which the person may open a round on a run: counties, and what holds several of them."""
    scope = scope_of(actor, Can.OPEN_CASES)
    counties = run_rows(run, home)["county"].unique().drop_nulls().sort().to_list()
    mine = those_within(scope, counties) if scope.roots else []
    found = [(number, path[-1].name) for number, path in sorted(paths_of(mine).items()) if path]
    if len(found) > 1 and scope.whole:
        return [(COUNTRY, COUNTRY_NAME), *found]
    if len(found) > 1:
        return [*((head.number, head.name) for head in heads_of(scope) if head.level < Level.COUNTY), *found]
    return found


def round_shown(held: Round, scope: Scope, home: Home, town: str) -> dict[str, Any]:
    """Return what the page of a round shows; town: code of the township whose villages are shown."""
    rows = round_rows(held, home, scope)
    paths = paths_of(rows["village"].unique())
    towns = {village: path[-2].number for village, path in paths.items() if len(path) > 1}
    parents = pl.DataFrame(
        {"village": list(towns), "town": list(towns.values())}, schema={"village": pl.Int64, "town": pl.Int64}
    )
    placed = rows.join(parents, on="village", how="left", maintain_order="left")
    steps = {step.number: step for path in paths.values() for step in path}
    chosen = next((step for step in steps.values() if step.code == town and step.number in set(towns.values())), None)
    if chosen is not None:
        mine, by = placed.filter(pl.col("town") == chosen.number), "village"
    else:
        mine, by = placed, "town"
    whole = tallies(held, mine.with_columns(together=pl.lit(0, pl.Int64)), home, "together")
    return {
        "round": held,
        "kind": KIND_NAMES[RoundKind(held.kind)],
        "county": paths_of([held.county])[held.county][-1].name,
        "categories": [(name, CATEGORY_NAMES[name]) for name in CATEGORIES],
        "rows": [_row(steps, one, below=by == "town") for one in tallies(held, mine, home, by)],
        "whole": whole[0] if whole else None,
        "town": chosen,
        "reasons": [(CATEGORY_NAMES[name], found) for name, found in _reasons(held, mine, home)],
        "stands": _stands(held, scope),
    }


def households_shown(held: Round, scope: Scope, home: Home, asked: tuple[str, str, int]) -> dict[str, Any]:
    """Return one page of the households of a category; asked: category, code of a place or '', page from 1."""
    category, code, page = asked
    rows = round_rows(held, home, scope).filter(pl.col("category") == category)
    paths = paths_of(rows["village"].unique())
    if code:
        inside = [village for village, path in paths.items() if any(step.code == code for step in path)]
        rows = rows.filter(pl.col("village").is_in(inside))
    pages = max(1, -(-rows.height // PER_PAGE))
    page = min(page, pages)
    some = rows.slice((page - 1) * PER_PAGE, PER_PAGE)
    near = next((step.name for path in paths.values() for step in path if step.code == code), None)
    return {
        "round": held,
        "kind": KIND_NAMES[RoundKind(held.kind)],
        "category": (category, CATEGORY_NAMES[category]),
        "place": (code, near),
        "total": rows.height,
        "lines": _lines(held, some, home, paths),
        "page": page,
        "pages": pages,
    }


def _lines(held: Round, rows: pl.DataFrame, home: Home, paths: dict[int, tuple[PlaceStep, ...]]) -> list[Any]:
    households = rows["household"].to_list()
    briefs, cases = briefs_of([held.county], households), cases_of_households(held, households)
    present = rows.filter(pl.col("category") != GONE)
    told = because_of(held.run, home, dict(present.select("household", "because").iter_rows()))
    lines = []
    for household, village, status in rows.select("household", "village", "status").iter_rows():
        case, state = cases.get(household, (None, ""))
        met, unmet, income = told.get(household, ((), (), None))
        lines.append(
            {
                "household": household,
                "brief": briefs[household],
                "village": paths[village][-1].name if village in paths else None,
                "status": STATUS_NAMES[StatusKind(status)] if status is not None else None,
                "met": met,
                "unmet": unmet,
                "income": income,
                "case": case,
                "state": STATE_WORDS[CaseState(state)] if case else "",
                "colour": STATE_COLOURS.get(CaseState(state), "") if case else "",
            }
        )
    return lines


def _row(steps: dict[int, PlaceStep], tally: Tally, *, below: bool) -> Row:
    step = steps.get(tally.place)
    return Row(step.name if step else Text(zh="—", en="—"), step.code if step else "", tally, below)


def _reasons(held: Round, rows: pl.DataFrame, home: Home) -> list[tuple[str, Sequence[Any]]]:
    counted = reasons_counted(held, rows, home)
    return [(name, counted[name]) for name in REASONED if name in counted]


def _stands(held: Round, scope: Scope) -> list[dict[str, Any]]:
    """Return for each procedure how many cases wait for each step, how many are finished, refused, withdrawn."""
    frame, found = stands_of_round(held, scope), []
    county = paths_of([held.county])[held.county][-1]
    code = county.code if scope.contains(held.county) else ""
    for key, mine in frame.group_by("programme", "procedure", "law_from", maintain_order=True):
        programme, procedure, law_from = key
        course = course_of(Version(str(programme), str(procedure), law_from))
        counted = {(done, state): count for done, state, count in mine.select("done", "state", "count").iter_rows()}
        ends = (CaseState.FINISHED, CaseState.REFUSED, CaseState.WITHDRAWN)
        found.append(
            {
                "course": course,
                "strip": [_stop(course, step, counted, code) for step in course.steps],
                "ends": [(STATE_WORDS[end], STATE_COLOURS.get(end, ""), _sum(counted, end)) for end in ends],
            }
        )
    return found


def _stop(course: Course, step: Step, counted: dict[tuple[int, str], int], code: str) -> tuple[Step, int, str, bool]:
    return (step, counted.get((step.order - 1, CaseState.OPEN), 0), address_of_sheet(course, step, code), False)


def _sum(counted: dict[tuple[int, str], int], end: CaseState) -> int:
    return sum(count for (_, state), count in counted.items() if state == end)
