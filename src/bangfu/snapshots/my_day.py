"""What waits of runs: households of the person's places that cannot be judged for want of a fact."""

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.kernel.home import Home
from bangfu.kernel.texts import mark
from bangfu.places.tree import heads_of
from bangfu.snapshots.figures import figures_of, periods
from bangfu.work.my_day import Waiting

_UNDECIDED = "undecided_households"


def waiting(actor: ActingPerson) -> list[Waiting]:
    """Return how many households the latest run could not judge (待核实): the verification list."""
    scope = scope_of(actor, Can.READ_REGISTER)
    runs = periods() if scope.roots else []
    if not runs:
        return []
    told = figures_of(runs[0], Home.current(), scope, [head.number for head in heads_of(scope)])
    count = sum(figures.get(_UNDECIDED, (0, None))[0] or 0 for figures in told.values())
    if not count:
        return []
    message = mark("%(count)s households cannot be judged: facts are missing, find them out")
    query = {"outcome": "unknown", "run": runs[0].name}
    return [Waiting("snapshots.undecided", message, count, "households", {"count": count}, query=query)]
