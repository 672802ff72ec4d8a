"""Open single cases (发起事项): about a household from its page or a doubt, and the exit of a village or county."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.refusals import status_of
from bangfu.decisions.actions.open_household_case import Wanted, open_household_case
from bangfu.decisions.actions.open_place_exit import open_place_exit
from bangfu.decisions.offers import CLUES, latest_run, offers
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.params import load
from bangfu.places.queries import resolve
from bangfu.registry.directory import home_of
from bangfu.snapshots.queries import run_named
from bangfu.web.lead_words import case_address

_UNWELCOME: Final = (403, 404)


class OpeningForm(forms.Form):
    """What is proposed of a household, and where that comes from."""

    what = forms.ChoiceField()
    clue = forms.ChoiceField(choices=[(name, name) for name in CLUES])
    clue_on = forms.DateField(required=False)
    group = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        classes = ["", *(str(one.number) for one in load().code_lists["monitored_class"].entries)]
        for name, names in {"what": [one.name for one in offers()], "group": classes}.items():
            offered = self.fields[name]
            assert isinstance(offered, forms.ChoiceField)
            offered.choices = [(one, one) for one in names]

    def clean_clue_on(self) -> date | None:
        """Refuse a day that lies ahead."""
        given: date | None = self.cleaned_data["clue_on"]
        if given is not None and given > today():
            raise forms.ValidationError(gettext("This day lies ahead."))
        return given


@needs(Can.OPEN_CASES)
@require_POST
def open_case(request: Request, number: int) -> HttpResponse:
    """Open a case about a household; a refusal stands in words where the person came from."""
    home_of(request.scope, number)
    lead = request.POST.get("lead", "")
    doubt = lead.isascii() and lead.isdigit() and len(lead) < len(str(1 << 60))
    back = reverse("lead", args=[int(lead)]) if doubt else f"{reverse('household', args=[number])}#open-case"
    form = OpeningForm(request.POST)
    if not form.is_valid():
        ahead = form.errors.get("clue_on")
        messages.error(request, str(ahead[0]) if ahead else gettext("Choose what is to be opened."))
        return redirect(back)
    wanted, home = _wanted(form), Home.current()

    def act() -> int:
        run = latest_run(wanted.programme)
        return open_household_case(
            by=request.actor, scope=request.scope, household=number, wanted=wanted, run=run, home=home
        )

    return _opened(request, back, act)


@needs(Can.OPEN_CASES)
@require_POST
def open_exit(request: Request, code: str) -> HttpResponse:
    """Open the exit of a village or county; a refusal names the criteria that speak against it."""
    place = resolve(request.scope, code).number
    name, home = request.POST.get("run", ""), Home.current()

    def act() -> int:
        return open_place_exit(
            by=request.actor, scope=request.scope, run=run_named(name or None), place=place, home=home
        )

    return _opened(request, f"{reverse('place', args=[code])}#open-exit", act)


def _wanted(form: OpeningForm) -> Wanted:
    given = form.cleaned_data
    programme, procedure, proposal = given["what"].split(":")
    return Wanted(
        programme,
        procedure,
        proposal,
        clue=given["clue"],
        clue_on=given["clue_on"],
        group=int(given["group"]) if given["group"] and proposal == "monitored" else None,
    )


def _opened(request: Request, back: str, act: Callable[[], int]) -> HttpResponse:
    """Open a case and go to it, or back where it has no page or was refused."""
    try:
        case = act()
    except BangfuError as error:
        if status_of(error) in _UNWELCOME:
            raise
        messages.error(request, say(error, language=get_language()).partition(" ")[2])
        return redirect(back)
    messages.success(request, gettext("Case %(case)s was opened. It waits for its first step.") % {"case": case})
    return redirect(case_address(case) or back)
