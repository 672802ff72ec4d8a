"""Runs (识别运算): what a programme's rules found on a day, and what changed since the run before."""

from typing import Any

import polars as pl
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST

from bangfu.access.acting import today
from bangfu.access.policies import Request, needs
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can, require
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text
from bangfu.params import load
from bangfu.places.queries import places_within
from bangfu.places.scope import COUNTRY, Scope
from bangfu.snapshots.comparing import compared, counts_of, moved_criteria
from bangfu.snapshots.models import Run
from bangfu.snapshots.queries import run_before, run_frames, run_manifest, run_named, runs_listed
from bangfu.snapshots.summaries import by_place, criteria_counts
from bangfu.web.round_page import places_offered
from bangfu.work.actions.start_job import start_job


class RunForm(forms.Form):
    """A programme and the day on which its rules and the facts hold."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"))
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        spoken = get_language() or ""
        offered = self.fields["programme"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(name, one.title.say(spoken)) for name, one in load().programmes.items()]
        self.fields["on"].initial = today()


@needs(Can.READ_PLACES, Can.RUN)
def runs(request: Request) -> HttpResponse:
    """List all runs, the newest first, with the form for another one."""
    return _listed(request, RunForm())


@needs(Can.RUN)
@require_POST
def start(request: Request) -> HttpResponse:
    """Ask for another run, as a job."""
    require(request.actor, Can.RUN, COUNTRY)
    form = RunForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    wanted = {"programme": form.cleaned_data["programme"], "on": form.cleaned_data["on"].isoformat()}
    subject = f"run {wanted['programme']} {wanted['on']}"
    job = start_job(by=request.actor, kind="analysis.identify", request=wanted, subject=subject)
    return redirect("job", name=job.pk)


@needs(Can.READ_PLACES)
def run(request: Request, name: str) -> HttpResponse:
    """Show what a run found in the places of the person, and what changed since the run before."""
    made, home = run_named(name), Home.current()
    findings = run_manifest(made, home)["findings"]
    places = by_place(made, home, request.scope)
    told = {
        "run": made,
        "programme": Text(**findings["title"]),
        "provisional": findings["provisional"],
        "places": _head_and_below(places),
        "criteria": criteria_counts(made, home, findings, request.scope),
        "may_list": bool(scope_of(request.actor, Can.READ_REGISTER).roots),
        "may_open": bool(places_offered(request.actor, made, home)),
        "change": _changed(made, home, request.scope, findings["criteria"]),
    }
    return render(request, "web/run.html", told)


def _head_and_below(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first level that has more than one place, after the place above it: a lone province tells nothing."""
    by_level: dict[int, list[dict[str, Any]]] = {}
    for one in places:
        by_level.setdefault(one["level"], []).append(one)
    split = next((level for level in sorted(by_level) if len(by_level[level]) > 1), max(by_level, default=0))
    return by_level.get(split - 1, []) + by_level.get(split, [])


def _listed(request: Request, form: RunForm) -> HttpResponse:
    titles = {name: one.title for name, one in load().programmes.items()}
    listed = [{"run": one, "programme": titles.get(one.programme, one.programme)} for one in runs_listed()]
    may_run = request.actor.may(Can.RUN, COUNTRY)
    return render(request, "web/runs.html", {"runs": listed, "form": form, "may_run": may_run})


def _changed(made: Run, home: Home, scope: Scope, criteria: dict[str, Any]) -> dict[str, Any] | None:
    """Compare with the programme's run before; None where there is none."""
    before = run_before(made)
    if before is None:
        return None
    earlier, later = (run_frames(one, home, scope)["households"] for one in (before, made))
    changes = compared(earlier, later)
    known = places_within(scope).select("place", "parent", "level", "name", "code")
    towns = known.select(pl.col("place").alias("village"), pl.col("parent").alias("town"))
    named = {one["place"]: one for one in known.to_dicts()}
    rows = counts_of(changes.join(towns, on="village", how="left"), "town")
    return {
        "before": before,
        "all": counts_of(changes)[0],
        "towns": [{**one, "place": named[one["town"]]} for one in rows if one["town"] in named],
        "criteria": moved_criteria(earlier, later, changes, criteria),
    }
