"""From a ledger to the register: staged, approved by another, applied once, undone."""

from pathlib import Path

import pytest
from django.db import connection

from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.kernel.errors.access import OwnWork
from bangfu.kernel.errors.register import BatchAltered, BatchNotWaiting, BatchOutdated, LaterRowsStand
from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics
from tests.ledger_files import changed, roster_rows, write_roster

pytestmark = pytest.mark.store


@pytest.fixture
def stage(home, clerk, places, tmp_path):
    """Stage rows as a workbook and return what staging leaves."""

    def staged(rows, name="roster.xlsx", title="建档立卡贫困人口名单"):
        path = write_roster(tmp_path / name, rows, title)
        return stage_batch(by=clerk, paths=[path], home=home)

    return staged


@pytest.fixture
def load(stage, approver, home):
    """Stage rows and apply them, approved by another person; return the report of the file."""

    def loaded(rows, **named):
        staged = stage(rows, **named)
        apply_batch(by=approver, number=staged.batch.pk, home=home)
        return staged

    return loaded


def facts(topic, on=queries.FOREVER):
    return queries.facts_at(Scope.everywhere(), topics()[topic], AsOf(on))


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return cursor.fetchone()[0]


def test_staging_changes_nothing_of_the_register(stage):
    staged = stage(roster_rows())
    (told,) = staged.report
    assert (told["rows"], told["accepted"], told["rejected"], told["added"]) == (5, 5, 0, 5)
    assert count("registry_household") == 0


def test_an_approved_batch_is_in_the_register(load):
    load(roster_rows())
    assert count("registry_household") == 2
    assert count("registry_person") == 5
    assert sorted(facts("standing")["declared_members"]) == [2, 3]
    assert facts("identity")["name"].sort().to_list() == sorted(["张大山", "李秀英", "张小川", "王守田", "赵桂花"])
    assert queries.income_at(Scope.everywhere(), AsOf())["fen"].sort().to_list() == [200_000, 350_050]


def test_nobody_approves_own_work(stage, clerk, home):
    staged = stage(roster_rows())
    from datetime import date

    from django.db import transaction

    from bangfu.access.acting import acting
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.models import Person
    from bangfu.access.roles import Role

    with transaction.atomic():
        record_grant(
            by=Founder(),
            person=Person.objects.get(pk=clerk.person_id),
            role=Role.COUNTY_APPROVER,
            place=0,
            days=(date(2000, 1, 1), None),
        )
    with pytest.raises(OwnWork):
        apply_batch(by=acting(clerk.name), number=staged.batch.pk, home=home)
    assert count("registry_household") == 0


def test_a_batch_is_applied_once(stage, approver, home):
    staged = stage(roster_rows())
    apply_batch(by=approver, number=staged.batch.pk, home=home)
    with pytest.raises(BatchNotWaiting):
        apply_batch(by=approver, number=staged.batch.pk, home=home)
    assert count("registry_person") == 5


def test_the_same_content_again_changes_nothing(load, stage):
    load(roster_rows())
    again = stage(list(reversed(roster_rows())), name="other-name.xlsx")
    (told,) = again.report
    assert (told["added"], told["changed"], told["unchanged"]) == (0, 0, 5)
    assert again.empty


def test_one_altered_cell_is_one_change(load, stage, approver, home):
    load(roster_rows())
    again = stage(changed(roster_rows(), 0, "危房户", "D级"))
    (told,) = again.report
    assert (told["added"], told["changed"], told["unchanged"]) == (0, 1, 4)
    apply_batch(by=approver, number=again.batch.pk, home=home)
    grades = facts("housing")["housing_grade"].sort().to_list()
    assert grades == [4, 5]
    assert count("registry_housing") == 3


def test_a_blank_cell_erases_nothing(load, stage):
    load(roster_rows())
    again = stage(changed(roster_rows(), 0, "主要致贫原因", ""))
    assert again.empty


def test_what_was_undone_does_not_count_and_may_be_loaded_again(load, clerk, home):
    staged = load(roster_rows())
    undo_batch(by=clerk, number=staged.batch.pk, home=home)
    assert facts("standing").is_empty()
    again = load(roster_rows())
    assert again.report[0]["added"] == 5
    assert facts("standing").height == 2


def test_a_batch_under_a_later_one_is_not_undone(load, clerk, home):
    first = load(roster_rows())
    load(changed(roster_rows(), 0, "危房户", "D级"))
    with pytest.raises(LaterRowsStand):
        undo_batch(by=clerk, number=first.batch.pk, home=home)


def test_undoing_a_correction_brings_back_what_was_there(load, clerk, home):
    load(roster_rows())
    later = load(changed(roster_rows(), 3, "联系电话", "13900000009"))
    undo_batch(by=clerk, number=later.batch.pk, home=home)
    again = load(roster_rows(), name="again.xlsx")
    assert again.empty


