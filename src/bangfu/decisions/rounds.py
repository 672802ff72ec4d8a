"""Everything that reads rounds of adjustment (动态调整). Each query takes the scope."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl
from django.db import connection
from django.db.models import Q

from bangfu.decisions.actions.open_round import LIST, round_folder
from bangfu.decisions.models import Round, RoundKind
from bangfu.decisions.proposing import CATEGORIES, ENTERS, FALLS_BACK, GONE, LEAVES, WRONG, monitors
from bangfu.decisions.standing_now import ON_LIST
from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.errors.procedures import RoundUnknown
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.places.queries import numbers_within
from bangfu.places.scope import Scope, lineage
from bangfu.snapshots.evidence import read_frames, read_manifest
from bangfu.snapshots.queries import run_manifest, run_rows

_HELD: Final = 16
"""How many lists a process keeps in memory."""
CATEGORY_NAMES: Final = {
    "enters": Text(zh="拟纳入", en="to enter"),
    "falls_back": Text(zh="拟返贫重新纳入", en="fallen back, to enter again"),
    "leaves": Text(zh="拟退出", en="to leave"),
    "wrong": Text(zh="拟剔除", en="wrongly listed, to be taken off"),
    "stays": Text(zh="继续在册", en="stay on the list"),
    "stays_out": Text(zh="继续不在册", en="stay outside"),
    "unknown": Text(zh="待核实", en="to be verified"),
    "gone": Text(zh="上次有、本次无", en="on record before, not now"),
}
KIND_NAMES: Final = {
    RoundKind.YEARLY: Text(zh="年度动态调整", en="Yearly adjustment"),
    RoundKind.LOOKBACK: Text(zh="回头看", en="Look back"),
}
_STANDS: Final = {
    "procedure": pl.String,
    "programme": pl.String,
    "law_from": pl.Date,
    "done": pl.Int16,
    "state": pl.String,
    "count": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Households of one place by what a round proposes; they add up.

    place   number of the place
    before  how many are on the list now; after: how many there would be if everybody decided as proposed
    all     how many the run has; without those who are gone
    by      category -> households
    """

    place: int
    before: int
    after: int
    all: int
    by: dict[str, int]


def rounds_seen(scope: Scope) -> list[Round]:
    """Return the rounds of the counties in which the scope has places, the newest first."""
    return list(Round.objects.filter(_seen(scope)).select_related("run", "before").order_by("-on", "-id"))


def round_seen(number: int, scope: Scope) -> Round:
    """Return a round of a county in which the scope has places; raises RoundUnknown."""
    found = Round.objects.filter(_seen(scope), pk=number).select_related("run", "before").first()
    if found is None:
        raise RoundUnknown(round=number)
    return found


def tally_of(held: Round) -> dict[str, int]:
    """Return the households of the whole county by category, as recorded when the round was opened."""
    counted: dict[str, int] = json.loads(held.tally)
    return {category: counted.get(category, 0) for category in CATEGORIES}


def round_rows(held: Round, home: Home, scope: Scope) -> pl.DataFrame:
    """Return the checked list of a round in the columns of proposing.LISTED, cut to the scope."""
    folder = round_folder(home, held.county, held.run, RoundKind(held.kind))
    rows = _checked(folder, held.sha256)
    if scope.contains(held.county):
        return rows
    return rows.filter(pl.col("village").is_in(numbers_within(scope).implode()))


def tallies(held: Round, rows: pl.DataFrame, home: Home, by: str = "village") -> list[Tally]:
    """Return the tally of each place that a column of the rows names, in the order of the places.

    rows  a round's list with a column `by` of place numbers
    """
    on_list = list(ON_LIST[monitors(run_manifest(held.run, home)["findings"])])
    there = pl.col("category") != GONE
    counts = rows.group_by(by).agg(
        (there & pl.col("status").is_in(on_list).fill_null(value=False)).sum().alias("before"),
        there.sum().alias("all"),
        *((pl.col("category") == name).sum().alias(name) for name in CATEGORIES),
    )
    found = []
    for row in counts.sort(by).iter_rows(named=True):
        parts = {name: row[name] for name in CATEGORIES}
        after = row["before"] - parts[LEAVES] - parts[WRONG] + parts[ENTERS] + parts[FALLS_BACK]
        found.append(Tally(row[by], row["before"], after, row["all"], parts))
    return found


def reasons_counted(held: Round, rows: pl.DataFrame, home: Home) -> dict[str, list[tuple[Text, int | None, int]]]:
    """Return for each category the criteria that made it so: title, whether met (None: unknown), households."""
    criteria = run_manifest(held.run, home)["findings"]["criteria"]
    told = rows.select("household", "category", pl.col("because").str.split(",").alias("criterion"))
    told = told.explode("criterion").filter(pl.col("criterion").is_in(list(criteria)))
    found = run_rows(held.run, home).select("household", *criteria)
    outcomes = found.unpivot(list(criteria), index="household", variable_name="criterion", value_name="met")
    joined = told.join(outcomes, on=["household", "criterion"], how="left")
    counts = joined.group_by("category", "criterion", "met").len().sort("len", "criterion", descending=[True, False])
    reasons: dict[str, list[tuple[Text, int | None, int]]] = {}
    for category, name, met, count in counts.iter_rows():
        reasons.setdefault(category, []).append((Text(**criteria[name]["title"]), met, count))
    return reasons


def stands_of_round(held: Round, scope: Scope) -> pl.DataFrame:
    """Return where the cases of a round's run stand: procedure, programme, law_from, done, state, count."""
    inside, places = scope.where("s.place")
    sql = (
        "SELECT c.procedure, c.programme, c.law_from, s.done, s.state, COUNT(*) FROM procedures_standing s "
        f"JOIN procedures_case c ON c.id = s.case_id WHERE s.live AND s.county = %s AND c.run_id = %s AND {inside} "
        "GROUP BY c.procedure, c.programme, c.law_from, s.done, s.state ORDER BY c.procedure, c.law_from, s.done"
    )
    return read_frame(connection, sql, [held.county, held.run_id, *places], _STANDS)


def cases_of_households(held: Round, households: list[int]) -> dict[int, tuple[int, str]]:
    """Return household -> the latest case that the round's run opened about it, and its state."""
    condition, parameter = in_list(connection, "c.subject_id", households)
    sql = (
        "SELECT c.subject_id, c.id, s.state FROM procedures_case c JOIN procedures_standing s ON s.case_id = c.id "
        f"AND s.live WHERE c.county = %s AND c.subject_kind = %s AND {condition} AND c.run_id = %s ORDER BY c.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [held.county, "household", parameter, held.run_id])
        return {household: (case, state) for household, case, state in cursor.fetchall()}


def _seen(scope: Scope) -> Q:
    above = {place for root in scope.roots for place in lineage(root)}
    return scope.holds("county") | Q(county__in=above)


@lru_cache(maxsize=_HELD)
def _checked(folder: Path, sha256: str) -> pl.DataFrame:
    manifest = read_manifest(folder, sha256)
    return read_frames(folder, manifest["files"])[LIST]
