"""The register's own list, edited in Excel and imported again, is a difference like any other."""

import openpyxl
import pytest

from bangfu.cli.verbs import export, import_files
from bangfu.kernel.errors.access import NotPermitted
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.topics import topics
from tests.ledger_files import roster_rows, write_roster

pytestmark = pytest.mark.store


def load(path, approve_as="approver"):
    return import_files.run(
        paths=[path], dry_run=False, approve_as=approve_as, returned=None, name=None, progress=False
    )


@pytest.fixture
def listed(home, places, tmp_path):
    """A register with two households, and its exported list with phones."""
    load(write_roster(tmp_path / "roster.xlsx", roster_rows()))
    path = tmp_path / "list.xlsx"
    assert export.run(out=path, place=None, reveal=True, name=None)["rows"] == 5
    return path


def edited(path, changes):
    """Alter cells of the list: (label, old text) -> new text; return the file."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if any(cell.value == "户编号" for cell in row))
    columns = {cell.value: cell.column for cell in header}
    for (label, old), new in changes.items():
        cells = [row[columns[label] - 1] for row in sheet.iter_rows(min_row=header[0].row + 1)]
        next(cell for cell in cells if cell.value == old).value = new
    book.save(path)
    return path


def test_the_list_as_it_is_changes_nothing(listed):
    (told,) = load(listed, None)["files"]
    assert (told["rows"], told["added"], told["changed"], told["rejected"]) == (5, 0, 0, 0)


def test_two_phones_and_a_house_are_three_changed_rows(listed):
    path = edited(
        listed,
        {
            ("联系电话", "13900000001"): "13900000011",
            ("联系电话", "13900000002"): "13900000012",
            ("危房户", "安全(未评级)"): "D级",
        },
    )
    (told,) = load(path)["files"]
    assert (told["added"], told["changed"], told["unchanged"]) == (0, 2, 3)
    grades = queries.facts_at(Scope.everywhere(), topics()["housing"], queries.AsOf())["housing_grade"]
    assert sorted(grades) == [4, 5]
    assert load(path, None)["files"][0]["changed"] == 0


def test_without_leave_to_see_them_the_list_has_no_numbers(home, places, tmp_path):
    load(write_roster(tmp_path / "roster.xlsx", roster_rows()))
    path = tmp_path / "list.xlsx"
    export.run(out=path, place=None, reveal=False, name=None)
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row if cell]
    assert not [cell for cell in cells if cell.startswith(("99010119", "1390000"))]
    assert "张大山" in cells


def test_who_may_not_read_the_register_gets_no_list(home, places, tmp_path):
    with pytest.raises(NotPermitted):
        export.run(out=tmp_path / "list.xlsx", place=None, reveal=False, name="security")


def test_a_town_gets_its_own_households_only(listed, tmp_path):
    path = tmp_path / "town.xlsx"
    assert export.run(out=path, place="990101101000", reveal=False, name=None)["rows"] == 0
    assert export.run(out=path, place="990101100000", reveal=False, name=None)["rows"] == 5


def test_every_roster_of_the_hamlet_comes_back_as_it_went_out(hamlet, tmp_path):
    from bangfu.access.acting import acting
    from bangfu.intake.actions.stage_batch import stage_batch
    from bangfu.kernel.codes import Level
    from bangfu.places.queries import places_frame
    from bangfu.registry.actions.export_roster import export_roster

    places = places_frame(Scope.everywhere())
    for number in places.filter(places["level"] == Level.VILLAGE)["place"].to_list():
        path = tmp_path / f"{number}.xlsx"
        rows = export_roster(by=acting(), out=path, place=number, entry=True).rows
        (told,) = stage_batch(by=acting(), paths=[path], home=hamlet, dry_run=True).report
        assert (told["rows"], told["unchanged"], told["rejected"]) == (rows, rows, 0)
