"""Doubts (疑点): what is open in one's places, what a list says, what the household says, what is decided."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.acting import ActingPerson, today
from bangfu.access.field_classes import sights_of
from bangfu.access.policies import Request, needs
from bangfu.access.refusals import status_of
from bangfu.access.scope import scope_of
from bangfu.decisions.actions.decide_hit import decide_hit
from bangfu.decisions.actions.hear_household import hear_household
from bangfu.decisions.actions.read_hearings import may_read_hearings, read_hearings
from bangfu.decisions.models import Disposition, Hit
from bangfu.decisions.offers import removal_offer
from bangfu.decisions.queries.hits import HitDossier, hit_dossier
from bangfu.decisions.queries.leads import SEVERITIES, LeadPage, LeadsAsked, LeadSeen, lead_seen, leads_listed
from bangfu.decisions.words import LONGEST
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.comparisons import HitUnknown
from bangfu.kernel.translation import say
from bangfu.places.paths import paths_of
from bangfu.places.queries import resolve
from bangfu.places.scope import Scope
from bangfu.registry.leaving import all_left
from bangfu.registry.listed import heads_of
from bangfu.registry.queries import household_numbers
from bangfu.web.household_filters import page_of
from bangfu.web.lead_words import (
    OUTCOME_WORDS,
    grounds_of,
    how_said,
    kind_said,
    list_said,
    severity_said,
    told_facts,
)

_NEAR: Final = 2
_UNWELCOME: Final = (403, 404)


class HearingForm(forms.Form):
    """What the household said, and when."""

    heard_on = forms.DateField(
        label=gettext_lazy("Day on which it was heard"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    words = forms.CharField(
        label=gettext_lazy("What the household says (no ID number, phone or card)"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_heard_on(self) -> date:
        """Refuse a day that lies ahead."""
        given: date = self.cleaned_data["heard_on"]
        if given > today():
            raise forms.ValidationError(gettext("This day lies ahead."))
        return given


class DecisionForm(forms.Form):
    """What is decided, and why."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason (no ID number, phone or card)"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, help_is_due: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        offered = self.fields["outcome"]
        assert isinstance(offered, forms.ChoiceField)
        removal = Disposition.Outcome.REMOVE_PROPOSED.value
        offered.choices = [one for one in OUTCOME_WORDS.items() if not (help_is_due and one[0] == removal)]


@needs(Can.READ_REGISTER)
@require_safe
def leads(request: Request) -> HttpResponse:
    """Show the open doubts about households of the reader's places."""
    code = request.GET.get("place", "")
    node = resolve(request.scope, code) if code else None
    severity = request.GET.get("severity", "")
    severity = severity if severity in SEVERITIES else ""
    kind = request.GET.get("kind", "")
    asked = LeadsAsked(kind, severity, Scope((node.number,)) if node else None)
    found = leads_listed(request.scope, asked, page_of(request.GET))
    paths = paths_of([line.place for line in found.lines])
    lines = [
        {"of": line, "kind": kind_said(line.kind), "severity": severity_said(line.severity), "near": _near(paths, line)}
        for line in found.lines
    ]
    shows = {
        "found": found,
        "lines": lines,
        "asked": asked,
        "place": code,
        "path": paths_of([node.number])[node.number] if node else (),
        "kinds": [(name, kind_said(name), count) for name, count in found.kinds.items()],
        "all_kinds": sum(found.kinds.values()),
        "severities": [
            (name, severity_said(name)["words"], found.severities[name])
            for name in SEVERITIES
            if found.severities.get(name)
        ],
        "all": sum(found.severities.values()),
        **_pages(found, asked, code),
        **_parts(request.actor),
    }
    return render(request, "web/leads.html", shows)


@needs(Can.READ_REGISTER)
@require_safe
def lead(request: Request, number: int) -> HttpResponse:
    """Show one doubt: what the list says, how it was matched, the law, what was heard, and what may be decided."""
    return render(request, "web/lead.html", _shown(request, number))


@needs(Can.HEAR_HOUSEHOLD)
@require_POST
def hear(request: Request, number: int) -> HttpResponse:
    """Record what the household says."""
    form = HearingForm(request.POST)
    seen = lead_seen(request.scope, number)

    def act() -> None:
        given: date = form.cleaned_data["heard_on"]
        hear_household(by=request.actor, hit=_hit(seen), heard_on=given, words=form.cleaned_data["words"])

    return _acted(request, number, {"hearing": form}, act)


