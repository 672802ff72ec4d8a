"""The long work of a comparison."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from bangfu.decisions.actions.compare_list import STEPS, Compared, HandedList, compare_list
from bangfu.documents.workbook import ListSheet, write_list
from bangfu.intake.uploads import drop_files, kept_files
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.comparisons import LinkageMissing
from bangfu.kernel.errors.inputs import ReaderTooSlow, UploadGone
from bangfu.kernel.errors.register import JobCancelled
from bangfu.kernel.texts import mark
from bangfu.work.jobs import Done, Work

_PROBLEMS: Final = "problems.xlsx"
_MENDABLE: Final = (JobCancelled, NotPermitted, LinkageMissing, ReaderTooSlow)
"""After these the same list may be compared after all: stopped, no right yet, an extra missing, a busy machine."""


def compare_handed_list(work: Work) -> Done:
    """Compare a handed-in list with a county.

    The request has `upload`, `county`, `kind` and, as in HandedList, `on` (ISO), `office`, `programme`,
    `negative_list`, `complete` and `ids_only`. Started again after the worker died, nothing is asked twice.
    The list is dropped once its rejected rows are written, and where it is refused for what no new start can mend;
    else it waits to be swept like every upload.
    """
    asked = work.job.request
    paths = kept_files(asked["upload"], work.home)
    if not paths:
        raise UploadGone

    def on_step(number: int, words: str) -> None:
        work.progress.step(number, len(STEPS), words)

    handed = replace(_handed(asked), path=paths[0])
    try:
        done = compare_list(by=work.by, county=asked["county"], handed=handed, home=work.home, on_step=on_step)
    except _MENDABLE:
        raise
    except BangfuError:
        drop_files(asked["upload"], work.home)
        raise
    rejected = _rejected(done, work)
    drop_files(asked["upload"], work.home)
    work.progress.finish(len(STEPS))
    return _told(done, rejected)


def _handed(asked: dict[str, Any]) -> HandedList:
    names = ("office", "programme", "negative_list", "complete", "ids_only")
    given = {name: asked[name] for name in names if name in asked}
    on = date.fromisoformat(asked["on"]) if asked.get("on") else None
    return HandedList(asked["upload"], asked["kind"], stated_on=on, **given)


def _rejected(done: Compared, work: Work) -> list[dict[str, str]]:
    """Write what was wrong with rows of the list, none of their cells, and return the file as a job names it."""
    problems = done.listed.problems
    if problems.is_empty():
        return []
    labels = {"sheet": "工作表", "row": "行", "column": "列", "message_zh": "问题", "message_en": "Problem"}
    write_list(work.folder.path / _PROBLEMS, [ListSheet(name="问题行", title="", frame=problems, labels=labels)])
    (work.folder.path / _PROBLEMS).chmod(0o600)
    return [{"stored": _PROBLEMS, "name": f"问题行-{done.outcome.comparison.pk}.xlsx"}]


def _told(done: Compared, files: list[dict[str, str]]) -> Done:
    counts = done.counts
    return Done(
        mark("%(rows)s rows compared: %(matched)s matched, %(fresh)s new leads."),
        {name: counts[name] for name in ("rows", "matched", "fresh")},
        {"comparison": done.outcome.comparison.pk, **counts, "files": files},
    )
