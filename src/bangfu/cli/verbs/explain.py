"""`bangfu explain`: why a household got its outcome, and which fact would change it."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from bangfu.access.scope import scope_required
from bangfu.cli.people import person
from bangfu.cli.words import outcome_word, phrase
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.evidence import HouseholdNotInRun
from bangfu.kernel.home import Home
from bangfu.registry.queries import households_by_no
from bangfu.snapshots.queries import run_named
from bangfu.snapshots.reasons import reasons


def run(*, household_no: str, run_name: str | None, name: str | None) -> dict[str, Any]:
    """Read the household's row of the run and put it into words, in both languages."""
    home = Home.current()
    scope = scope_required(person(name), Can.READ_REGISTER)
    made = run_named(run_name)
    known = households_by_no([household_no])["household_id"].to_list()
    if not known:
        raise HouseholdNotInRun(household=household_no, run=made.name)
    try:
        found = reasons(made, home, scope, known[0])
    except HouseholdNotInRun:
        raise HouseholdNotInRun(household=household_no, run=made.name) from None
    result: dict[str, Any] = {"run": made.name, "household_no": household_no, **asdict(found.told)}
    result["criteria"] = result.pop("findings")
    result["what_would_change"] = asdict(found.firm)
    del result["household"]
    return result


def show(result: dict[str, Any], console: Console) -> None:
    """Print the reason, every criterion, and what would change the result."""
    console.print(phrase("户编号 %(no)s", "Household %(no)s", no=result["household_no"]), highlight=False)
    console.print(phrase(**_plain(result["reason"])), highlight=False, markup=False)
    console.print(phrase(**_plain(result["income"])), highlight=False, markup=False)
    table = Table(
        phrase("标准", "Criterion"),
        phrase("结果", "Outcome"),
        phrase("数值", "Value"),
        phrase("要求", "Threshold"),
        phrase("依据", "Source"),
        box=None,
    )  # fmt: skip  one heading after the other
    for one in result["criteria"]:
        limit = f"{one['operator'] or ''} {one['shown_threshold']}".strip()
        sources = "; ".join(dict.fromkeys(source["title"] for source in one["sources"]))
        shown = phrase(**_plain(one["shown"]))
        table.add_row(phrase(**_plain(one["title"])), outcome_word(one["outcome"]), shown, limit, sources)
    console.print(table)
    for change in result["what_would_change"]["changes"]:
        console.print("  " + phrase(**_plain(change["sentence"])), highlight=False, markup=False)
    missing = [phrase(**_plain(one)) for one in result["what_would_change"]["missing"]]
    if missing:
        console.print(phrase("尚未登记：%(facts)s", "Not recorded: %(facts)s", facts=", ".join(missing)), markup=False)


def _plain(text: dict[str, str]) -> dict[str, str]:
    """Escape a finished text, which has no places left to fill."""
    return {language: said.replace("%", "%%") for language, said in text.items()}
