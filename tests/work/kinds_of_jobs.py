"""Kinds of jobs that only tests know, and a worker that works off what waits."""

import time

from bangfu.kernel.errors.register import PlaceUnknown
from bangfu.work.jobs import Done, Work, job_kind


@job_kind("test.count", "Count")
def count(work: Work) -> Done:
    """Count to a number, as slowly as asked."""
    upto = work.job.request["upto"]
    for number in range(upto):
        work.progress.step(number, upto, "Counting to %(upto)s", upto=upto)
        time.sleep(work.job.request.get("seconds", 0))
    work.progress.step(upto, upto)
    (work.folder.path / "stored.txt").write_text("counted", encoding="utf-8")
    files = [{"stored": "stored.txt", "name": "清单.txt"}]
    return Done(
        "Counted to %(upto)s", {"upto": upto}, {"files": files, "by": work.by.name, "grants": len(work.by.grants)}
    )


@job_kind("test.refused", "Be refused")
def refused(work: Work) -> Done:
    """Meet an error of the house."""
    raise PlaceUnknown(place=1)


@job_kind("test.mistake", "Make a mistake")
def mistake(work: Work) -> Done:
    """Meet an error of the programmer, whose words quote a person."""
    raise ValueError("张三 13900000001")


def work_off():
    """Let a worker do all that waits, in this process."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()
