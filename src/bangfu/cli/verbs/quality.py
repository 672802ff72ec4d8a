"""`bangfu quality`: the register against the data-quality catalogue."""

from datetime import date
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from bangfu.access.scope import scope_required
from bangfu.analysis.quality import check_all, message
from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.translation import chosen_language
from bangfu.params import load
from bangfu.places.queries import places_frame
from bangfu.registry.queries import household_numbers, person_numbers
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import snapshot_frames


def run(*, on: date, name: str | None) -> dict[str, Any]:
    """Freeze the register of the day and check it; findings name household and person by their numbers."""
    home, by, parameters = Home.current(), person(name), load()
    scope = scope_required(by, Can.READ_REGISTER)
    frozen = freeze_snapshot(by=by, on=on, known_on=None, home=home)
    checked = check_all(snapshot_frames(frozen, home), parameters, on)
    places = places_frame(scope).select(pl.col("place").alias("village"), pl.col("name").alias("village_name"))
    found = checked.findings.join(places, on="village")
    found = found.join(_numbers(found, "household", household_numbers), on="household", how="left")
    found = found.join(_numbers(found, "person", person_numbers), on="person", how="left")
    counts = found.group_by("code", "severity", "subject").len("count").sort("code").to_dicts()
    for one in counts:
        one["message"] = message(parameters, one["code"], chosen_language(), on)
    shown = found.select(
        "code", "severity", "subject", "village", "village_name", "household_no", "person_no", "field", "value"
    )
    return {
        "snapshot": frozen.name,
        "on": on.isoformat(),
        "rules_run": len(checked.ran),
        "rules_skipped": {code: list(missing) for code, missing in checked.skipped.items()},
        "counts": counts,
        "findings": shown.to_dicts(),
    }


def show(result: dict[str, Any], console: Console) -> None:
    """Print each rule that found something, with its count."""
    table = Table(
        phrase("规则", "Rule"), phrase("级别", "Severity"), phrase("数量", "Count"), phrase("说明", "Message"), box=None
    )
    for one in result["counts"]:
        table.add_row(one["code"], one["severity"], str(one["count"]), one["message"])
    console.print(table)
    console.print(
        phrase(
            "共核查 %(run)s 条规则，发现 %(found)s 条疑点",
            "%(run)s rules run, %(found)s findings",
            run=result["rules_run"],
            found=len(result["findings"]),
        )
    )


def _numbers(found: pl.DataFrame, key: str, query: Any) -> pl.DataFrame:
    known = query(found[key].drop_nulls().unique().to_list())
    return known.rename({f"{key}_id": key})
