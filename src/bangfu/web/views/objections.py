"""Objections (异议处理): what waits for an answer, opened one by one by who answers it, each opening noted."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.procedures import ObjectionUnknown
from bangfu.kernel.texts import Text, mark
from bangfu.kernel.translation import say
from bangfu.places.paths import paths_of
from bangfu.places.scope import Scope
from bangfu.procedures.actions.answer_objection import answer_objection
from bangfu.procedures.actions.read_objection import read_objection
from bangfu.procedures.hearing import Heard, objections_heard
from bangfu.procedures.models import Channel, ObjectionKind
from bangfu.procedures.notices import PROPOSALS
from bangfu.procedures.queries import path_of
from bangfu.procedures.said import LONGEST_REASON

KINDS: Final = {
    ObjectionKind.OBJECTION: mark("objection"),
    ObjectionKind.APPEAL: mark("appeal"),
    ObjectionKind.COMPLAINT: mark("complaint"),
}
CHANNELS: Final = {
    Channel.HOUSEHOLD: mark("by the household, with its card"),
    Channel.PUBLIC: mark("at the public door"),
    Channel.CLERK: mark("taken down by a clerk"),
}
_MOST_LISTED: Final = 300


class AnswerForm(forms.Form):
    """The answer: whether the objection is right, and why."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Is it right?"),
        widget=forms.RadioSelect,
        choices=(("yes", gettext_lazy("yes, it is upheld")), ("no", gettext_lazy("no, it is not upheld"))),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, as the complainant will read it"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
    )


@needs(Can.HEAR)
@require_safe
def objections(request: Request) -> HttpResponse:
    """List what the person answers: what is due first comes first, what is late is marked; no words of anybody."""
    every = request.GET.get("all") == "1"
    listed = objections_heard(request.actor, open_only=not every)
    paths = paths_of({one.place for one in listed[:_MOST_LISTED]})
    rows = [
        {
            "objection": one,
            "kind": gettext(KINDS[ObjectionKind(one.kind)]),
            "channel": gettext(CHANNELS[Channel(one.channel)]),
            "near": paths.get(one.place, ())[-2:],
            "answered": hasattr(one, "answer"),
            "late": not hasattr(one, "answer") and one.due_on < today(),
        }
        for one in listed[:_MOST_LISTED]
    ]
    shows = {"rows": rows, "every": every, "more": max(len(listed) - _MOST_LISTED, 0)}
    return render(request, "web/objections.html", shows)


@needs(Can.HEAR)
@require_safe
def objection(request: Request, number: int) -> HttpResponse:
    """Open one objection: its words and who said them, noted in the audit chain."""
    heard = read_objection(by=request.actor, objection=number)
    return _page(request, heard, AnswerForm())


@needs(Can.HEAR)
@require_POST
def answer(request: Request, number: int) -> HttpResponse:
    """Answer an objection, with its reason."""
    form = AnswerForm(request.POST)
    heard = read_objection(by=request.actor, objection=number)
    if not form.is_valid():
        return _page(request, heard, form, 400)
    told = form.cleaned_data
    try:
        answer_objection(by=request.actor, objection=number, upheld=told["upheld"] == "yes", reason=told["reason"])
    except ObjectionUnknown:
        raise
    except BangfuError as error:
        form.add_error("reason", say(error, language=get_language()))
        return _page(request, heard, form, 400)
    messages.success(request, gettext("The answer was recorded. Who raised it reads it with the receipt."))
    return redirect("objection", number=number)


def _page(request: Request, heard: Heard, form: AnswerForm, status: int = 200) -> HttpResponse:
    found = heard.objection
    shows: dict[str, Any] = {
        "heard": heard,
        "objection": found,
        "kind": gettext(KINDS[ObjectionKind(found.kind)]),
        "channel": gettext(CHANNELS[Channel(found.channel)]),
        "path": paths_of([found.place]).get(found.place, ()),
        "late": heard.answer is None and found.due_on < today(),
        "form": form,
        "longest": LONGEST_REASON,
        "before": found.follows if found.follows_id else None,
    }
    if found.case_id is not None:
        way = path_of(Scope((found.place,)), found.case_id, today())
        name = way.case.proposal
        shows |= {
            "way": way,
            "proposal": PROPOSALS.get(name, Text(zh=name, en=name)),
            "reads": request.actor.may(Can.READ_REGISTER, found.place),
        }
    return render(request, "web/objection.html", shows, status=status)