@needs(Can.DECIDE_HIT)
@require_POST
def decide(request: Request, number: int) -> HttpResponse:
    """Decide a doubt; no status changes."""
    seen = lead_seen(request.scope, number)
    form = DecisionForm(request.POST, help_is_due=False)

    def act() -> None:
        outcome = Disposition.Outcome(form.cleaned_data["outcome"])
        held = Disposition.objects.filter(hit_id=_hit(seen), person_id=request.actor.person_id, outcome=outcome)
        if not held.exists():
            decide_hit(by=request.actor, hit=_hit(seen), outcome=outcome, reason=form.cleaned_data["reason"])

    return _acted(request, number, {"decision": form}, act)


def _acted(request: Request, number: int, given: dict[str, forms.Form], act: Callable[[], None]) -> HttpResponse:
    """Do what a form asks and show the doubt as it then is, or the same page with why it was refused."""
    (form,) = given.values()
    wrong = ""
    if form.is_valid():
        try:
            act()
        except BangfuError as error:
            if status_of(error) in _UNWELCOME:
                raise
            wrong = say(error, language=get_language()).partition(" ")[2]
        else:
            return redirect("lead", number=number)
    return render(request, "web/lead.html", _shown(request, number) | given | {"wrong": wrong}, status=400)


def _hit(seen: LeadSeen) -> int:
    if seen.hit is None:
        raise HitUnknown(hit=seen.lead.pk)
    return seen.hit


def _near(paths: Any, line: Any) -> Any:
    return paths.get(line.place, ())[-_NEAR:]


def _pages(found: LeadPage, asked: LeadsAsked, code: str) -> dict[str, str]:
    """Return the queries of the pages before and after."""
    kept = {"kind": asked.kind, "severity": asked.severity, "place": code}
    onward = {"earlier": found.page - 1, "later": found.page + 1}
    return {name: urlencode(kept | {"page": at}) for name, at in onward.items() if 1 <= at <= found.pages}


def _parts(actor: ActingPerson) -> dict[str, bool]:
    """Return what the person may do with doubts somewhere."""
    rights = {"may_hear": Can.HEAR_HOUSEHOLD, "may_decide": Can.DECIDE_HIT, "may_compare": Can.COMPARE}
    return {name: bool(scope_of(actor, right).roots) for name, right in rights.items()}


def _shown(request: Request, number: int) -> dict[str, Any]:
    scope = scope_of(request.actor, Can.READ_REGISTER)
    seen = lead_seen(scope, number)
    about = [seen.household] if seen.household is not None else []
    shows: dict[str, Any] = {
        "seen": seen,
        "kind": kind_said(seen.lead.kind),
        "head": heads_of([seen.lead.county], about).get(seen.household) if seen.household is not None else None,
        "number": household_numbers(about)["household_no"].first() if about else None,
        "path": paths_of([seen.place]).get(seen.place, ()),
        "ended": seen.household is not None and all_left(seen.household),
        "today": today(),
    }
    if seen.hit is None:
        return shows | {"severity": severity_said("other")}
    dossier = hit_dossier(scope, seen.hit)
    return shows | _told(request.actor, seen, dossier) | _may(request.actor, seen, dossier)


def _told(actor: ActingPerson, seen: LeadSeen, dossier: HitDossier) -> dict[str, Any]:
    """Return what the list and the household say, each as far as the person may see it."""
    shown, comparison = dossier.shown, dossier.comparison
    facts = told_facts(shown, sights_of(actor, seen.place, seen.household))
    reads = may_read_hearings(actor, seen.place)
    return {
        "dossier": dossier,
        "hearings": read_hearings(by=actor, hit=shown.hit) if reads else [(day, "") for day in dossier.hearings],
        "severity": severity_said(shown.severity),
        "list": list_said(comparison.kind),
        "how": how_said(shown.how, shown.score_bp),
        "facts": facts,
        "withheld": len(facts) < len(shown.facts),
        "grounds": grounds_of(comparison) if shown.severity != Hit.Severity.HELP else [],
        "outcome": OUTCOME_WORDS[shown.outcome] if shown.outcome else "",
    }


def _may(actor: ActingPerson, seen: LeadSeen, dossier: HitDossier) -> dict[str, Any]:
    """Return what the person may do with this doubt now, with the forms for it."""
    undecided, mine = dossier.disposition is None, dossier.comparison.person_id == actor.person_id
    decides = actor.may(Can.DECIDE_HIT, seen.place)
    proposed = dossier.shown.outcome == Disposition.Outcome.REMOVE_PROPOSED
    offers: dict[str, Any] = {"mine": mine and decides and undecided}
    if proposed and seen.household is not None and actor.may(Can.OPEN_CASES, seen.place):
        offers |= {"may_open": True, "removal": removal_offer(seen.household)}
    if undecided and actor.may(Can.HEAR_HOUSEHOLD, seen.place):
        offers["hearing"] = HearingForm(initial={"heard_on": today()})
    if undecided and decides and not mine:
        offers["decision"] = DecisionForm(help_is_due=dossier.shown.severity == Hit.Severity.HELP)
    return offers
