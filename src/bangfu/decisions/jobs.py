"""The long work of decisions: opening a round, taking a step of all cases that are ready for it, comparing lists."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from bangfu.access.acting import today
from bangfu.decisions.actions.export_round import TITLE, export_round
from bangfu.decisions.actions.open_round import open_round
from bangfu.decisions.actions.take_case_step import take_case_step
from bangfu.decisions.comparing import compare_handed_list
from bangfu.decisions.holds import BLOCKED, OVERTAKEN, holds_of
from bangfu.decisions.models import RoundKind
from bangfu.kernel.texts import mark
from bangfu.places.scope import COUNTRY, Scope, lineage
from bangfu.procedures.course import Version, course_of
from bangfu.procedures.queries import CasesAsked, cases_listed, ready_cases
from bangfu.procedures.said import Said
from bangfu.procedures.sheets import hands_in
from bangfu.snapshots.queries import run_named, run_rows
from bangfu.work.jobs import Done, Work, job_kind

_STORED: Final = "round.xlsx"


@job_kind("decisions.round", mark("Open a round of adjustment"))
def open_rounds(work: Work) -> Done:
    """Open a round in every county of a place on a run; started again, what is there already stays as it is."""
    request = work.job.request
    run, kind = run_named(request["run"]), RoundKind(request.get("kind", RoundKind.YEARLY))
    rows = run_rows(run, work.home)
    counties = [county for county in sorted(rows["county"].unique()) if _below(county, int(request["place"]))]
    cases = under_way = late = 0
    for done, county in enumerate(counties):
        work.progress.step(done, len(counties), mark("Opening cases"))
        opened = open_round(by=work.by, run=run, county=county, home=work.home, kind=kind)
        cases += sum(opened.cases.values())
        under_way += opened.under_way
        late += opened.overtaken
    work.progress.finish(len(counties))
    facts = {"cases": cases, "under_way": under_way, "overtaken": late}
    message = mark(
        "%(cases)s cases were opened; %(under_way)s proposals have a case already, %(overtaken)s no longer fit what "
        "the household is."
    )
    return Done(message, facts, facts)


@job_kind("decisions.step", mark("Take a step of many cases"))
def take_steps(work: Work) -> Done:
    """Take a step of all cases of a place that are ready for it, county by county; the others are told with why.

    Each county is one transaction: whatever stops the job, what it did stands, and started again it does the rest.
    """
    request = work.job.request
    version = Version(request["programme"], request["procedure"], date.fromisoformat(request["law_from"]))
    course = course_of(version)
    step = course.step(request["step"])
    on = date.fromisoformat(request["on"]) if request.get("on") else today()
    counted = int(request.get("entitled", 0)), int(request.get("present", 0))
    said = Said(entitled=counted[0], present=counted[1], codes=request.get("codes", {}))
    reason = str(request.get("reason", ""))
    told = {"moved": 0, "decided": 0, "objection": 0, "notice": 0, "hand": 0, BLOCKED: 0, OVERTAKEN: 0}
    asked = CasesAsked(place=int(request["place"]) or None, procedure=version.procedure, done=step.order - 1)
    of_version = (pl.col("programme") == version.programme) & (pl.col("law_from") == version.law_from)
    frame = cases_listed(Scope.everywhere(), asked).filter(of_version)
    for county, mine in _counties(frame):
        work.progress.step(told["moved"], frame.height, mark("Taking the step"), county=county)
        ready, waiting = ready_cases(mine, step, on)
        held = holds_of(ready["case"].to_list(), course, step)
        if course.decides(step):
            held |= dict.fromkeys(hands_in(work.by, ready["case"].to_list(), step), "hand")
        for why in (*waiting.values(), *held.values()):
            told[why] += 1
        free = ready.filter(~pl.col("case").is_in(list(held)))
        if free.height:
            cases = free["case"].to_list()
            taken = take_case_step(by=work.by, cases=cases, step=step.name, on=on, said=said, reason=reason)
            told["moved"] += free.height
            told["decided"] += taken.decided
    work.progress.finish(told["moved"])
    message = mark(
        "%(moved)s cases moved on, %(decided)s of them entered the register; %(objection)s wait for the answer to an "
        "objection, %(notice)s for the end of their notice, %(hand)s for another person, %(blocked)s for the answer "
        "to a doubt; %(overtaken)s no longer fit what the household is."
    )
    return Done(message, told, told)


@job_kind("decisions.compare", mark("Compare a list with the register"))
def compare(work: Work) -> Done:
    """Compare a handed-in list with a county; see comparing.compare_handed_list for what the request holds."""
    return compare_handed_list(work)


def _below(county: int, place: int) -> bool:
    return place == COUNTRY or place in lineage(county)


def _counties(frame: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    for key, mine in frame.sort("county", "place", "case").group_by("county", maintain_order=True):
        yield int(str(key[0])), mine


@job_kind("decisions.round_list", mark("Write the list of a round"))
def write_round(work: Work) -> Done:
    """Write who enters, leaves and stays in a round, and why, as a workbook."""
    work.progress.step(0, 1, mark("Writing the list"))
    out = work.folder.path / _STORED
    told = export_round(by=work.by, number=int(work.job.request["round"]), out=out, home=work.home)
    out.chmod(0o600)
    work.progress.finish(1)
    result = {"rows": told.rows, "sha256": told.sha256, "files": [{"stored": _STORED, "name": f"{TITLE}.xlsx"}]}
    return Done(mark("%(rows)s households written, each with its reason."), {"rows": told.rows}, result)
