"""The long work of a comparison."""

from dataclasses import replace
from datetime import date
from typing import Any

from bangfu.decisions.actions.compare_list import STEPS, Compared, HandedList, compare_list
from bangfu.intake.uploads import KEPT_S, drop_files, kept_files
from bangfu.kernel.errors.inputs import UploadGone
from bangfu.kernel.texts import mark
from bangfu.work.job_files import sweep
from bangfu.work.jobs import Done, Work


def compare_handed_list(work: Work) -> Done:
    """Compare a handed-in list with a county.

    The request has `upload`, `county`, `kind` and, as in HandedList, `on` (ISO), `office`, `programme`,
    `negative_list`, `complete` and `ids_only`. Started again after the worker died, nothing is asked twice.
    """
    sweep(work.home.uploads, KEPT_S)
    asked = work.job.request
    paths = kept_files(asked["upload"], work.home)
    if not paths:
        raise UploadGone

    def on_step(number: int, words: str) -> None:
        work.progress.step(number, len(STEPS), words)

    handed = replace(_handed(asked), path=paths[0])
    done = compare_list(by=work.by, county=asked["county"], handed=handed, home=work.home, on_step=on_step)
    drop_files(asked["upload"], work.home)
    work.progress.finish(len(STEPS))
    return _told(done)


def _handed(asked: dict[str, Any]) -> HandedList:
    names = ("office", "programme", "negative_list", "complete", "ids_only")
    given = {name: asked[name] for name in names if name in asked}
    on = date.fromisoformat(asked["on"]) if asked.get("on") else None
    return HandedList(asked["upload"], asked["kind"], stated_on=on, **given)


def _told(done: Compared) -> Done:
    counts = done.counts
    return Done(
        mark("%(rows)s rows compared: %(matched)s matched, %(fresh)s new leads."),
        {name: counts[name] for name in ("rows", "matched", "fresh")},
        {"comparison": done.outcome.comparison.pk, **counts},
    )
