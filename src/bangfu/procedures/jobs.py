"""The long work of procedures: the notices of many villages on paper."""

from typing import Final

from bangfu.access.acting import today
from bangfu.documents.paper import write_notices
from bangfu.kernel.actors import Can, require
from bangfu.kernel.texts import mark
from bangfu.procedures.boards import notices_below, told_all
from bangfu.procedures.printing import KIND, papers_of
from bangfu.work.jobs import Done, Work, job_kind

_STORED: Final = "notices.pdf"
_NAME: Final = "公示公告"
_LANGUAGE: Final = "zh"
"""What hangs on the board of a village is Chinese, whoever prints it."""


@job_kind(KIND, mark("Print notices"))
def print_notices(work: Work) -> Done:
    """Set every notice that hangs in a place today into one file, village by village."""
    request = work.job.request
    require(work.by, Can.POST_NOTICES, request["place"])
    hanging = notices_below(request["place"], today())
    if not hanging:
        return Done(mark("Nothing hangs there today, so nothing was printed."))
    facts = {"count": len(hanging), "places": len({one.place for one in hanging})}

    def tell(count: int) -> None:
        work.progress.step(count, len(hanging), mark("Setting notices"))

    tell(0)
    out = work.folder.path / _STORED
    papers = papers_of(told_all(hanging, hangs=True), request["address"], _LANGUAGE)
    write_notices(papers, out, tell)
    out.chmod(0o600)
    work.progress.finish(len(hanging))
    files = [{"stored": _STORED, "name": f"{_NAME}-{request['name']}.pdf"}]
    return Done(mark("%(count)s notices of %(places)s villages are in the file."), facts, facts | {"files": files})
