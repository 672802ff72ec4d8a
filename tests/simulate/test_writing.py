"""What `simulate` writes is the same for the same seed, to the byte, and of the size that was asked for."""

import hashlib
import time

import pytest

from bangfu.simulate import SIZES, simulate
from tests.simulate.ledgers import HOUSEHOLDS, ROSTER, cell


def _digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(hamlet, tmp_path):
    time.sleep(2.1)  # longer than the tick of a zip archive's clock
    simulate("hamlet", 1, tmp_path)
    assert _digests(tmp_path) == _digests(hamlet.out)


def test_another_seed_gives_another_place(hamlet, tmp_path):
    simulate("hamlet", 2, tmp_path)
    other, mine = _digests(tmp_path), _digests(hamlet.out)
    assert {name for name in other if other[name] == mine.get(name)} == {"README.md"}


def test_writing_twice_into_one_folder_leaves_one_place(tmp_path):
    simulate("hamlet", 3, tmp_path)
    first = _digests(tmp_path)
    simulate("hamlet", 3, tmp_path)
    assert _digests(tmp_path) == first


def test_a_size_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(KeyError):
        simulate("moon", 1, tmp_path)


def test_progress_is_told_until_all_is_done(tmp_path):
    told = []
    simulate("hamlet", 1, tmp_path, lambda step, done, total: told.append((step, done, total)))
    assert [done for _, done, _ in told] == [1, 2, 3]
    assert {total for _, _, total in told} == {3}


def test_the_place_has_the_size_that_was_asked_for(place):
    size = SIZES[place.summary.size]
    assert len(place.households) == size.households == place.summary.households
    villages = [row for row in place.table("places.csv") if row["level"] == "5" and not row["valid_to"]]
    assert len(villages) == size.villages == place.summary.villages
    assert 2.55 < place.summary.persons / size.households < 2.9


def test_every_household_stands_in_the_household_ledger_and_its_members_in_the_roster(place):
    ledger = {cell(row, "household_no") for *_, row in place.rows(HOUSEHOLDS)}
    lost = {p["household_no"] for p in place.planted if p["kind"].startswith("household_no_")}
    assert ledger & set(place.households) == set(place.households) - lost
    persons = [row for *_, row in place.rows(ROSTER)]
    assert {cell(row, "household_no") for row in persons} == set(place.households)


def test_the_rows_of_every_file_are_counted_without_titles_totals_and_notes(place):
    rows, rejected = {}, {}
    for (file, name), sheet in place.ledgers.items():
        rows[file] = rows.get(file, 0) + len(sheet.rows)
        rejected[file] = rejected.get(file, 0) + sum((file, name, n) in place.rejected for n in sheet.rows)
    for line in place.table("truth/counts.csv"):
        assert rows.pop(line["file"]) == int(line["rows"]), line["file"]
        assert rejected[line["file"]] == int(line["rejected"]), line["file"]
    assert not rows


def test_every_known_way_of_keeping_a_roster_is_used(county):
    files = [file for file, _ in county.ledgers if ROSTER in file]
    assert any(file.endswith(".csv") for file in files)
    assert any(count > 1 for count in (files.count(file) for file in files)), "a workbook with a sheet for each village"
    monitored = next(sheet for (file, _), sheet in county.ledgers.items() if "监测对象" in file)
    assert min(monitored.rows) == 4, "the header stands on the third row"
    assert all(isinstance(value, str | None) for row in monitored.rows.values() for value in row.values())
