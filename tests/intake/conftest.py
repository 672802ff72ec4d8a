"""Changes staged and approved, over a small register whose audit chain holds at the end."""

import pytest

from tests.intake.builders import xlsx
from tests.intake.changing import LABELS, line
from tests.ledger_files import roster_rows, write_roster


@pytest.fixture
def stage_changes(home, clerk, places, tmp_path):
    """Stage a ledger of changes, each row a dictionary with the keys of LABELS."""
    from bangfu.intake.actions.stage_batch import stage_batch

    def staged(*rows, by=clerk, labels=(), title="自然增减台账"):
        header = ["县", "乡", *LABELS.values(), *labels]
        lines = [line(row, labels) for row in rows]
        path = xlsx(tmp_path / "changes.xlsx", [[title, *[""] * (len(header) - 1)], header, *lines])
        return stage_batch(by=by, paths=[path], home=home)

    return staged


@pytest.fixture
def happen(stage_changes, approver, home):
    """Stage changes and have them approved; nothing may be refused."""
    from bangfu.intake.actions.apply_batch import apply_batch

    def happened(*rows, **more):
        staged = stage_changes(*rows, **more)
        (told,) = staged.report
        assert told["rejected"] == 0, told["errors"]
        apply_batch(by=approver, number=staged.batch.pk, home=home)
        return staged

    return happened


@pytest.fixture
def register(home, clerk, approver, places, tmp_path):
    """The two households of the small roster, registered without a day; the audit chain holds at the end."""
    from bangfu.audit.verifier import verify
    from bangfu.intake.actions.apply_batch import apply_batch
    from bangfu.intake.actions.stage_batch import stage_batch

    path = write_roster(tmp_path / "roster.xlsx", roster_rows())
    apply_batch(by=approver, number=stage_batch(by=clerk, paths=[path], home=home).batch.pk, home=home)
    yield
    assert not verify(home.database_url or str(home.database_file), home.key_file).faults
