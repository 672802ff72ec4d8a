"""Snapshots and runs: the same register gives the same bytes, and a run proves itself."""

from datetime import date

import polars as pl
import pytest

from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import stage_batch
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.evidence import EvidenceAltered, EvidenceMissing, EvidenceUnknown, NothingToRun
from bangfu.places.scope import Scope
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import recompute_run, run_programme, snapshot_frames
from bangfu.snapshots.evidence import MANIFEST
from bangfu.snapshots.queries import run_frames, run_manifest, run_named, snapshot_named
from tests.ledger_files import changed, roster_rows, write_roster

pytestmark = pytest.mark.store

DAY = date(2016, 12, 31)


@pytest.fixture
def register(home, clerk, approver, places, tmp_path):
    """A register with two households; returns a function that loads more rows."""

    def load(rows, name="roster.xlsx"):
        staged = stage_batch(by=clerk, paths=[write_roster(tmp_path / name, rows)], home=home)
        apply_batch(by=approver, number=staged.batch.pk, home=home)

    load(roster_rows())
    return load


@pytest.fixture
def frozen(register, clerk, home):
    """A snapshot of the register."""
    return freeze_snapshot(by=clerk, on=DAY, known_on=None, home=home)


@pytest.fixture
def made(frozen, clerk, home):
    """A run of cn_2014 on the snapshot."""
    return run_programme(by=clerk, programme="cn_2014", snapshot=frozen, home=home)


def test_a_snapshot_carries_numbers_only(frozen, home):
    frames = snapshot_frames(frozen, home)
    for frame in (frames.households, frames.persons, frames.villages):
        assert all(kind.is_integer() for kind in frame.schema.values()), frame.schema
    assert frames.households.height == 2
    assert frames.persons.height == 5


def test_no_identity_stands_in_any_file_of_evidence(made, home):
    for path in [*home.snapshots.rglob("*"), *home.runs.rglob("*")]:
        if path.is_file():
            content = path.read_bytes()
            assert "张大山".encode() not in content
            assert b"13900000001" not in content


def test_freezing_again_is_the_same_snapshot(frozen, clerk, home):
    again = freeze_snapshot(by=clerk, on=DAY, known_on=None, home=home)
    assert (again.pk, again.sha256) == (frozen.pk, frozen.sha256)


def test_what_was_recorded_today_was_not_known_yesterday(register, clerk, home):
    earlier = freeze_snapshot(by=clerk, on=DAY, known_on=date(2020, 1, 1), home=home)
    assert snapshot_frames(earlier, home).households.is_empty()


def test_a_run_tells_yes_and_no(made, home):
    rows = run_frames(made, home, Scope.everywhere())["households"]
    assert rows["outcome"].to_list() == [1, 0]


def test_the_same_snapshot_and_laws_give_the_same_run(made, frozen, clerk, home):
    assert run_programme(by=clerk, programme="cn_2014", snapshot=frozen, home=home).pk == made.pk


def test_a_run_is_computed_again_bit_for_bit(made, home):
    assert recompute_run(made, home)["same_code"]


def test_a_run_holds_after_the_register_moved_on(made, register, home):
    register(changed(roster_rows(), 0, "人均纯收入", "9000"), "later.xlsx")
    assert recompute_run(made, home)["files"] == ["households", "indicators", "places"]


@pytest.mark.parametrize("file", ["households.parquet", MANIFEST])
def test_an_altered_run_does_not_hold(made, home, file):
    path = home.runs / made.name / file
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(EvidenceAltered):
        recompute_run(made, home)


def test_an_altered_snapshot_does_not_hold(made, frozen, home):
    path = home.snapshots / frozen.name / "households.parquet"
    frame = pl.read_parquet(path).with_columns(net_income_pc_fen=pl.lit(1, pl.Int64))
    frame.write_parquet(path)
    with pytest.raises(EvidenceAltered):
        recompute_run(made, home)


def test_a_missing_file_is_named(made, home):
    (home.runs / made.name / "indicators.parquet").unlink()
    with pytest.raises(EvidenceMissing, match=r"indicators\.parquet"):
        recompute_run(made, home)


def test_unknown_names_are_refused(home):
    with pytest.raises(NothingToRun):
        run_named(None)
    with pytest.raises(EvidenceUnknown):
        run_named("r-nothing")
    with pytest.raises(EvidenceUnknown):
        snapshot_named("s-nothing")


def test_the_manifest_names_laws_code_and_snapshot(made, frozen, home):
    manifest = run_manifest(made, home)
    assert manifest["snapshot"] == {"name": frozen.name, "sha256": frozen.sha256}
    assert len(manifest["parameters_sha256"]) == 64
    assert manifest["code"]["version"]


def test_who_may_not_freeze_does_not(people, home):
    with pytest.raises(NotPermitted):
        freeze_snapshot(by=people.security, on=DAY, known_on=None, home=home)


def test_a_scope_sees_its_own_villages_only(made, places, home):
    elsewhere = run_frames(made, home, Scope((places.other_town,)))
    assert elsewhere["households"].is_empty()
    assert places.village not in elsewhere["places"]["place"].to_list()
    assert places.village in run_frames(made, home, Scope.everywhere())["places"]["place"].to_list()
    assert run_frames(made, home, Scope((places.town,)))["households"].height == 2