def test_a_difference_that_no_longer_holds_is_not_applied(stage, approver, home):
    first = stage(changed(roster_rows(), 0, "人数", "4"), name="first.xlsx")
    second = stage(roster_rows(), name="second.xlsx")
    apply_batch(by=approver, number=first.batch.pk, home=home)
    with pytest.raises(BatchOutdated):
        apply_batch(by=approver, number=second.batch.pk, home=home)


def test_altered_staged_files_are_not_applied(stage, approver, home):
    first, second = stage(roster_rows()), stage(changed(roster_rows(), 0, "人数", "4"))
    blob = home.batches / f"{second.batch.pk}.sealed"
    blob.write_bytes((home.batches / f"{first.batch.pk}.sealed").read_bytes())
    with pytest.raises(Exception, match="BF501"):
        apply_batch(by=approver, number=second.batch.pk, home=home)
    assert count("registry_household") == 0


def test_a_staged_difference_other_than_the_recorded_one_is_not_applied(stage, approver, home):
    staged = stage(roster_rows())
    type(staged.batch).objects.filter(pk=staged.batch.pk).update(content_hash="0" * 64)
    with pytest.raises(BatchAltered):
        apply_batch(by=approver, number=staged.batch.pk, home=home)


def test_an_unknown_village_is_refused_with_its_row(stage):
    (told,) = stage(changed(roster_rows(), 1, "行政村", "无名村")).report
    assert (told["rows"], told["accepted"], told["rejected"]) == (5, 4, 1)
    (error,) = [error for error in told["errors"] if error["severity"] == "error"]
    assert (error["row"], error["column"], error["code"]) == (4, "行政村", "BF151")


def test_a_person_of_another_household_is_refused_with_the_candidate(load, stage):
    load(roster_rows())
    moved = changed(roster_rows(), 1, "户编号", "H002")
    (told,) = stage(moved).report
    (error,) = [error for error in told["errors"] if error["severity"] == "error"]
    assert error["code"] == "BF157"
    assert "H001" in error["message"]


def test_a_person_found_by_two_numbers_of_two_persons_is_refused(load, stage):
    load(roster_rows())
    (told,) = stage(changed(roster_rows(), 1, "人编号", "P0013")[:2]).report
    assert "BF155" in {error["code"] for error in told["errors"]}


def test_a_person_in_two_households_of_two_files_is_refused_in_both(clerk, home, places, tmp_path):
    first = write_roster(tmp_path / "a.xlsx", roster_rows()[:3])
    torn = changed(roster_rows(), 4, "证件号码", roster_rows()[1][6])
    torn = changed(torn, 4, "人编号", "")
    second = write_roster(tmp_path / "b.xlsx", torn[3:])
    told = stage_batch(by=clerk, paths=[first, second], home=home).report
    refused = [(one["file"], error["code"]) for one in told for error in one["errors"] if error["severity"] == "error"]
    assert refused == [("a.xlsx", "BF161"), ("b.xlsx", "BF161")]


def test_the_first_load_brings_status_and_a_later_one_only_a_doubt(load):
    load(roster_rows())
    assert count("registry_status_event") == 2
    more = [[*row] for row in roster_rows()]
    for row, suffix in zip(more, "abcde", strict=True):
        row[3], row[4] = row[3].replace("H0", "H9"), row[4].replace("P0", "P9")
        row[6] = ""
        row[5] += suffix
    load(more, name="later.xlsx")
    assert count("registry_status_event") == 2
    assert count("work_lead") == 2


def test_facts_with_a_day_leave_the_past_as_it_was(load):
    from datetime import date

    load(roster_rows(), title="2015年建档立卡贫困人口名单", name="a.xlsx")
    load(changed(roster_rows(), 0, "危房户", "C级"), title="2016年建档立卡贫困人口名单", name="b.xlsx")
    before = facts("housing", date(2015, 12, 31)).sort("household_id")["housing_grade"].to_list()
    after = facts("housing", date(2016, 12, 31)).sort("household_id")["housing_grade"].to_list()
    assert (before, after) == ([5, 5], [3, 5])


def test_no_name_and_no_number_stands_in_the_report(stage):
    bad = changed(roster_rows(), 1, "证件号码", "990101197202020230")
    text = str(stage(bad).report)
    assert "李秀英" not in text
    assert "990101197202020230" not in text
    assert "13900000001" not in text


def test_missing_files_are_named(clerk, home):
    from bangfu.kernel.errors.inputs import NothingToImport

    empty = Path(home.path) / "empty"
    empty.mkdir()
    with pytest.raises(NothingToImport):
        stage_batch(by=clerk, paths=[empty], home=home)
