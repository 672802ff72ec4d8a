"""Comparisons (数据比对): lists of other departments that were compared, and the form for another one."""

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.refusals import status_of
from bangfu.access.scope import scope_of
from bangfu.decisions.actions.hand_in_list import ListHanded, hand_in_list
from bangfu.decisions.linkage import linkage_stands
from bangfu.decisions.models import Hit
from bangfu.decisions.queries.hits import comparisons_listed
from bangfu.intake.lists import list_forms
from bangfu.intake.uploads import LARGEST
from bangfu.kernel.actors import Can
from bangfu.kernel.codes import Level
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.places.models import Place
from bangfu.places.queries import places_within
from bangfu.places.scope import Scope
from bangfu.web.household_filters import page_of
from bangfu.web.lead_words import list_said

_A_PAGE: Final = 30
_MEGABYTE: Final = 1 << 20
_LONGEST_OFFICE: Final = 100
_UNWELCOME: Final = (403, 404)


class ListForm(forms.Form):
    """A list as somebody hands it in."""

    county = forms.TypedChoiceField(label=gettext_lazy("County"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("What the list is"))
    file = forms.FileField(label=gettext_lazy("File (Excel, WPS, ODS or CSV)"), allow_empty_file=True)
    on = forms.DateField(
        label=gettext_lazy("Day on which it was true (left empty: as the list itself tells)"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    office = forms.CharField(
        label=gettext_lazy("Office (left empty: the one that usually keeps such a list)"),
        max_length=_LONGEST_OFFICE,
        required=False,
    )
    complete = forms.BooleanField(
        label=gettext_lazy("The list says of everybody of the county: who is missing is asked about as well"),
        required=False,
    )
    ids_only = forms.BooleanField(
        label=gettext_lazy("Compare by identity number alone, not by name, birth and place"), required=False
    )

    def __init__(self, *args: Any, scope: Scope) -> None:
        super().__init__(*args)
        spoken = get_language() or ""
        places = places_within(scope)
        counties = places.filter(places["level"] == Level.COUNTY).select("place", "name").iter_rows()
        kinds = [("", gettext("choose")), *((name, one.title.say(spoken)) for name, one in list_forms().items())]
        for name, choices in (("county", list(counties)), ("kind", kinds)):
            offered = self.fields[name]
            assert isinstance(offered, forms.ChoiceField)
            offered.choices = choices

    def clean_office(self) -> str:
        """Refuse a number of a person: what is typed here stands on pages."""
        given: str = self.cleaned_data["office"]
        if hides_number(given):
            raise forms.ValidationError(gettext("Write the office without ID numbers, phones or card numbers."))
        return given

    def clean_on(self) -> date | None:
        """Refuse a day that lies ahead."""
        given: date | None = self.cleaned_data["on"]
        if given is not None and given > today():
            raise forms.ValidationError(gettext("This day lies ahead."))
        return given


@needs(Can.READ_REGISTER, Can.COMPARE)
@require_safe
def comparisons(request: Request) -> HttpResponse:
    """Show the lists compared in the counties of the reader, the latest first, with what became of their rows."""
    found = comparisons_listed(request.scope)
    total, page = found.count(), page_of(request.GET)
    pages = max(1, -(-total // _A_PAGE))
    page = min(page, pages)
    some = list(found[(page - 1) * _A_PAGE : page * _A_PAGE])
    counties = {one.number: one for one in Place.objects.filter(number__in={one.county for one in some})}
    counted = Hit.objects.filter(comparison__in=some).values_list("comparison_id").annotate(count=Count("pk"))
    hits: dict[int, int] = dict(counted.order_by())
    rows = [
        {
            "of": one,
            "title": list_said(one.kind),
            "county": counties[one.county].name,
            "code": counties[one.county].code,
            "hits": hits.get(one.pk, 0),
        }
        for one in some
    ]
    shows = {
        "rows": rows,
        "total": total,
        "page": page,
        "pages": pages,
        "may_compare": bool(scope_of(request.actor, Can.COMPARE).roots),
    }
    return render(request, "web/comparisons.html", shows)


@needs(Can.COMPARE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_comparison(request: Request) -> HttpResponse:
    """Hand in a list; it is compared as a job."""
    limits = {"megabytes": LARGEST // _MEGABYTE}
    if request.method != "POST":
        form = ListForm(scope=request.scope)
        form.initial["ids_only"] = not linkage_stands()
        return render(request, "web/comparison_new.html", limits | {"form": form})
    form, wrong = ListForm(request.POST, request.FILES, scope=request.scope), ""
    if form.is_valid():
        given = form.cleaned_data
        told = ListHanded(
            given["kind"], given["on"], given["office"], complete=given["complete"], ids_only=given["ids_only"]
        )
        try:
            job = hand_in_list(
                by=request.actor, county=given["county"], file=given["file"], told=told, home=Home.current()
            )
        except BangfuError as error:
            if status_of(error) in _UNWELCOME:
                raise
            wrong = say(error, language=get_language()).partition(" ")[2]
        else:
            return redirect("job", name=job.pk)
    return render(request, "web/comparison_new.html", limits | {"form": form, "wrong": wrong}, status=400)
