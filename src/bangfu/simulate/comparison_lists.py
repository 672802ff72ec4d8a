"""Lists for a comparison of the whole county whose every hit is known (数据比对): planted, damaged, with outsiders."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from bangfu.simulate.comparison_forms import COMPLETE, NAMED
from bangfu.simulate.damages import damage
from bangfu.simulate.department_forms import Form
from bangfu.simulate.identity import IdMaker, Regions, credit_code, with_check
from bangfu.simulate.ledgers.books import Office, save
from bangfu.simulate.names import given_name, surname
from bangfu.simulate.proportions import MASHAN_2015
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row, Sheet

FOLDER: Final = "comparison"
_ADULT: Final = range(20, 80)
_SCHOOL: Final = range(6, 16)
_NAMESAKE_EVERY: Final = 50
_DISABLED_PER: Final = 250  # persons with a certificate of which the register knows nothing: one in so many households
_HUNDRED: Final = 100

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """One hit that a comparison should find: on `list`, of this person; `damage` as in `damages`, '' for none.

    row  where it stands; none for somebody who is missing from the list
    """

    list: str
    record: Record
    person: Person
    row: Row | None
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the lists are drawn with: the county's divisions, chance, and how many rows of a hundred are damaged."""

    regions: Regions
    rng: Random
    damaged: int
    maker: IdMaker


def write_comparison_lists(
    office: Office, records: Sequence[Record], regions: Regions, rng: Random, *, damaged: int
) -> list[Planted]:
    """Write the lists of comparison/ and truth/comparison.csv; returns every planted hit.

    Only adults of households without planted problems are hit, in the proportions of Mashan.
    damaged  rows of a hundred whose name or number is damaged, hits and others alike
    """
    (office.out / office.inside(FOLDER)).mkdir(parents=True, exist_ok=True)
    drawing = Drawing(regions, rng, damaged, IdMaker(rng, regions, outsiders=True))
    planted: list[Planted] = []
    for name, people in _chosen(records, rng).items():
        planted += _write_named(office, NAMED[name], people, records, drawing)
    planted += _write_complete(office, records, drawing)
    _write_truth(office, planted)
    return planted


def _chosen(records: Sequence[Record], rng: Random) -> dict[str, list[tuple[Record, Person]]]:
    """Return who stands on which list, once for each row."""
    wanted = MASHAN_2015.for_households(len(records))
    adults = [
        (record, person)
        for record in records
        if not record.kinds
        for person in record.people
        if person["age"] in _ADULT
    ]
    pool = rng.sample(adults, wanted.persons)
    owners, others = pool[: wanted.owners], pool[wanted.owners :]
    turn = iter([*others, *rng.sample(owners, len(owners))])
    more = {"payroll": wanted.payroll, "companies": wanted.businesses, "housing": wanted.houses}
    lists = {name: [next(turn) for _ in range(count)] for name, count in more.items()}
    return {"vehicles": [*owners, *rng.sample(owners, wanted.cars - wanted.owners)], **lists}


def _write_named(
    office: Office,
    form: Form,
    people: Sequence[tuple[Record, Person]],
    records: Sequence[Record],
    drawing: Drawing,
) -> list[Planted]:
    """Write a list with its hits, as many others, and some namesakes of registered persons."""
    planted = []
    rng = drawing.rng
    for record, person in people:
        row = Row(_cells(form, record, person, rng) | _codes(form, drawing))
        planted.append(Planted(form.name, record, person, row, _damaged(row, drawing)))
    others = []
    for number, (record, person) in enumerate(people):
        cells = _outsider(form, rng.choice(records), drawing)
        if number % _NAMESAKE_EVERY == 0:
            namesake = with_check(drawing.regions.namesakes + person["id_no"][6:17])
            cells |= {"name": person["name"], "id_no": namesake, "address": _address(record)}
            others.append(Row(cells))
            continue
        others.append(row := Row(cells))
        _damaged(row, drawing)
    _save(office, form, [*(one.row for one in planted if one.row), *others], rng)
    return planted


