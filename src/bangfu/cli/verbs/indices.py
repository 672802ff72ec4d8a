"""`bangfu indices`: poverty and inequality of a run of the register, by place or by group."""

from dataclasses import replace
from typing import Any, Final

import polars as pl
from rich.console import Console
from rich.table import Table as Shown

from bangfu.access.scope import scope_required
from bangfu.analysis.frames import held
from bangfu.analysis.indicators import ancestors
from bangfu.analysis.measures.columns import Table
from bangfu.analysis.measures.indices import measure
from bangfu.analysis.measures.line import Line
from bangfu.analysis.measures.report import measured_report
from bangfu.analysis.measures.sample import Design
from bangfu.analysis.plan import LINE_RULE
from bangfu.cli.groups import coded_groups
from bangfu.cli.measuring import fraction, shown
from bangfu.cli.people import person
from bangfu.cli.verbs.measure import show as show_measured
from bangfu.cli.words import phrase
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors.tables import OptionUnusable
from bangfu.kernel.home import Home
from bangfu.kernel.money import FEN_PER_YUAN
from bangfu.kernel.texts import Text
from bangfu.params import Parameters
from bangfu.places.queries import places_within
from bangfu.places.scope import Scope
from bangfu.snapshots.actions.run_programme import snapshot_frames
from bangfu.snapshots.laws import parameters_of
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_frames, run_manifest, run_named

LEVELS: Final = {level.name.lower(): level for level in Level if level is not Level.COUNTRY}
SHIFTS: Final = (-10, -5, 5, 10)
"""Per cent by which the line is moved, to see how much hangs on it."""
ONE_LINE: Final = Text("一个金额：本次运算各县标准不同", "one amount, for the counties of this run have several lines")


def run(*, run_name: str | None, line: str | None, by: str | None, name: str | None) -> dict[str, Any]:
    """Measure the households of a run, each standing for its members, by the run's line or another."""
    home = Home.current()
    scope = scope_required(person(name), Can.RUN, Can.READ_REGISTER)
    made = run_named(run_name)
    manifest = run_manifest(made, home)
    parameters = parameters_of(home, manifest["parameters_sha256"])
    rows = run_frames(made, home, scope)["households"].select(
        "household", "village", "persons", income=pl.col("income_pc_fen") / FEN_PER_YUAN
    )
    if by is not None:
        rows = rows.join(_groups(made, home, scope, by, parameters), on="village" if by in LEVELS else "household")
    amount = _line(manifest["findings"], parameters.programme(made.programme).criteria, line)
    table = Table(rows, made.name)
    design = Design(weight="persons", by="group" if by else None)
    told = _of_everybody(measured_report(measure(table, "income", design, Line(amount))))
    moved = {f"{shift:+d}%": Line(amount * (100 + shift) / 100) for shift in SHIFTS}
    whole = {key: measure(table, "income", replace(design, by=None), each).whole for key, each in moved.items()}
    sensitivity = {
        key: {"line": moved[key].amount, "fgt0": row["fgt0"], "fgt1": row["fgt1"]} for key, row in whole.items()
    }
    about = {"run": made.name, "programme": made.programme, "on": made.true_on.isoformat(), "grouped_by": by}
    return {**about, **told, "line_sensitivity": sensitivity}


def show(result: dict[str, Any], console: Console) -> None:
    """Print what `measure` prints, and how much hangs on the line."""
    show_measured(result, console)
    table = Shown(phrase("标准变动", "Line moved"), phrase("标准", "Line"), "FGT0", "FGT1", box=None)
    for shift, one in result["line_sensitivity"].items():
        table.add_row(shift, *(shown(one[key]) for key in ("line", "fgt0", "fgt1")))
    console.print(table)


def _line(findings: dict[str, Any], criteria: Any, asked: str | None) -> float:
    if asked is not None:
        return float(fraction("--line", asked))
    lines = [one for key, one in findings["criteria"].items() if criteria[key].function == LINE_RULE]
    values = [each["value"] for each in lines[0]["thresholds"]] if lines else []
    if len(values) != 1:
        raise OptionUnusable(option="--line", given="-", wanted=ONE_LINE)
    return float(values[0] / FEN_PER_YUAN)


def _groups(made: Run, home: Home, scope: Scope, by: str, parameters: Parameters) -> pl.DataFrame:
    """Return the group of every village (a place of the level) or of every household (a code of the field)."""
    frames = snapshot_frames(made.snapshot, home)
    if by not in LEVELS:
        return coded_groups(frames, parameters, made.programme, by).select("household", group=phrase("zh", "en"))
    places = places_within(scope).filter(pl.col("level") == LEVELS[by].value)
    named = places.select("place", group=pl.format("{} {}", "code", "name"))
    tree = ancestors(frames.villages["village"], held(frames.places, "place", "parent"))
    return tree.join(named, on="place").select("village", "group")


def _of_everybody(told: dict[str, Any]) -> dict[str, Any]:
    """Leave errors of sampling out: a register holds everybody, so that no draw can vary."""
    kept = {key: value for key, value in told.items() if key != "design" and not key.endswith("_se")}
    return {key: _of_everybody(value) if isinstance(value, dict) else value for key, value in kept.items()} | (
        {"se": None} if "se" in told else {}
    )
