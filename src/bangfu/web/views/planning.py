"""Plan the exit of a village or county (计划退出时间)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from bangfu.access.policies import Request, needs
from bangfu.decisions.actions.plan_exit import plan_exit
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.exits import ExitError
from bangfu.kernel.errors.parameters import ParameterError
from bangfu.kernel.translation import say
from bangfu.params import load
from bangfu.places.queries import resolve


class PlanForm(forms.Form):
    """For which day an exit is planned, and under which programme."""

    programme = forms.ChoiceField()
    planned_on = forms.DateField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        offered = self.fields["programme"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(name, name) for name in load().programmes]


@needs(Can.WORK_COUNTY)
@require_POST
def plan_place_exit(request: Request, code: str) -> HttpResponse:
    """Record the day for which a village or county is to exit; a refusal stands in words on its page."""
    place, form = resolve(request.scope, code).number, PlanForm(request.POST)
    back = redirect(f"{reverse('place', args=[code])}#open-exit")
    if not form.is_valid():
        messages.error(request, gettext("Write the day as year, month and day: 2017-01-09."))
        return back
    try:
        plan_exit(by=request.actor, scope=request.scope, place=place, **form.cleaned_data)
    except (ExitError, ParameterError) as error:
        messages.error(request, say(error, language=get_language()).partition(" ")[2])
        return back
    messages.success(request, gettext("The plan was recorded."))
    return back
