"""`bangfu what-if`: who would come in and who would drop out if the law were otherwise."""

from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from bangfu.access.scope import scope_required
from bangfu.analysis.frames import Frames, held
from bangfu.analysis.plan import Plan, make_plan
from bangfu.analysis.reform import PARAMETER, Reform
from bangfu.analysis.transfers import Transfer, cost_of
from bangfu.analysis.what_if import COUNTS, SIDES, Comparison, by_group, by_place, compare, errors, totals, within
from bangfu.cli.groups import coded_groups
from bangfu.cli.people import person
from bangfu.cli.words import outcome_word, phrase
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.evidence import TruthUnreadable
from bangfu.kernel.errors.parameters import PairUnreadable, ParameterUnknown, ValueUnreadable
from bangfu.kernel.home import Home
from bangfu.kernel.money import yuan
from bangfu.kernel.texts import Text
from bangfu.places.queries import places_within
from bangfu.places.scope import Scope
from bangfu.registry.queries import household_numbers, households_by_no
from bangfu.snapshots.actions.run_programme import snapshot_frames
from bangfu.snapshots.laws import parameters_of
from bangfu.snapshots.queries import run_frames, run_manifest, run_named

_TOWN = 4
_TOP_UP_TO_LINE = "line"
YUAN = Text(zh="元", en="yuan")
_YES = {"1": True, "yes": True, "是": True, "true": True, "0": False, "no": False, "否": False, "false": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants altered, as typed (调整要求).

    line, set_     the line, and further parameters as NAME=VALUE, in the units in which people read them
    items          income items as NAME=add|subtract|exclude
    also, only_if  criteria by name
    top_up         "line", or yuan per person a year; budget  yuan a year
    """

    line: str | None
    set_: tuple[str, ...]
    items: tuple[str, ...]
    also: tuple[str, ...]
    only_if: tuple[str, ...]
    top_up: str | None
    budget: str | None


def run(
    *, run_name: str | None, asked: dict[str, Any], by: str | None, truth: Path | None, listed: bool, name: str | None
) -> dict[str, Any]:
    """Judge the snapshot of a run under altered rules and compare; nothing is written."""
    home, wanted = Home.current(), Asked(**asked)
    of_households = listed or truth is not None  # a truth of one household would tell its outcome
    rights = (Can.READ_REGISTER,) if of_households else (Can.RUN, Can.READ_REGISTER)
    scope = scope_required(person(name), *rights)
    made = run_named(run_name)
    parameters = parameters_of(home, run_manifest(made, home)["parameters_sha256"])
    frames = snapshot_frames(made.snapshot, home)
    counties = frames.villages["county"].drop_nulls().unique().to_list()
    plan = make_plan(parameters, made.programme, made.true_on, counties)
    reform, transfer = _reform(wanted, plan), _transfer(wanted)
    compared = compare(frames, run_frames(made, home, Scope.everywhere())["households"], plan, reform)
    if not scope.whole:
        villages = compared.rows["village"].unique()
        compared = within(compared, villages.filter([scope.contains(number) for number in villages.to_list()]))
    result: dict[str, Any] = {
        "run": made.name,
        "programme": made.programme,
        "on": made.true_on.isoformat(),
        "reform": {**asdict(reform), **asdict(transfer)},
        **totals(compared),
        "by_place": _placed(compared, frames, scope),
        "cost": {
            side: asdict(cost_of(rows, transfer))
            for side, rows in (("before", compared.before), ("after", compared.after))
        },
    }
    if by is not None:
        result["by_group"] = _grouped(compared, coded_groups(frames, parameters, made.programme, by))
    if truth is not None:
        result["errors"] = _errors(compared, truth)
    if listed:
        result["changed"] = _changed(compared)
    return result


def show(result: dict[str, Any], console: Console) -> None:
    """Print the totals, the places down to towns, the groups, the money and the errors."""
    units = (("households", phrase("户", "Households")), ("persons", phrase("人", "Persons")))
    _show_counts(console, "", [(title, result[unit]) for unit, title in units])
    towns = [(one["name"], one["households"]) for one in result["by_place"] if one["level"] <= _TOWN]
    _show_counts(console, phrase("地区（户）", "Place (households)"), towns)
    if "by_group" in result:
        groups = [(phrase(**one["title"]), one["households"]) for one in result["by_group"]]
        _show_counts(console, phrase("类别（户）", "Group (households)"), groups)
    for side in SIDES:
        _show_cost(console, side, result["cost"][side])
    for side in SIDES if "errors" in result else ():
        words = phrase(
            "与实情对照（%(side)s，%(used)s 户）：识别 %(identified)s，实际贫困 %(poor)s，一致 %(hit)s，"
            "错评 %(inclusion_error)s，漏评 %(exclusion_error)s，待核实 %(undecided)s",
            "Against the truth (%(side)s, %(used)s households): identified %(identified)s, poor %(poor)s, "
            "both %(hit)s, wrongly in %(inclusion_error)s, wrongly out %(exclusion_error)s, undecided %(undecided)s",
            side=_side(side),
            used=result["errors"]["used"],
            **result["errors"][side]["households"],
        )
        console.print(words, highlight=False)
    for one in result.get("changed", []):
        console.print(f"{one['household_no']}  {outcome_word(one['before'])} -> {outcome_word(one['after'])}")


def _show_counts(console: Console, title: str, rows: list[tuple[str, dict[str, int]]]) -> None:
    table = Table(title, *_titles(), box=None)
    for name, counts in rows:
        table.add_row(name, *(f"{counts[each]:,}" for each in COUNTS))
    console.print(table)


def _show_cost(console: Console, side: str, cost: dict[str, int]) -> None:
    told = {name: yuan(value) if name.endswith("_fen") else f"{value:,}" for name, value in cost.items()}
    words = phrase(
        "%(side)s：%(below)s 户低于标准，年缺口 %(gap_fen)s 元；收入不详 %(income_unknown)s 户。"
        "补助需 %(cost_fen)s 元，实际支出 %(spent_fen)s 元，惠及 %(paid_households)s 户 %(paid_persons)s 人，"
        "之后仍有 %(below_left)s 户低于标准，缺口 %(gap_left_fen)s 元。",
        "%(side)s: %(below)s households below the line lack %(gap_fen)s yuan a year; the income of "
        "%(income_unknown)s is unknown. Paying all costs %(cost_fen)s yuan; %(spent_fen)s are spent on "
        "%(paid_households)s households with %(paid_persons)s members; %(below_left)s stay below, "
        "lacking %(gap_left_fen)s yuan.",
        side=_side(side),
        **told,
    )
    console.print(words, highlight=False)


def _side(side: str) -> str:
    return phrase("现行", "As it is") if side == "before" else phrase("调整后", "As altered")


def _titles() -> tuple[str, ...]:
    return (
        phrase("现行", "As it is"),
        phrase("调整后", "Altered"),
        phrase("新增", "Come in"),
        phrase("退出", "Drop out"),
        phrase("现行待核实", "Unknown"),
        phrase("调整后待核实", "Unknown, altered"),
    )


def _reform(asked: Asked, plan: Plan) -> Reform:
    values = dict(_pair(one) for one in asked.set_)
    if asked.line is not None:
        criterion = plan.line_criterion
        if criterion is None or criterion.threshold is None:
            raise ParameterUnknown(
                programme=plan.programme.id,
                kind=PARAMETER,
                name="--line",
                known=", ".join(sorted(plan.programme.parameters)),
            )
        values[criterion.threshold] = asked.line
    numbers = {}
    for name, text in values.items():
        unit = plan.programme.parameter(name).unit
        numbers[name] = _number(text, name, unit.title, unit.decimals)
    items = dict(_pair(one) for one in asked.items)
    return Reform(numbers, items, asked.also, asked.only_if)


def _transfer(asked: Asked) -> Transfer:
    per_head = None
    if asked.top_up not in {None, _TOP_UP_TO_LINE}:
        per_head = _number(str(asked.top_up), "--top-up", YUAN, 2)
    budget = None if asked.budget is None else _number(asked.budget, "--budget", YUAN, 2)
    return Transfer(per_head, budget)


def _pair(text: str) -> tuple[str, str]:
    name, stroke, value = text.partition("=")
    if not (stroke and name and value):
        raise PairUnreadable(text=text)
    return name.strip(), value.strip()


def _number(text: str, name: str, unit: Text, decimals: int) -> int:
    """Return a number as people write it in whole steps of its unit: 2952.50 yuan as 295250."""
    try:
        scaled = Decimal(text.replace(",", "")).scaleb(decimals)
    except InvalidOperation:
        raise ValueUnreadable(value=text, name=name, unit=unit, decimals=decimals) from None
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or scaled < 0:
        raise ValueUnreadable(value=text, name=name, unit=unit, decimals=decimals)
    return int(scaled)


def _placed(compared: Comparison, frames: Frames, scope: Scope) -> list[dict[str, Any]]:
    names = places_within(scope).select("place", "level", "code", "name")
    found = by_place(compared, held(frames.places, "place", "parent")).join(names, on="place").sort("level", "place")
    told = []
    for row in found.to_dicts():
        counts = {unit: {name: row.pop(f"{unit}_{name}") for name in COUNTS} for unit in ("households", "persons")}
        told.append({**row, **counts})
    return told


def _grouped(compared: Comparison, groups: pl.DataFrame) -> list[dict[str, Any]]:
    titles = {row["group"]: {"zh": row["zh"], "en": row["en"]} for row in groups.unique("group").to_dicts()}
    return [{**one, "title": titles[one["group"]]} for one in by_group(compared, groups)]


def _errors(compared: Comparison, path: Path) -> dict[str, Any]:
    """Read what is known to be true, a CSV with the columns household_no and poor, and compare both sides with it."""
    try:
        stated = pl.read_csv(path, infer_schema=False).select("household_no", "poor")
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise TruthUnreadable(file=path.name) from problem
    poor = stated.with_columns(pl.col("poor").str.strip_chars().str.to_lowercase().replace_strict(_YES, default=None))
    told = poor.drop_nulls().unique("household_no", keep="last", maintain_order=True)
    known = told.join(households_by_no(told["household_no"].to_list()), on="household_no")
    truth = known.select("poor", household="household_id").join(compared.rows, on="household", how="semi")
    return {"stated": stated.height, "used": truth.height, **errors(compared, truth)}


def _changed(compared: Comparison) -> list[dict[str, Any]]:
    moved = compared.moved
    numbers = household_numbers(moved["household"].to_list()).rename({"household_id": "household"})
    return (
        moved.join(numbers, on="household").select("household_no", "village", "persons", "before", "after").to_dicts()
    )
