"""Long work of snapshots and runs."""

from datetime import date

from bangfu.kernel.texts import mark
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import run_programme
from bangfu.snapshots.queries import run_manifest
from bangfu.work.jobs import Done, Work, job_kind


@job_kind("analysis.identify", mark("Run a programme"))
def identify(work: Work) -> Done:
    """Freeze the register as it is known now and run a programme on it, as `bangfu identify` does."""
    programme, on = str(work.job.request["programme"]), date.fromisoformat(work.job.request["on"])
    work.progress.step(0, 2, mark("Freezing the register"))
    frozen = freeze_snapshot(by=work.by, on=on, known_on=None, home=work.home)
    work.progress.step(1, 2, mark("Applying the rules"))
    made = run_programme(by=work.by, programme=programme, snapshot=frozen, home=work.home)
    counts = run_manifest(made, work.home)["findings"]["counts"]
    return Done(mark("Done: yes %(yes)s, no %(no)s, to be verified %(unknown)s."), counts, {"run": made.name})
