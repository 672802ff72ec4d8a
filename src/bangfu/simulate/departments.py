"""Lists of other departments, each in its own layout, with hits on registered persons.

A hit is a doubt, not a verdict: some of them do not hold up when somebody looks (a farm tricycle, a
company struck off, a namesake), and the truth says which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from bangfu.simulate.department_forms import FORMS, Form
from bangfu.simulate.identity import IdMaker, Regions, credit_code, with_check
from bangfu.simulate.ledgers.books import Office, Written, save
from bangfu.simulate.names import given_name, surname
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row, Sheet

_FOLDER: Final = "departments"
_HITS_PER: Final = 400  # one hit of each kind for so many households
_OTHERS_PER: Final = 10
_FEWEST_OTHERS: Final = 12
_ADULT: Final = 20
_ELDER: Final = 66

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of a department's list that names a registered person.

    kind     what the list seems to say
    genuine  whether the doubt holds up when somebody looks
    """

    kind: str
    genuine: bool
    record: Record
    person: Person
    row: Row


def write_departments(
    office: Office, records: Sequence[Record], regions: Regions, rng: Random
) -> tuple[list[Written], list[Hit]]:
    """Write every department's list with its hits; returns the files and the hits.

    Only households without planted problems are hit, each by one list at most, but allowances (低保)
    name every household that receives them.
    """
    maker = IdMaker(rng, regions, outsiders=True)
    free = [record for record in records if not record.kinds]
    rng.shuffle(free)
    turn = iter(free)
    times = max(1, len(records) // _HITS_PER)
    others = max(_FEWEST_OTHERS, len(records) // _OTHERS_PER)
    written: list[Written] = []
    hits: list[Hit] = []
    for form in FORMS:
        mine = [hit for kind in form.kinds for hit in _hits(form, kind, turn, (times, regions), rng)]
        if form.name == "allowances":
            mine += _true_allowances(records, form, {hit.record.household_no for hit in mine}, rng)
        rows = [hit.row for hit in mine] + [_outsider(form, maker, regions, rng) for _ in range(others)]
        rng.shuffle(rows)
        for number, row in enumerate(rows):
            row.cells["number"] = number + 1
        sheet = Sheet(form.sheet, (f"{office.county}{form.title}",) if form.titled else (), form.columns, rows)
        written.append(save(office, form.name, [sheet], folder=_FOLDER))
        hits += mine
    return written, hits


def _hits(form: Form, kind: str, turn: Iterator[Record], wanted: tuple[int, Regions], rng: Random) -> list[Hit]:
    """Take the next fit households for one kind of hit; wanted: how many, and the county's divisions."""
    times, regions = wanted
    found: list[Hit] = []
    for record in turn:
        person = _suited(record, form, kind)
        if person is None:
            continue
        cells = form.fill(kind, rng) | {"name": person["name"], "id_no": person["id_no"]}
        cells |= _of_list(form, record, regions, rng)
        if kind == "namesake":
            cells["id_no"] = with_check(regions.namesakes + person["id_no"][6:17])
        found.append(Hit(kind, form.kinds[kind], record, person, Row(cells)))
        if len(found) == times:
            break
    return found


def _suited(record: Record, form: Form, kind: str) -> Person | None:
    """Return the member whom a hit of this kind may name, or nothing."""
    if form.name == "allowances":
        return record.people[0] if record.truth["kind"] == "一般贫困户" else None
    if kind == "after_the_day" and len(record.people) == 1:
        return None
    ages = range(_ELDER, 120) if form.name == "deaths" else range(_ADULT, _ELDER)
    return next((person for person in record.people if person["age"] in ages), None)


def _of_list(form: Form, record: Record, regions: Regions, rng: Random) -> dict[str, Any]:
    """Return cells that depend on the household or need a made-up code."""
    if form.name == "companies":
        return {"credit_code": credit_code(rng, regions.home)}
    if form.name == "allowances":
        return {"heads": len(record.people), "month_fen": rng.randint(90, 160) * 100 * len(record.people)}
    return {}


def _true_allowances(records: Sequence[Record], form: Form, taken: set[str], rng: Random) -> list[Hit]:
    """Return the households that truly receive dibao (低保), as the ledgers say; a few are missing from the list."""
    found = []
    missing = max(1, len(records) // _HITS_PER)
    for record in records:
        income = record.truth["dibao"]
        if not income or record.household_no in taken or record.kinds:
            continue
        if missing and rng.random() < 0.2:
            missing -= 1
            continue
        cells = form.fill("agrees", rng) | {"name": record.people[0]["name"], "id_no": record.people[0]["id_no"]}
        cells |= {"heads": len(record.people), "month_fen": income // 12}
        found.append(Hit("agrees", genuine=False, record=record, person=record.people[0], row=Row(cells)))
    return found


def _outsider(form: Form, maker: IdMaker, regions: Regions, rng: Random) -> Row:
    """Return a row about somebody who is not in the register."""
    sex = rng.choice(("男", "女"))
    born = rng.randint(1940, 1990) * 10_000 + rng.randint(1, 12) * 100 + rng.randint(1, 28)
    cells = form.fill(next(iter(form.kinds)), rng)
    cells |= {"name": surname(rng) + given_name(rng, sex), "id_no": maker.id_number(born, sex)}
    if form.name == "companies":
        cells["credit_code"] = credit_code(rng, regions.home)
    if form.name == "allowances":
        heads = rng.randint(1, 4)
        cells |= {"heads": heads, "month_fen": rng.randint(90, 160) * 100 * heads}
    return Row(cells)
