"""What the page of a work sheet shows around its lines: the steps, what the person did last, where else to look."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bangfu.access.acting import ActingPerson
from bangfu.kernel.texts import Text
from bangfu.places.paths import paths_of
from bangfu.places.scope import COUNTRY
from bangfu.procedures.course import Course
from bangfu.procedures.sheets import Posting, latest_postings
from bangfu.web.case_acts import Outcome
from bangfu.web.case_sheet import Sheet
from bangfu.web.case_step import step_form
from bangfu.web.case_words import address_of, kinds_said, reason_said


@dataclass(frozen=True, slots=True)
class PostingShown:
    """What the person did in one go, as the page tells it.

    kinds    what was done, with how many cases
    notices  name of the village and address of the notice, '' where the site has no such page
    """

    posting: Posting
    step: Text
    kinds: list[tuple[Any, int]]
    notices: list[tuple[Text, str]]


def sheet_shown(sheet: Sheet, outcome: Outcome | None = None) -> dict[str, Any]:
    """Return what the page of a sheet shows; outcome: of a form that could not be carried out."""
    form, address = step_form(sheet), sheet.asked.address(hanging=sheet.hanging)
    strip, common = sheet.strip(), _common(sheet)
    waiting = next(((step, there) for step, count, there in strip if count), (None, ""))
    return {
        "sheet": sheet,
        "form": form,
        "wrong": outcome,
        "address": address,
        "strip": [(step, count, there, step == sheet.step) for step, count, there in strip],
        "crumbs": [(node.name, sheet.asked.address(place=node.code)) for node in sheet.crumbs],
        "postings": postings_shown(sheet.actor, sheet.course, sheet.place.number if sheet.place else COUNTRY)
        if sheet.may
        else [],
        "below": sheet.below(),
        "tabs": _tabs(sheet),
        "chooses": form is not None,
        "villages": sheet.frame["place"].n_unique() > 1,
        "common": common,
        "reasons": not common,
        "votes": form is not None and form.meeting and sheet.alone,
        "waiting_step": waiting[0],
        "waiting_address": waiting[1],
        "earlier": sheet.asked.address(page=sheet.page - 1, hanging=sheet.hanging) if sheet.page > 1 else "",
        "later": sheet.asked.address(page=sheet.page + 1, hanging=sheet.hanging) if sheet.page < sheet.pages else "",
    }


def _common(sheet: Sheet) -> str:
    """Return the reason that all lines share, told once; empty where they differ or stand alone."""
    reasons = {(line.grounds.met, line.grounds.unmet) for line in sheet.lines}
    return reason_said(*reasons.pop()) if len(reasons) == 1 and len(sheet.lines) > 1 else ""


def postings_shown(
    actor: ActingPerson, course: Course, place: int, events: Collection[int] | None = None
) -> list[PostingShown]:
    """Return what the person did last with cases of a procedure at a place; events: only these entries."""
    latest = latest_postings(actor, course, place)
    shown = latest[:1] if events is None else [one for one in latest if one.event in events]
    found = [one for one in latest if one in shown or (one.undoable and events is None)]
    names = {number: path[-1].name for number, path in paths_of({at for one in found for at in one.notices}).items()}
    return [
        PostingShown(
            posting=one,
            step=course.step(one.step).title,
            kinds=kinds_said(one.kinds),
            notices=[(names[at], address_of("notice", number=notice)) for at, notice in one.notices.items()],
        )
        for one in found
    ]


def _tabs(sheet: Sheet) -> list[tuple[str, int, str, bool]]:
    """Return the two kinds of cases at the step of a notice: those to post, and those whose notice hangs."""
    if sheet.hanging is None:
        return []
    fresh, hangs = sheet.hanging_counts
    return [
        (gettext("To post"), fresh, sheet.asked.address(hanging=False), not sheet.hanging),
        (gettext("Hanging"), hangs, sheet.asked.address(hanging=True), sheet.hanging),
    ]
