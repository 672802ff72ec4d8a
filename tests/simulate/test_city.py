"""A city is its counties: exact figures, each county the same whichever others are written, nobody twice."""

import hashlib

import pytest

from bangfu.kernel.ids import ID_LENGTH
from bangfu.simulate import SIZES, Size, simulate
from bangfu.simulate.place import write_county_of_city
from tests.simulate.ledgers import ROSTER, Written, cell

SMALL = Size("small", towns=4, villages=12, households=264, plants=1, per_village=False, counties=2, persons=719)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A city of two small counties, written as the large one is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SIZES, "small", SMALL)
        return Written(simulate("small", 5, tmp_path_factory.mktemp("city")))


def _digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_shares_of_the_counties_add_up_to_the_published_figures():
    shares = SIZES["city"].shares()
    assert len(shares) == 13
    assert sum(share.villages for share in shares) == 1_439
    assert sum(share.households for share in shares) == 225_000
    assert sum(share.persons for share in shares) == 613_000
    assert all(2.6 < share.persons / share.households < 2.85 for share in shares)


def test_a_city_has_exactly_the_persons_and_households_that_were_asked_for(city):
    assert (city.summary.villages, city.summary.households, city.summary.persons) == (12, 264, 719)
    assert len(city.households) == 264
    assert sum(int(row["members"]) for row in city.households.values()) == 719
    assert sum(city.summary.outcomes.values()) == 264


def test_each_county_has_its_folder_and_every_file_is_told(city):
    folders = sorted(path.name for path in (city.out / "ledgers").iterdir())
    assert folders == ["01_澄屏县", "02_霁川县"]
    there = {str(path.relative_to(city.out)) for path in (city.out / "ledgers").rglob("*") if path.is_file()}
    assert there == set(city.summary.files) == {row["file"] for row in city.table("truth/counts.csv")}


def test_a_county_written_alone_has_the_bytes_it_has_in_the_city(city, tmp_path):
    write_county_of_city(SMALL.share(1), 5, tmp_path)
    for folder in ("ledgers", "departments"):
        name = f"{folder}/02_霁川县"
        assert _digests(tmp_path / name) == _digests(city.out / name)


def test_no_number_phone_or_town_belongs_to_two_counties(city):
    seen = {"id_no": {}, "phone": {}, "town": {}}
    for file, sheet, number, row in city.rows(ROSTER):
        county = file.split("/")[1]
        for name, owners in seen.items():
            written = str(cell(row, name) or "")[:ID_LENGTH]
            if (file, sheet, number) not in city.rejected and written.strip("9"):
                owners.setdefault(written, set()).add(county)
    for owners in seen.values():
        assert owners
        assert not {written for written, counties in owners.items() if len(counties) > 1}


def test_every_county_has_every_kind_of_problem_of_its_own(city):
    kinds = {}
    for row in city.planted:
        kinds.setdefault(row["file"].split("/")[1], set()).add(row["kind"])
    first, second = kinds.values()
    assert len(first & second) > 30
