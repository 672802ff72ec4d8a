"""What the form of a step does: one act with the cases chosen, or a job with all that are ready."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import polars as pl
from django.utils.translation import get_language, gettext

from bangfu.access.acting import ActingPerson
from bangfu.decisions.actions.take_case_step import take_case_step
from bangfu.kernel.actors import require
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.procedures import (
    CaseEnded,
    CasesChanged,
    NothingToDo,
    ObjectionOpen,
    ProcedureError,
    StepOutOfTurn,
)
from bangfu.kernel.translation import say
from bangfu.places.scope import Scope
from bangfu.procedures.actions.send_back import refuse_cases, send_back, withdraw_cases
from bangfu.procedures.deadlines import checked_excuse
from bangfu.procedures.models import ActKind
from bangfu.procedures.sheets import check_known, later_acts
from bangfu.web.case_form import REFUSE, SEND_BACK, TAKE, WITHDRAW, Typed, Unreadable
from bangfu.web.case_sheet import Sheet
from bangfu.work.actions.start_job import start_job
from bangfu.work.queries import jobs_seen

JOB: Final = "decisions.step"
_OVERTAKEN: Final = (CasesChanged, StepOutOfTurn, CaseEnded, ObjectionOpen)
_DID: Final = {
    TAKE: {ActKind.DONE, ActKind.POSTED, ActKind.AGREED, ActKind.REFUSED},
    SEND_BACK: {ActKind.RETURNED},
    REFUSE: {ActKind.REFUSED},
    WITHDRAW: {ActKind.WITHDRAWN},
}
"""What an act leaves, so that the same form sent twice is known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form: a sentence where it was done; the name of a job; or what is wrong, with its status."""

    told: str = ""
    job: str = ""
    wrong: str = ""
    status: int = HTTPStatus.OK


def carry_out(sheet: Sheet, typed: Typed, scope: Scope) -> Outcome:
    """Do what the form of a sheet asks for, as the person who looks at it.

    scope   in which the person may see cases: any other does not exist
    Raises  NotPermitted, CaseUnknown
    """
    check_known(scope, list(typed.seen))
    try:
        return _all(sheet, typed) if typed.whole else _chosen(sheet, typed)
    except Unreadable as unreadable:
        return Outcome(wrong=str(unreadable), status=HTTPStatus.BAD_REQUEST)
    except ProcedureError as error:
        if isinstance(error, CasesChanged) and done_already(sheet.actor, typed):
            return Outcome(told=twice_said())
        return Outcome(wrong=_said(error), status=_status(error))


def _chosen(sheet: Sheet, typed: Typed) -> Outcome:
    by, cases = sheet.actor, list(typed.seen)
    if typed.act == TAKE:
        _check_one_meeting(sheet, cases)
        said, on = typed.said(sheet.step), typed.day(sheet.course, sheet.step, sheet.on)
        step, why = sheet.step.name, typed.why_late
        taken = take_case_step(by=by, cases=cases, step=step, on=on, said=said, seen=typed.content, reason=why)
        if taken.decided:
            words = gettext("Done: %(count)s cases, %(decided)s of them entered the register.")
            return Outcome(told=words % {"count": len(cases), "decided": taken.decided})
    elif typed.act == SEND_BACK:
        send_back(by=by, cases=cases, to=typed.to, reason=typed.reason, seen=typed.content)
    elif typed.act == REFUSE:
        refuse_cases(by=by, cases=cases, reason=typed.reason, seen=typed.content)
    else:
        withdraw_cases(by=by, cases=cases, reason=typed.reason, request=typed.request, seen=typed.content)
    return Outcome(told=gettext("Done: %(count)s cases.") % {"count": len(cases)})


def _check_one_meeting(sheet: Sheet, cases: list[int]) -> None:
    """Refuse the numbers of one meeting for the cases of several villages; raises Unreadable."""
    chosen = sheet.frame.filter(pl.col("case").is_in(cases))
    if sheet.step.kind == "meeting" and chosen["place"].n_unique() > 1:
        words = gettext("Each village holds its own meeting. Choose a village above, then record its numbers.")
        raise Unreadable(words)


def _all(sheet: Sheet, typed: Typed) -> Outcome:
    """Start the job that takes the step of all ready cases of a place, if they are still those that were seen."""
    if sheet.place is None or not sheet.alone:
        raise NothingToDo
    require(sheet.actor, sheet.right, sheet.place.number)
    version = sheet.course.version
    about = f"{version.programme} {version.procedure} {version.law_from} {sheet.step.name} {sheet.place.number}"
    subject = f"step {about} of person {sheet.actor.person_id}"
    under_way = next((job for job in jobs_seen(sheet.actor) if job.open and job.subject == subject), None)
    if under_way is not None:
        return Outcome(job=under_way.name)
    said = typed.said(sheet.step)
    said.checked(sheet.step)
    day = typed.day(sheet.course, sheet.step, sheet.on)
    if typed.digest != sheet.digest:
        raise CasesChanged
    why_late = checked_excuse(sheet.late_on(day), sheet.step, typed.why_late)
    request = {
        "programme": version.programme,
        "procedure": version.procedure,
        "law_from": version.law_from.isoformat(),
        "step": sheet.step.name,
        "place": sheet.place.number,
        "code": sheet.place.code,
        "entitled": said.entitled,
        "present": said.present,
        "codes": dict(said.codes),
        "on": "" if sheet.course.present(sheet.step) else day.isoformat(),
        "reason": why_late,
    }
    job = start_job(by=sheet.actor, kind=JOB, request=request, subject=subject, place=sheet.place.number)
    return Outcome(job=job.pk)


def twice_said() -> str:
    """Return what a person reads whose form arrived twice."""
    return gettext("This was done already; it is not done twice.")


def done_already(by: ActingPerson, typed: Typed) -> bool:
    """Tell whether the person did just this to just these cases since they were shown: the form was sent twice."""
    later = later_acts(typed.seen)
    same = [
        act.person == by.person_id and act.kind in _DID[typed.act] and act.step == typed.step for act in later.values()
    ]
    return bool(same) and len(same) == len(typed.seen) and all(same)


def _status(error: ProcedureError) -> int:
    return HTTPStatus.CONFLICT if isinstance(error, _OVERTAKEN) else HTTPStatus.BAD_REQUEST


def _said(error: BangfuError) -> str:
    return say(error, language=get_language())
