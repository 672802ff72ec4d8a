"""Jobs (后台作业): what long work is under way, how far it is, and what came of it."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.access.policies import Request, signed_in
from bangfu.work import queries
from bangfu.work.actions.start_job import cancel_job, start_job_again


@signed_in
@require_safe
def jobs(request: Request) -> HttpResponse:
    """Show the latest jobs of the person, and of the area in which they approve."""
    return render(request, "web/jobs.html", {"jobs": queries.jobs_seen(request.actor)})


@signed_in
@require_safe
def job(request: Request, name: str) -> HttpResponse:
    """Show one job."""
    return render(request, "web/job.html", _shown(request, name))


@signed_in
@require_safe
def job_progress(request: Request, name: str) -> HttpResponse:
    """Show the part of the page that changes; asked for every second until the job has ended."""
    return render(request, "web/job_progress.html", _shown(request, name))


@signed_in
@require_POST
def stop_job(request: Request, name: str) -> HttpResponse:
    """Ask a job of one's own to stop."""
    found = queries.job_named(name, request.actor)
    if found.person_id == request.actor.person_id:
        cancel_job(job=found)
    return redirect("job", name=name)


@signed_in
@require_POST
def restart_job(request: Request, name: str) -> HttpResponse:
    """Start a job of one's own again."""
    start_job_again(by=request.actor, job=queries.job_named(name, request.actor))
    return redirect("job", name=name)


@signed_in
@require_safe
def job_file(request: Request, name: str, number: int) -> FileResponse:
    """Hand out a result of a job under its own name; browsers are told to keep it, never to open it."""
    path, called = queries.result_file(name, request.actor, number)
    return handed_out(path, called)


def handed_out(path: Any, called: str) -> FileResponse:
    """Return a file as something to keep."""
    return FileResponse(path.open("rb"), as_attachment=True, filename=called, content_type="application/octet-stream")


def _shown(request: Request, name: str) -> dict[str, Any]:
    shown = queries.job_view(name, request.actor)
    return {"job": shown, "batch": shown.result.get("batch") or shown.request.get("batch")}
