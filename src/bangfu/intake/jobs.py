"""The long work of imports: staging, applying, undoing."""

from pathlib import Path
from typing import Any

from bangfu.intake.actions.apply_batch import apply_batch
from bangfu.intake.actions.stage_batch import HandedIn, stage_batch
from bangfu.intake.actions.undo_batch import undo_batch
from bangfu.intake.models import BatchState
from bangfu.intake.queries import batch_named, recorded_rows
from bangfu.intake.returning import returned_folder, write_returned_files
from bangfu.intake.uploads import drop_files, kept_files
from bangfu.kernel.errors.inputs import UploadGone
from bangfu.kernel.texts import mark
from bangfu.work.jobs import Done, Work, job_kind


@job_kind("import.stage", mark("Read and compare ledgers"))
def stage(work: Work) -> Done:
    """Stage handed-in files, and write the returned workbooks beside the batch."""
    upload, replaces = work.job.request["upload"], work.job.request.get("replaces")
    paths = kept_files(upload, work.home)
    if not paths:
        raise UploadGone
    steps = len(paths) + 1
    names = iter(range(len(paths)))

    def on_file(path: Path) -> None:
        work.progress.step(next(names), steps, mark("Reading %(file)s"), file=path.name)

    def on_compare() -> None:
        work.progress.step(len(paths), steps, mark("Comparing with the register"))

    staged = stage_batch(
        by=work.by,
        paths=paths,
        home=work.home,
        on_file=on_file,
        on_compare=on_compare,
        handed_in=HandedIn(upload, replaces),
    )
    assert staged.batch is not None
    write_returned_files(staged, returned_folder(work.home, staged.batch.pk))
    counts = {key: staged.batch.counts[key] for key in ("rows", "accepted", "rejected")}
    work.progress.finish(steps)
    return Done(
        mark("%(rows)s rows read: %(accepted)s accepted, %(rejected)s rejected."),
        counts,
        {"batch": staged.batch.pk, **counts},
    )


@job_kind("import.apply", mark("Take a batch into the register"))
def apply(work: Work) -> Done:
    """Approve and apply; started again after the worker died, find whether it was done."""
    number = work.job.request["batch"]
    batch = batch_named(number)
    if not (batch.state == BatchState.APPLIED and batch.acted_by_id == work.by.person_id):
        apply_batch(by=work.by, number=number, home=work.home, on_rows=_recording(work))
        drop_files(batch.upload, work.home)
    recorded = recorded_rows(number)
    rows = sum(recorded.values())
    work.progress.finish(rows)
    return Done(
        mark("Batch %(batch)s is in the register: %(rows)s rows recorded."),
        {"batch": number, "rows": rows},
        {"batch": number, "recorded": recorded},
    )


@job_kind("import.undo", mark("Undo a batch"))
def undo(work: Work) -> Done:
    """Undo; started again after the worker died, find whether it was done."""
    number = work.job.request["batch"]
    batch = batch_named(number)
    if not (batch.state == BatchState.UNDONE and batch.acted_by_id == work.by.person_id):
        work.progress.step(0, 1, mark("Undoing"))
        undo_batch(by=work.by, number=number, home=work.home)
    work.progress.finish(1)
    return Done(mark("Batch %(batch)s is undone: its rows no longer count."), {"batch": number}, {"batch": number})


def _recording(work: Work) -> Any:
    def told(done: int, total: int) -> None:
        work.progress.step(done, total, mark("Recording"))

    return told
