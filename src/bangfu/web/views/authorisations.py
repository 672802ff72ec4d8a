"""Signed authorisations (承诺授权书): which households gave none, one recorded on its page, many from a list."""

from datetime import date
from typing import Any, Final

import polars as pl
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.refusals import status_of
from bangfu.access.scope import scope_of
from bangfu.decisions.actions.compare_list import programme_of
from bangfu.decisions.actions.record_authorisations import SignedPaper, record_authorisations
from bangfu.decisions.actions.record_paper_list import record_paper_list
from bangfu.decisions.queries.authorisations import authorised_households
from bangfu.intake.uploads import LARGEST
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.home import Home
from bangfu.kernel.translation import say
from bangfu.params import load
from bangfu.places.paths import paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.procedures.said import LONGEST_PAPER
from bangfu.registry.directory import directory, home_of
from bangfu.registry.listed import heads_of
from bangfu.web.household_filters import page_of

_A_PAGE: Final = 50
_MOST_REFUSED: Final = 500
_NEAR: Final = 2
_MEGABYTE: Final = 1 << 20
_UNWELCOME: Final = (403, 404)


class PaperForm(forms.Form):
    """One signed paper."""

    signed_on = forms.DateField()
    signer = forms.TypedChoiceField(coerce=int)
    paper = forms.CharField(max_length=LONGEST_PAPER)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        signer = self.fields["signer"]
        assert isinstance(signer, forms.ChoiceField)
        signer.choices = [(code.number, code.label.zh) for code in load().code_lists["relation"].entries]

    def clean_signed_on(self) -> date:
        """Refuse a day that lies ahead."""
        given: date = self.cleaned_data["signed_on"]
        if given > today():
            raise forms.ValidationError(gettext("This day lies ahead."))
        return given

    def clean_paper(self) -> str:
        """Refuse a number of a person: what is typed here is read by others."""
        given: str = self.cleaned_data["paper"]
        if hides_number(given):
            raise forms.ValidationError(
                gettext("Write the number of the paper without ID numbers, phones or card numbers.")
            )
        return given


@needs(Can.READ_REGISTER)
@require_safe
def authorisations(request: Request) -> HttpResponse:
    """Show the households of the reader's places that gave no consent, and the form for a list of those that did."""
    return render(request, "web/authorisations.html", _shown(request, request.GET.get("place", "")))


@needs(Can.HEAR_HOUSEHOLD)
@require_POST
def record_list(request: Request) -> HttpResponse:
    """Record a list of signed papers; what is refused comes back with its reason."""
    try:
        done = record_paper_list(by=request.actor, file=request.FILES.get("file"), home=Home.current())
    except BangfuError as error:
        if status_of(error) in _UNWELCOME:
            raise
        wrong = say(error, language=get_language()).partition(" ")[2]
        return render(request, "web/authorisations.html", _shown(request, "") | {"wrong": wrong}, status=400)
    refused = [(row, gettext(why)) for row, why in done.refused[:_MOST_REFUSED]]
    shows = {"done": done, "refused": refused, "more": max(len(done.refused) - _MOST_REFUSED, 0)}
    return render(request, "web/authorisations.html", _shown(request, "") | shows)


@needs(Can.HEAR_HOUSEHOLD)
@require_POST
def record_one(request: Request, number: int) -> HttpResponse:
    """Record one paper of a household; a refusal stands in words on its page."""
    lives = home_of(request.scope, number)
    back = f"{reverse('household', args=[number])}#authorisation"
    form = PaperForm(request.POST)
    if not form.is_valid():
        said = [str(one[0]) for name in ("signed_on", "paper") if (one := form.errors.get(name))]
        messages.error(request, said[0] if said else gettext("State the day, who signed, and the number of the paper."))
        return redirect(back)
    given = form.cleaned_data
    paper = SignedPaper(number, given["signed_on"], given["signer"], given["paper"])
    try:
        record_authorisations(by=request.actor, county=lives["county"], papers=[paper])
    except BangfuError as error:
        if status_of(error) in _UNWELCOME:
            raise
        messages.error(request, say(error, language=get_language()).partition(" ")[2])
    else:
        messages.success(request, gettext("The signed authorisation is on file."))
    return redirect(back)


def _shown(request: Request, code: str) -> dict[str, Any]:
    """Return the households without consent: those of a place, where one is named."""
    reader = scope_of(request.actor, Can.READ_REGISTER)
    node = resolve(reader, code) if code else None
    scope = Scope((node.number,)) if node else reader
    homes, on = directory(scope), today()
    signed = authorised_households(scope, programme_of(load(), None, on), on)
    without = homes.clear() if signed is None else homes.filter(~pl.col("household").is_in(signed.implode()))
    pages = max(1, -(-without.height // _A_PAGE))
    page = min(page_of(request.GET), pages)
    some = without.slice((page - 1) * _A_PAGE, _A_PAGE)
    heads = heads_of(some["county"].unique().to_list(), some["household"].to_list()) if some.height else {}
    paths = paths_of(some["village"].unique().to_list())
    return {
        "asked": signed is not None,
        "households": homes.height,
        "without": without.height,
        "rows": [
            row | {"head": heads.get(row["household"]), "near": paths.get(row["village"], ())[-_NEAR:]}
            for row in some.select("household", "household_no", "village").to_dicts()
        ],
        "place": code,
        "path": paths_of([node.number])[node.number] if node else (),
        "page": page,
        "pages": pages,
        "megabytes": LARGEST // _MEGABYTE,
        "may_record": bool(scope_of(request.actor, Can.HEAR_HOUSEHOLD).roots),
    }
