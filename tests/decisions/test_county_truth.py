"""A county in the proportions of Mashan: who is hit was planted, also where names and numbers are damaged."""

import csv

import polars as pl
import pytest

from bangfu.decisions.matching import Register, match_rows
from bangfu.decisions.persons import PERSON
from bangfu.intake.list_reading import read_list
from bangfu.kernel.secrets import Keys
from bangfu.params import load
from bangfu.registry.names import pinyin_columns
from bangfu.simulate import simulate
from bangfu.simulate.county import _build
from bangfu.simulate.place import _streams
from bangfu.simulate.places import build_places
from bangfu.simulate.sizes import SIZES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("the county of planted truth")]
SEED, DAMAGED = 3, 30
KEYS = Keys.from_root(b"\x07" * 32)
LISTS = ("vehicles", "companies", "housing", "payroll")


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    """The county's lists, and the planted person of each row by list."""
    out = tmp_path_factory.mktemp("county")
    simulate("county", SEED, out, damaged=DAMAGED)
    planted = {name: {} for name in LISTS}
    with (out / "truth" / "comparison.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["list"] in planted:
                planted[line["list"]][int(line["row"])] = int(line["person_no"])
    return out / "comparison", planted


@pytest.fixture(scope="module")
def register():
    """The county's registered persons as they truly are, by the numbers on their ledgers."""
    size = SIZES["county"]
    tree = build_places(size, _streams(size, SEED)("places"))[0]
    county = _build(size.share(0), tree, _streams(size, SEED))
    towns = {place.code: place for place in tree.towns}
    villages = {place.code: place for place in tree.villages}
    rows = []
    for record in county.records:
        village = villages[record.truth["village"]]
        for person in record.people:
            key = int(f"{record.household_no}{person['person']:02d}")
            rows.append(
                (key, int(record.household_no), int(village.code), int(village.parent), person["name"], person["id_no"])
            )
    frame = pl.DataFrame(rows, schema=["person_id", "household_id", "village", "town", "name", "id_no"], orient="row")
    sealed = [
        KEYS.encrypt(number.encode(), f"identity|id_no|{person}").hex() for person, *_, number in frame.iter_rows()
    ]
    frame = frame.with_columns(
        *pinyin_columns(frame["name"]),
        pl.Series("id_index", [KEYS.digest(number).hex() for number in frame["id_no"]]),
        pl.Series("id_sealed", sealed),
        born_on=pl.col("id_no").str.slice(6, 8).cast(pl.Int32),
    ).select(pl.col(name).cast(kind) for name, kind in PERSON.items())
    names = [
        (1, tree.county.name, int(village.parent), towns[village.parent].name, int(code), village.name, str(code))
        for code, village in villages.items()
    ]
    schema = ["county", "county_name", "town", "town_name", "village", "village_name", "code"]
    return Register(frame, None, pl.DataFrame(names, schema=schema, orient="row"))


@pytest.fixture(scope="module")
def matched(truth, register):
    """Every matched row of the four lists: list, row, person found, how, and the person planted."""
    folder, planted = truth
    parts = []
    for name in LISTS:
        rows = match_rows(read_list(folder / f"{name}.xlsx", name, load()), register, KEYS)
        found = rows.filter(pl.col("outcome") == "matched").select("row", "person_id", "how")
        true = [planted[name].get(row) for row in found["row"]]
        parts.append(found.with_columns(pl.Series("true", true, pl.Int64), list=pl.lit(name)))
    return pl.concat(parts)


def test_hits_by_number_are_all_true(matched):
    by_id = matched.filter(pl.col("how") == "id")
    assert by_id.height > 2_000
    assert by_id.filter(pl.col("person_id").ne_missing(pl.col("true"))).is_empty()


def test_the_county_has_the_published_figures(truth):
    _, planted = truth
    assert {name: len(rows) for name, rows in planted.items()} == {
        "vehicles": 2_645, "companies": 439, "housing": 43, "payroll": 343,
    }  # fmt: skip
    assert len(set(planted["vehicles"].values())) == 2_454
    assert len({person for rows in planted.values() for person in rows.values()}) == 3_119


def test_damaged_rows_are_found_with_few_wrong_ones(matched, truth):
    _, planted = truth
    likely = matched.filter(pl.col("how") == "likely")
    right = likely.filter(pl.col("person_id").eq_missing(pl.col("true"))).height
    there = sum(map(len, planted.values())) - matched.filter(pl.col("how") == "id").height
    assert there > 300
    assert right / likely.height >= 0.99
    assert right / there >= 0.97
