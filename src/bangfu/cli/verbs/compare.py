"""`bangfu compare`: compare a list of another department with the register."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.decisions.actions.compare_list import Compared, HandedList, compare_list
from bangfu.kernel.home import Home
from bangfu.kernel.translation import chosen_language
from bangfu.places.models import Place
from bangfu.places.queries import names_of, resolve
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory

_SHOWN_ERRORS: Final = 20
_PARTS: Final = ("rejected", "not_authorised", "matched", "ambiguous", "unmatched")


def run(
    *,
    file: Path,
    kind: str,
    on: date | None,
    place: str | None,
    options: dict[str, Any],
    name: str | None,
) -> dict[str, Any]:
    """Compare the list with every county of the place and return its counts; those of each county add up."""
    home, by = Home.current(), person(name)
    handed = HandedList(file, kind, stated_on=on, **options)
    counties = _counties(place)
    names = names_of(counties)
    told = [_told(names[county], compare_list(by=by, county=county, handed=handed, home=home)) for county in counties]
    return {"file": file.name, "list": kind, "counties": told}


def show(result: dict[str, Any], console: Console) -> None:
    """Print the counts of each county, then the rejected rows with their reasons."""
    titles = (
        phrase("县", "County"),
        phrase("行数", "Rows"),
        phrase("退回", "Rejected"),
        phrase("未授权", "Not authorised"),
        phrase("命中", "Matched"),
        phrase("多人相符", "Ambiguous"),
        phrase("未命中", "Unmatched"),
        phrase("疑点", "Hits"),
        phrase("新增疑点", "New"),
        phrase("未授权户", "Households without"),
    )
    table = Table(*titles, box=None)
    for one in result["counties"]:
        keys = ("rows", *_PARTS, "hits", "fresh", "households_without")
        table.add_row(one["county"], *(str(one[key]) for key in keys))
    console.print(table)
    errors = result["counties"][0]["errors"] if result["counties"] else []
    for error in errors[:_SHOWN_ERRORS]:
        place = phrase("第%(row)s行 %(column)s", "row %(row)s %(column)s", **error)
        console.print(f"{place}: {error['code']} {error['message']}", highlight=False, markup=False)


def _counties(place: str | None) -> list[int]:
    """Return the counties of a place that have registered households, all of them where none is named."""
    scope = Scope.everywhere() if place is None else Scope((resolve(Scope.everywhere(), place).number,))
    counties = directory(scope)["county"].unique().sort().to_list()
    return sorted(Place.objects.filter(number__in=counties).values_list("number", flat=True))


def _told(county: str, done: Compared) -> dict[str, Any]:
    message = "message_zh" if chosen_language().startswith("zh") else "message_en"
    errors = done.listed.problems.filter(done.listed.problems["severity"] == "error")
    rows = errors.select("sheet", "row", "column", "code", errors[message].alias("message"))
    return {
        "county": county,
        "comparison": done.outcome.comparison.pk,
        "repeated": done.outcome.repeated,
        **done.counts,
        "errors": rows.to_dicts(),
    }
