"""Lists for a comparison of the whole county: the proportions of Mashan, planted hits, damaged names and numbers."""

import csv
from collections import Counter
from random import Random

import pytest
from openpyxl import load_workbook

from bangfu.kernel.ids import check_character
from bangfu.simulate import simulate
from bangfu.simulate.damages import DAMAGES, damage
from bangfu.simulate.proportions import FULL_HOUSEHOLDS, MASHAN_2015

NUMBER = "99010119700101001" + check_character("99010119700101001")


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """The hamlet with its lists, one row of three damaged: the folder, and the truth about it."""
    out = tmp_path_factory.mktemp("lists")
    simulate("hamlet", 1, out, damaged=33)
    with (out / "truth" / "comparison.csv").open(encoding="utf-8") as file:
        return out, list(csv.DictReader(file))


def rows(out, name):
    """The cells of a list by header, with the row's own number."""
    sheet = load_workbook(out / "comparison" / f"{name}.xlsx").active
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(table) if "户籍地址" in row)
    labels = table[first]
    return {
        number: dict(zip(labels, row, strict=True)) for number, row in enumerate(table[first + 1 :], start=first + 2)
    }


def test_a_county_of_full_size_has_the_published_figures():
    full = MASHAN_2015.for_households(FULL_HOUSEHOLDS)
    assert full == MASHAN_2015
    assert full.payroll + full.owners + full.houses + full.businesses - full.doubled == 3_119


@pytest.mark.parametrize("households", [1, 66, 500, 4_999, 5_001])
def test_figures_of_any_size_hold_together(households):
    scaled = MASHAN_2015.for_households(households)
    singles = scaled.payroll + scaled.owners + scaled.houses + scaled.businesses
    assert scaled.cars >= scaled.owners >= 1
    assert max(scaled.owners, singles - scaled.owners) <= scaled.persons <= singles


def test_every_planted_row_stands_where_the_truth_says(lists):
    out, truth = lists
    wanted = MASHAN_2015.for_households(66)
    counts = Counter(line["list"] for line in truth)
    assert counts["vehicles"] == wanted.cars
    assert counts["payroll"] == wanted.payroll
    cars = rows(out, "vehicles")
    assert all(int(line["row"]) in cars for line in truth if line["list"] == "vehicles")
    persons = {line["person_no"] for line in truth if line["list"] in {"vehicles", "payroll", "companies", "housing"}}
    assert len(persons) == wanted.persons


def test_half_of_a_list_names_nobody_of_the_register(lists):
    out, truth = lists
    planted = sum(line["list"] == "vehicles" for line in truth)
    assert len(rows(out, "vehicles")) == 2 * planted


def test_who_is_missing_from_a_list_has_no_row(lists):
    _, truth = lists
    missing = [line for line in truth if line["list"] in {"insurance", "enrolment"}]
    assert missing
    assert not any(line["row"] for line in missing)


def test_the_same_seed_gives_the_same_lists(lists, tmp_path):
    out, _ = lists
    simulate("hamlet", 1, tmp_path, damaged=33)
    for name in ("vehicles", "insurance", "enrolment", "disability"):
        file = f"comparison/{name}.xlsx"
        assert (out / file).read_bytes() == (tmp_path / file).read_bytes()


@pytest.mark.parametrize("kind", DAMAGES, ids=lambda kind: kind.__name__)
def test_a_damage_alters_the_row_that_it_fits(kind):
    cells = {"name": "贠建伟", "id_no": NUMBER[:-1] + "X"}
    before = dict(cells)
    assert kind(cells, Random(3))
    assert cells != before


def test_a_row_that_no_damage_fits_by_chance_is_still_damaged_in_some_way():
    cells = {"name": "甲乙", "id_no": NUMBER}
    assert damage(cells, Random(1))


def test_an_old_form_is_only_for_births_of_the_last_century():
    kinds = {kind.__name__: kind for kind in DAMAGES}
    assert not kinds["id_old_form"]({"id_no": NUMBER[:6] + "2001" + NUMBER[10:]}, Random(1))
    assert not kinds["id_swapped"]({"id_no": "1" * 18}, Random(1))
    assert not kinds["name_homophone"]({"name": "甲乙"}, Random(1))
