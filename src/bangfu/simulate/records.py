"""The households as the offices wrote them down: rows copied from the truth, ready for planted problems."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bangfu.simulate.identity import disability_certificate
from bangfu.simulate.ledgers.styles import STYLES, Style
from bangfu.simulate.places import Place, Tree
from bangfu.simulate.population import Population
from bangfu.simulate.sheets import Row

_FEN_COLUMNS = {
    "wage_fen": "wage",
    "business_fen": "business",
    "property_fen": "property_income",
    "transfer_fen": "transfer",
    "family_planning_fen": "family_planning",
    "dibao_fen": "dibao",
    "tekun_fen": "tekun",
    "pension_fen": "pension",
    "eco_compensation_fen": "eco",
    "other_transfer_fen": "other_transfer",
    "total_income_fen": "total",
    "business_cost_fen": "cost",
    "net_income_fen": "net",
}
_HOME_COLUMNS = {
    "housing_area_dm2": "floor_dm2",
    "housing_structure": "structure",
    "built_year": "built_year",
    "housing_grade": "grade",
    "domestic_power": "power",
    "production_power": "production_power",
    "broadcast_tv": "television",
    "water_safe": "water_safe",
    "water_difficult": "water_difficult",
    "sanitary_toilet": "toilet",
    "fuel": "fuel",
    "road_type": "road_type",
    "road_distance_m": "road_m",
    "cultivated_mu100": "cultivated",
    "irrigated_mu100": "irrigated",
    "forest_mu100": "forest",
    "returned_mu100": "returned",
    "orchard_mu100": "orchard",
    "pasture_mu100": "pasture",
    "water_mu100": "water_area",
    "cooperative": "cooperative",
    "leading_enterprise": "enterprise",
    "prosperity_leader": "leader",
    "relocated": "relocated",
    "relocation_mode": "relocation_mode",
    "resettlement": "resettlement",
    "resettlement_place": "resettlement_place",
}


@dataclass(slots=True, eq=False)
class Record:
    """One household in the ledgers.

    truth    the household's true facts
    people   the true facts of its members, in order
    ledger   its row of the household ledger; `again` holds further rows of the same household
    roster   its rows of the roster, one a member
    unit     position of the ledger unit (town or village) that keeps it
    """

    truth: dict[str, Any]
    people: list[dict[str, Any]]
    ledger: Row
    roster: list[Row]
    unit: int
    again: list[Row] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def household_no(self) -> str:
        """The number of the household (户编号)."""
        return str(self.truth["household_no"])


@dataclass(frozen=True, slots=True)
class Unit:
    """An office that keeps one roster: a town, or in the hamlet a village."""

    number: int
    town: Place
    village: Place | None
    style: Style

    @property
    def name(self) -> str:
        """The name of the town or village."""
        return self.village.name if self.village else self.town.name


def build_units(tree: Tree, *, per_village: bool) -> list[Unit]:
    """Return the offices in order; styles take turns."""
    if per_village:
        town = tree.towns[0]
        return [Unit(n, town, village, STYLES[n % len(STYLES)]) for n, village in enumerate(tree.villages)]
    return [Unit(n, town, None, STYLES[n % len(STYLES)]) for n, town in enumerate(tree.towns)]


def build_records(population: Population, tree: Tree, units: list[Unit]) -> list[Record]:
    """Copy the truth into ledger rows, one record a household, in order of village and household."""
    villages = {place.code: place for place in tree.villages}
    towns = {place.code: place for place in tree.towns}
    of_unit = {(unit.village or unit.town).code: unit.number for unit in units}
    records = []
    people = _grouped(population.persons)
    for truth, members in zip(population.households.iter_rows(named=True), people, strict=True):
        village = villages[truth["village"]]
        truth["village_name"] = village.name
        truth["village_alias"] = village.aliases[0] if village.aliases else ""
        truth["village_former"] = tree.merged.name if tree.merged.successor == village.code else ""
        number = of_unit.get(village.code, of_unit.get(village.parent, 0))
        places = {
            "county_name": tree.county.name,
            "town_name": towns[village.parent].name,
            "village_name": village.name,
            "group_name": truth["group_name"],
            "household_no": truth["household_no"],
        }
        roster = [Row(_person_cells(truth, person, places)) for person in members]
        records.append(Record(truth, members, Row(_household_cells(truth, members, places)), roster, number))
    return records


def _grouped(persons: pl.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """Yield the members of one household after another; the frame is sorted by household."""
    group: list[dict[str, Any]] = []
    for person in persons.iter_rows(named=True):
        if group and group[0]["household"] != person["household"]:
            yield group
            group = []
        group.append(person)
    if group:
        yield group


def _household_cells(truth: dict[str, Any], people: list[dict[str, Any]], places: dict[str, Any]) -> dict[str, Any]:
    """Return the cells of the household ledger."""
    cells: dict[str, Any] = {name: value for name, value in places.items() if name != "county_name"}
    cells |= {
        "head_name": people[0]["name"],
        "declared_members": truth["members"],
        "standard": truth["standard"],
        "household_type": truth["kind"],
        "main_cause": truth["main_cause"],
        "other_causes": truth["other_cause"],
        "military_family": truth["military"],
        "only_child_family": truth["only_child"],
        "food_assured": True,
        "clothing_assured": True,
        "household_phone": people[0]["phone"],
    }
    cells |= {name: truth[column] for name, column in _FEN_COLUMNS.items()}
    return cells | {name: truth[column] for name, column in _HOME_COLUMNS.items()}


def per_head_fen(truth: dict[str, Any]) -> int:
    """Return net income per head as offices state it: to the fen, half a fen rounded up."""
    return int((2 * truth["net"] + truth["members"]) // (2 * truth["members"]))


def _person_cells(truth: dict[str, Any], person: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    """Return the cells of one member's row in the roster, whatever columns the office keeps."""
    certificate = person["disability_kind"] > 0
    return places | {
        "person_no": f"{truth['household_no']}{person['person']:02d}",
        "name": person["name"],
        "id_no": disability_certificate(person["id_no"], person["disability_kind"], person["disability_grade"])
        if certificate
        else person["id_no"],
        "sex": person["sex"],
        "born_on": person["born_on"],
        "declared_members": truth["members"],
        "relation": person["relation"],
        "ethnicity": person["ethnicity"],
        "education_level": person["education"],
        "enrolment": person["enrolment"],
        "dropout_reason": person["dropout_reason"],
        "health_status": person["health"],
        "labour_capacity": person["labour"],
        "work_region": person["work_region"],
        "work_months": person["work_months"] or None,
        "public_post": person["public_post"],
        "public_post_months": person["post_months"] or None,
        "serious_illness": person["serious_illness"],
        "resident_medical": person["insured"],
        "employee_medical": person["employee_insured"],
        "resident_pension": person["pension_insured"],
        "dibao": truth["kind"] == "低保贫困户",
        "tekun": truth["kind"] == "五保户",
        "exit_status": truth["exit_status"],
        "exit_year": truth["exit_year"] or None,
        "household_type": truth["kind"],
        "main_cause": truth["main_cause"],
        "housing_grade": truth["grade"],
        "water_safe": truth["water_safe"],
        "water_difficult": truth["water_difficult"],
        "net_income_pc_fen": per_head_fen(truth),
        "phone": person["phone"],
    }
