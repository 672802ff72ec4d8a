"""The answers: which households are poor, what an honest system can say about each, and every planted problem."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from bangfu.simulate.departments import Hit
from bangfu.simulate.faults.kinds import Mark
from bangfu.simulate.homes import SAFE
from bangfu.simulate.income import LINE_FEN
from bangfu.simulate.ledgers.books import Office, Written
from bangfu.simulate.ledgers.styles import Style
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Cell, Row

ITEMS: Final = {"wage_fen": 1, "business_fen": 1, "property_fen": 1, "transfer_fen": 1, "business_cost_fen": -1}
FOLDER: Final = "truth"


def true_outcome(record: Record) -> str:
    """Return yes when the household's true net income per head lies below the line, else no."""
    return "yes" if record.truth["poor"] else "no"


def counted_members(record: Record) -> int:
    """Return how many members the roster's usable rows show."""
    return sum(not row.rejected for row in record.roster)


def expected_outcome(record: Record, style: Style) -> tuple[str, str]:
    """Return what the ledgers allow to say (yes, no, unknown) and on what basis (items, stated, none).

    Items first: wage + business + property + transfer - cost over the members listed; if the number of
    members declared is another one, nobody knows by how many to divide, so the outcome is unknown. Where
    an item is missing or the ledger row cannot be taken, the roster's figure per head decides; else unknown.
    """
    if not record.ledger.rejected:
        items = [record.ledger.cells[name] for name in ITEMS]
        if all(isinstance(item, int) for item in items):
            return _by_items(record), "items"
    usable = [row for row in record.roster if not row.rejected]
    stated = usable[0].cells["net_income_pc_fen"] if usable and style.per_head else None
    if isinstance(stated, int):
        return ("yes" if stated < LINE_FEN else "no"), "stated"
    return "unknown", "none"


def _by_items(record: Record) -> str:
    cells = record.ledger.cells
    members = counted_members(record)
    if members != cells["declared_members"]:
        return "unknown"
    net = sum(sign * _int(cells[name]) for name, sign in ITEMS.items())
    return "yes" if net < LINE_FEN * members else "no"


def _int(value: Cell) -> int:
    assert isinstance(value, int)
    return value


def write_households(
    office: Office, records: Sequence[Record], styles: Sequence[Style], monitored: frozenset[str]
) -> dict[str, int]:
    """Write truth/households.csv; returns how many households have each expected outcome."""
    counts = {"yes": 0, "no": 0, "unknown": 0}
    lines = []
    for record in records:
        expected, basis = expected_outcome(record, styles[record.unit])
        counts[expected] += 1
        lines.append(_household_line(record, expected, basis, monitored))
    header = (
        "household_no village_code true_poor expected_poor basis net_income_fen members counted_members boundary "
        "exit_status monitored housing_safe water_safe schooling_ok insured food_ok clothing_ok may_exit kinds"
    )
    _write(office, "households.csv", header, lines)
    return counts


def _household_line(record: Record, expected: str, basis: str, monitored: frozenset[str]) -> list[Any]:
    truth = record.truth
    insured = all(p["insured"] or p["employee_insured"] for p in record.people)
    schooling = not any(p["dropout_reason"] for p in record.people)
    house = truth["grade"] == SAFE
    above = truth["net"] > LINE_FEN * truth["members"]
    yes_no = [house, truth["water_safe"], schooling, insured, True, True]
    return [
        truth["household_no"],
        truth["village"],
        true_outcome(record),
        expected,
        basis,
        truth["net"],
        truth["members"],
        counted_members(record),
        _word(truth["boundary"]),
        truth["exit_status"],
        _word(record.household_no in monitored),
        *(_word(value) for value in yes_no),
        _word(above and all(yes_no)),
        ";".join(record.kinds),
    ]


def _word(value: object) -> str:
    return "yes" if value else "no"


def write_planted(office: Office, marks: Iterable[Mark], written: Sequence[Written]) -> dict[str, int]:
    """Write truth/planted.csv, one line a planted problem; returns the number of each kind."""
    labels = {
        (one.file, sheet.name, column.field): column.label
        for one in written
        for sheet in one.sheets
        for column in sheet.columns
    }
    counts: dict[str, int] = {}
    lines: list[list[Any]] = []
    for mark in marks:
        at = mark.row.at
        assert at is not None
        counts[mark.kind] = counts.get(mark.kind, 0) + 1
        label = labels.get((at.file, at.sheet, mark.field), "")
        place = (at.file, at.sheet, at.row, label)
        finding = (mark.finding, "yes" if mark.row.rejected else "no")
        lines.append([mark.kind, *place, mark.record.household_no, mark.person_no, *finding])
    lines.sort(key=lambda line: (line[0], line[1], line[2], line[3]))
    _write(office, "planted.csv", "kind file sheet row column household_no person_no expected rejected", lines)
    return counts


def write_villages_truth(office: Office, rows: Sequence[Row]) -> None:
    """Write truth/villages.csv: rural persons, registered persons and truly poor persons of each village."""
    names = ("village_code", "population", "registered_persons", "poor_persons")
    _write(office, "villages.csv", " ".join(names), ([row.cells[name] for name in names] for row in rows))


def write_hits(office: Office, hits: Iterable[Hit]) -> None:
    """Write truth/hits.csv: rows of departments that name a registered person, and whether the doubt holds up."""
    lines: list[list[Any]] = []
    for hit in hits:
        at = hit.row.at
        assert at is not None
        person_no = f"{hit.record.household_no}{hit.person['person']:02d}"
        lines.append([at.file, at.sheet, at.row, hit.kind, hit.record.household_no, person_no, _word(hit.genuine)])
    lines.sort()
    _write(office, "hits.csv", "file sheet row kind household_no person_no genuine", lines)


def write_counts(office: Office, written: Sequence[Written]) -> None:
    """Write truth/counts.csv: data rows of each ledger (no titles, totals, notes) and rows that cannot be taken."""
    lines = [[one.file, len(one.rows), sum(row.rejected for row in one.rows)] for one in written]
    _write(office, "counts.csv", "file rows rejected", lines)


def join_truth(folder: Path, counties: Sequence[str]) -> None:
    """Join the truth of the counties of a city into one file of each name, and drop the counties' own.

    folder    the truth of the whole place
    counties  the counties' folders inside it, in order
    """
    for name in sorted(path.name for path in (folder / counties[0]).iterdir()):
        with (folder / name).open("wb") as whole:
            for number, county in enumerate(counties):
                header, _, lines = (folder / county / name).read_bytes().partition(b"\n")
                whole.write(lines if number else header + b"\n" + lines)
    for county in counties:
        shutil.rmtree(folder / county)


def _write(office: Office, name: str, header: str, lines: Iterable[Sequence[Any]]) -> None:
    with (office.out / office.inside(FOLDER) / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(lines)
