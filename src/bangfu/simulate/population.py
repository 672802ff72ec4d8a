"""The true population: registered households and persons as columns, one county at a time.

Nothing here knows a ledger. The columns are the truth; ledgers copy from them and faults alter the copies.
"""

from dataclasses import dataclass, fields
from random import Random
from typing import Final

import polars as pl

from bangfu.simulate.homes import ABLE, SAFE, Home, causes, draw_home, household_kind
from bangfu.simulate.households import household_sizes, members_of_household
from bangfu.simulate.identity import IdMaker, regions_of
from bangfu.simulate.income import BOUNDARY_CASES, LINE_FEN, Income, boundary_net, draw_income, poor, set_net
from bangfu.simulate.names import dotted_name, given_name, surname
from bangfu.simulate.people import WORKING_AGE, Person, person_facts
from bangfu.simulate.places import Tree
from bangfu.simulate.sizes import Share

_BAD_HOUSE: Final = 0.07
_BAD_WATER: Final = 0.04
_UNINSURED: Final = 0.012
_DROPOUT_EVERY: Final = 40  # one household with children of school age in so many
_SCHOOL_AGES: Final = range(6, 16)
_BOUNDARY_SHARE: Final = 250  # one household in so many stands at the line
_MINORITIES: Final = ("汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "苗族", "土家族", "彝族", "回族")
_DOTTED: Final = 0.015
_PERSON_FIELDS: Final = tuple(field.name for field in fields(Person))

Columns = dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class Population:
    """The truth. Both frames are sorted by village and household.

    households  one row a household: number `household` (0 first), `village` (12 digits), home, income items (fen)
    persons     one row a person: `household`, `person` (1 first), facts and identity
    """

    households: pl.DataFrame
    persons: pl.DataFrame


class Hardships:
    """Which households have an unsafe house, no safe water, an uninsured member or a child out of school.

    Facts of life, not faults of a ledger; spread evenly, so that even the smallest place has some of each.
    """

    def __init__(self, rng: Random, households: int) -> None:
        def some(share: float) -> frozenset[int]:
            count = max(3, int(households * share))
            return frozenset(n * households // count + rng.randrange(households // count) for n in range(count))

        self.house, self.water, self.uninsured = some(_BAD_HOUSE), some(_BAD_WATER), some(_UNINSURED)
        self._with_children = 0

    def visit(self, number: int, people: list[Person]) -> None:
        """Let the hardships of the members happen in household `number`."""
        if number in self.uninsured:
            people[-1].insured = people[-1].employee_insured = people[-1].serious_illness = False
        children = [p for p in people if p.age in _SCHOOL_AGES]
        if children:
            self._with_children += 1
            if self._with_children % _DROPOUT_EVERY == 3:
                children[-1].enrolment = "非在校"
                children[-1].dropout_reason = "厌学"
                children[-1].education = "小学"


def build_population(share: Share, tree: Tree, rng: Random) -> Population:
    """Draw the registered households of the county, village by village."""
    regions = regions_of(share)
    maker = IdMaker(rng, regions)
    households: Columns = {}
    persons: Columns = {}
    boundary = max(BOUNDARY_CASES, share.households // _BOUNDARY_SHARE)
    spacing = share.households // boundary
    hardships = Hardships(rng, share.households)
    sizes = household_sizes(rng, share.households, share.persons) if share.persons else []
    for number in range(share.households):
        village = tree.villages[number * len(tree.villages) // share.households].code
        heads = sizes[number] if sizes else None
        people = [person_facts(rng, member) for member in members_of_household(rng, heads)]
        case = number // spacing if number % spacing == spacing // 2 and number // spacing < boundary else -1
        hardships.visit(number, people)
        home = draw_home(rng, len(people), unsafe=number in hardships.house, water=number not in hardships.water)
        row = _household(rng, people, home, case)
        row |= {"household": number, "village": village, "household_no": f"{regions.home}{number + 1:08d}"}
        row["group_name"] = f"{'一二三四五六七八'[rng.randrange(8)]}组"
        _append(households, row)
        for position, identity in enumerate(_identities(rng, maker, people)):
            facts = {name: getattr(people[position], name) for name in _PERSON_FIELDS} | identity
            _append(persons, facts | {"household": number, "person": position + 1})
    return Population(pl.DataFrame(households), pl.DataFrame(persons))


def _append(columns: Columns, row: dict[str, object]) -> None:
    for name, value in row.items():
        columns.setdefault(name, []).append(value)


def _household(rng: Random, people: list[Person], home: Home, case: int) -> dict[str, object]:
    """Draw what is true of the household as a whole; `case` >= 0 puts its income at the line."""
    kind = "一般贫困户" if case >= 0 else household_kind(rng, people)
    income = draw_income(rng, people, home.cultivated, assisted=kind)
    if case >= 0:
        set_net(income, boundary_net(case, len(people)))
    main, other = causes(rng, people)
    row: dict[str, object] = {
        "members": len(people),
        "able": sum(p.labour in ABLE for p in people),
        "kind": kind,
        "standard": "国家标准" if rng.random() < 0.9 else "省定标准",
        "main_cause": main,
        "other_cause": other,
        "boundary": case >= 0,
        "net": income.net,
        "total": income.total,
        "transfer": income.transfer,
        "poor": poor(income, len(people)),
        "military": rng.random() < 0.01,
        "only_child": rng.random() < 0.03,
    }
    row |= {field.name: getattr(home, field.name) for field in fields(Home)}
    row |= {field.name: getattr(income, field.name) for field in fields(Income)}
    hardship = home.grade != SAFE or not home.water_safe or any(not p.has_guarantees for p in people)
    return row | _standing(rng, income, len(people), at_line=case >= 0, hardship=hardship)


def _standing(rng: Random, income: Income, heads: int, *, at_line: bool, hardship: bool) -> dict[str, object]:
    """Return the household's status: it left poverty only if its income lies clearly above the line.

    Few of those with a hardship have left; the trouble came after.
    """
    above = income.net > LINE_FEN * heads * 11 // 10
    left = above and not at_line and rng.random() < (0.2 if hardship else 0.85)
    back = not left and not at_line and rng.random() < 0.02
    first = rng.choice((201312, 201401, 201405, 201406, 201410, 201512))
    return {
        "exit_status": "已脱贫" if left else "返贫" if back else "未脱贫",
        "exit_year": rng.choice((2015, 2016)) if left else 0,
        "first_identified": first if left or back or rng.random() < 0.8 else rng.choice((201512, 201606)),
    }


def _identities(rng: Random, maker: IdMaker, people: list[Person]) -> list[dict[str, object]]:
    """Give every member a name, an identity number and some adults a phone of their own."""
    dotted = rng.random() < _DOTTED
    ethnicity = "维吾尔族" if dotted else rng.choice(_MINORITIES)
    family = surname(rng)
    father = family if people[0].sex == "男" else surname(rng)
    given: list[dict[str, object]] = []
    for person in people:
        own = {"户主": family, "父": family, "子": father, "女": father, "孙子": father, "孙女": father}
        last = own.get(person.relation) or surname(rng)
        has_phone = person.relation == "户主" or (WORKING_AGE < person.age < 66 and rng.random() < 0.5)
        given.append(
            {
                "name": dotted_name(rng) if dotted else last + given_name(rng, person.sex),
                "id_no": maker.id_number(person.born_on, person.sex),
                "phone": maker.phone() if has_phone else "",
                "ethnicity": ethnicity,
            }
        )
    return given