def _damaged(row: Row, drawing: Drawing) -> str:
    if drawing.rng.randrange(_HUNDRED) >= drawing.damaged:
        return ""
    return damage(row.cells, drawing.rng)


def _cells(form: Form, record: Record, person: Person, rng: Random) -> dict[str, Any]:
    cells = form.fill(next(iter(form.kinds)), rng)
    return cells | {"name": person["name"], "id_no": person["id_no"], "address": _address(record)}


def _codes(form: Form, drawing: Drawing) -> dict[str, Any]:
    return {"credit_code": credit_code(drawing.rng, drawing.regions.home)} if form.name == "companies" else {}


def _outsider(form: Form, neighbour: Record, drawing: Drawing) -> dict[str, Any]:
    """Return a row about somebody of a registered household's village who is not in the register."""
    rng = drawing.rng
    sex = rng.choice(("男", "女"))
    born = rng.randint(1940, 1990) * 10_000 + rng.randint(1, 12) * 100 + rng.randint(1, 28)
    who = {"name": surname(rng) + given_name(rng, sex), "id_no": drawing.maker.id_number(born, sex)}
    return form.fill(next(iter(form.kinds)), rng) | _codes(form, drawing) | who | {"address": _address(neighbour)}


def _address(record: Record) -> str:
    cells = record.ledger.cells
    return f"{cells['town_name']}{cells['village_name']}{cells['group_name']}"


def _write_complete(office: Office, records: Sequence[Record], drawing: Drawing) -> list[Planted]:
    """Write who holds a certificate, is insured, goes to school; return who is missing or unknown to the register."""
    rng = drawing.rng
    clean = [record for record in records if not record.kinds]
    rows: dict[str, list[Row]] = {name: [] for name in COMPLETE}
    planted = []
    for record in records:
        for person in record.people:
            there = {
                "disability": person["disability_kind"] > 0,
                "insurance": person["insured"],
                "enrolment": person["age"] in _SCHOOL and person["enrolment"] != "非在校",
            }
            for name in (name for name, on_list in there.items() if on_list):
                rows[name].append(Row(_cells(COMPLETE[name], record, person, rng)))
            missing = {
                "insurance": not (person["insured"] or person["employee_insured"]),
                "enrolment": person["age"] in _SCHOOL and person["enrolment"] == "非在校",
            }
            planted += [Planted(name, record, person, None) for name, is_missing in missing.items() if is_missing]
    healthy = [record for record in clean if not record.people[-1]["disability_kind"]]
    for record in rng.sample(healthy, max(1, len(records) // _DISABLED_PER)):
        row = Row(_cells(COMPLETE["disability"], record, record.people[-1], rng))
        rows["disability"].append(row)
        planted.append(Planted("disability", record, record.people[-1], row))
    for name, every in rows.items():
        others = [Row(_outsider(COMPLETE[name], rng.choice(records), drawing)) for _ in range(len(every) // 10)]
        _save(office, COMPLETE[name], [*every, *others], rng)
    return planted


def _save(office: Office, form: Form, rows: list[Row], rng: Random) -> None:
    rng.shuffle(rows)
    for number, row in enumerate(rows):
        row.cells["number"] = number + 1
    titles = (f"{office.county}{form.title}",) if form.titled else ()
    save(office, form.name, [Sheet(form.sheet, titles, form.columns, rows)], folder=FOLDER)


def _write_truth(office: Office, planted: Iterable[Planted]) -> None:
    """Write truth/comparison.csv: list, row (empty for a missing person), household_no, person_no, damage."""
    lines = []
    for one in planted:
        row = one.row.at.row if one.row and one.row.at else ""
        person_no = f"{one.record.household_no}{one.person['person']:02d}"
        lines.append([one.list, row, one.record.household_no, person_no, one.damage])
    lines.sort(key=lambda line: (line[0], line[1] or 0, line[3]))
    with (office.out / office.inside("truth") / "comparison.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("list", "row", "household_no", "person_no", "damage"))
        writer.writerows(lines)
