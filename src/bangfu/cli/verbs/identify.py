"""`bangfu identify`: run a programme's rules on the register of a day."""

from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.home import Home
from bangfu.places.scope import Scope
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import run_programme
from bangfu.snapshots.queries import run_manifest
from bangfu.snapshots.summaries import by_place, criteria_counts

_SHOWN_PLACES = 40


def run(*, programme: str, on: date, name: str | None) -> dict[str, Any]:
    """Freeze the register as it is known now, run the programme, and return the counts."""
    home, by = Home.current(), person(name)
    frozen = freeze_snapshot(by=by, on=on, known_on=None, home=home)
    made = run_programme(by=by, programme=programme, snapshot=frozen, home=home)
    manifest = run_manifest(made, home)
    findings = manifest["findings"]
    return {
        "run": made.name,
        "snapshot": frozen.name,
        "programme": programme,
        "on": on.isoformat(),
        "counts": findings["counts"],
        "by_place": by_place(made, home, Scope.everywhere()),
        "criteria": criteria_counts(made, home, findings, Scope.everywhere()),
        "parameters_sha256": manifest["parameters_sha256"],
    }


def show(result: dict[str, Any], console: Console) -> None:
    """Print the counts, then towns with theirs, then the criteria."""
    counts = result["counts"]
    console.print(
        phrase(
            "%(programme)s %(on)s：是 %(yes)s 户，否 %(no)s 户，待核实 %(unknown)s 户（%(run)s）",
            "%(programme)s on %(on)s: yes %(yes)s, no %(no)s, unknown %(unknown)s households (%(run)s)",
            **counts,
            programme=result["programme"],
            on=result["on"],
            run=result["run"],
        ),
        highlight=False,
    )
    titles = (phrase("地区", "Place"), phrase("是", "Yes"), phrase("否", "No"), phrase("待核实", "Unknown"))
    table = Table(*titles, box=None)
    for one in [one for one in result["by_place"] if one["level"] <= _TOWN][:_SHOWN_PLACES]:
        table.add_row(one["name"], *(str(one[key]) for key in ("yes", "no", "unknown")))
    console.print(table)
    rules = Table(phrase("标准", "Criterion"), *titles[1:], box=None)
    for one in result["criteria"].values():
        rules.add_row(
            phrase("%(title_zh)s", "%(title_en)s", **one), *(str(one[key]) for key in ("yes", "no", "unknown"))
        )
    console.print(rules)


_TOWN = 4
