"""A small city at the command line's verbs: every county's ledgers in one batch, every planted row found."""

import csv
from pathlib import Path

import pytest

from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.returning import write_returned_files
from bangfu.places.actions.load_places import load_places
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics
from bangfu.simulate import SIZES, Size, simulate

pytestmark = pytest.mark.store

SMALL = Size("small", towns=4, villages=12, households=264, plants=1, per_village=False, counties=2, persons=719)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A city of two small counties; the summary of what was written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SIZES, "small", SMALL)
        return simulate("small", 5, tmp_path_factory.mktemp("city"))


def _table(city, name):
    with (city.out / "truth" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def staged(city, home, clerk):
    """The whole folder, staged."""
    load_places(by=clerk, path=city.out / "places.csv")
    return stage_batch(by=clerk, paths=[city.out / "ledgers"], home=home)


def _place(city, file):
    return str(file.path.relative_to(city.out))


def test_every_row_of_every_county_is_told_as_the_truth_says(city, staged):
    """Counts of every file, and every row that was spoiled where import can see it."""
    files = list(zip(staged.files, staged.report, strict=True))
    expected = {row["file"]: (int(row["rows"]), int(row["rejected"])) for row in _table(city, "counts.csv")}
    assert {_place(city, file): (one["rows"], one["rejected"]) for file, one in files} == expected
    seen = {(_place(city, file), error["row"], error["severity"]) for file, one in files for error in one["errors"]}
    planted = [row for row in _table(city, "planted.csv") if row["expected"].startswith("import_")]
    assert planted
    for row in planted:
        assert (row["file"], int(row["row"]), row["expected"].removeprefix("import_")) in seen, row["kind"]


def test_both_counties_are_recorded_by_one_approval_and_each_file_comes_back_apart(staged, home, approver, tmp_path):
    written = write_returned_files(staged, tmp_path)
    spoiled = sum(any(sheet.rejected for sheet in file.sheets) for file in staged.files)
    assert len({path for path in written if Path(path).is_file()}) == len(written) == spoiled
    recorded = apply_batch(by=approver, number=staged.batch.pk, home=home)["recorded"]
    residence = queries.facts_at(Scope.everywhere(), topics()["residence"], AsOf())
    assert residence.height == recorded["registry_household"] == SMALL.households
    assert sorted(set((residence["village"] // 10**6).to_list())) == [990101, 990102]
