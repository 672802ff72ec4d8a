"""A case in plain words, as the household itself reads it: where it stands, what comes next, what it may do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from bangfu.kernel.texts import Text, day_said
from bangfu.procedures.models import ActKind, CaseState
from bangfu.procedures.queries import Path
from bangfu.web.case_lines import proposal_said
from bangfu.web.case_words import STATE_COLOURS, STATE_WORDS


@dataclass(frozen=True, slots=True)
class PlainCase:
    """A case as the household reads it.

    steps      each step's title, and whether it is done, now or ahead
    sentences  where it stands, in whole sentences
    """

    number: int
    title: Text
    proposal: Text
    state: Any
    colour: str
    steps: list[tuple[Text, str]]
    sentences: list[str]


def plain_case(path: Path, on: date) -> PlainCase:
    """Return a case in plain words."""
    state, done = CaseState(path.standing.state), path.standing.done
    now = path.next.order if path.next else 0
    return PlainCase(
        number=path.case.pk,
        title=path.course.title,
        proposal=proposal_said(path.case.proposal),
        state=STATE_WORDS[state],
        colour=STATE_COLOURS.get(state, ""),
        steps=[
            (step.title, "done" if step.order <= done else "now" if step.order == now else "ahead")
            for step in path.course.steps
        ],
        sentences=_open(path, on) if state == CaseState.OPEN else _ended(path, state),
    )


def _open(path: Path, on: date) -> list[str]:
    step = path.next
    assert step is not None, "an open case waits for a step"
    facts = {"step": _say(step.title), "who": _say(step.actor), "done": path.standing.done}
    told = [gettext("%(done)s steps are done.") % {**facts, "done": path.standing.done}] if path.standing.done else []
    if path.stopped:
        told.append(gettext("Somebody has objected, so the case waits until the objection is answered."))
    elif path.upheld:
        told.append(gettext("An objection was found right, so the case is sent back or refused."))
    elif path.until is not None and path.until > on:
        words = gettext("The notice hangs until %(day)s. Whoever disagrees may object until then.")
        told.append(words % {"day": _day(path.until)})
    told.append(gettext("Next: %(step)s, by %(who)s.") % facts)
    if path.deadline is not None:
        late = path.deadline < on
        words = gettext("It should have been finished by %(day)s.") if late else gettext("It is due by %(day)s.")
        told.append(words % {"day": _day(path.deadline)})
    return told


def _ended(path: Path, state: CaseState) -> list[str]:
    facts = {"day": _day(path.standing.moved_on), "proposal": _say(proposal_said(path.case.proposal))}
    if state == CaseState.FINISHED:
        return [gettext("Decided on %(day)s: %(proposal)s.") % facts]
    kind = ActKind.REFUSED if state == CaseState.REFUSED else ActKind.WITHDRAWN
    last = next(one for one in reversed(path.acts) if one.kind == kind)
    words = gettext("Not passed on %(day)s.") if kind == ActKind.REFUSED else gettext("Withdrawn on %(day)s.")
    told = [words % facts]
    if last.reason:
        told.append(gettext("Reason: %(reason)s") % {"reason": last.reason})
    elif str(path.case.pk) in last.form.get("votes", {}):
        votes = dict(zip(("for", "against", "abstain"), last.form["votes"][str(path.case.pk)], strict=True))
        words = gettext("In the meeting %(for)s voted for it, %(against)s against, %(abstain)s abstained.")
        told.append(words % votes)
    return told


def _say(text: Text) -> str:
    return text.say(get_language() or "")


def _day(value: date) -> str:
    return _say(day_said(value))
