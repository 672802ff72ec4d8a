"""Errors raised when a village or county, or a household under watch, does not fit what is asked for it."""

from bangfu.kernel.errors.procedures import ProcedureError
from bangfu.kernel.texts import mark


class ExitError(ProcedureError):
    """Raised when an exit, a plan of one, or a watch over a household does not fit what is on record."""


class RunNotLatest(ExitError):
    """Raised when the exit of a place is to rest on a run that a later one has overtaken."""

    code = "BF740"
    message = mark(
        "The run of %(day)s is not the latest of its programme: that is the run of %(latest)s. "
        "An exit rests on the latest run: open the page of the place again."
    )


class PlaceExitedAlready(ExitError):
    """Raised when a place is to exit though it has exited."""

    code = "BF741"
    message = mark("This place exited on %(day)s by the decision of case %(case)s, and nothing reversed it since.")


class PlaceNotPoor(ExitError):
    """Raised when a place is to exit that the register does not have as poor."""

    code = "BF742"
    message = mark(
        "The register has this village as %(attribute)s (from %(day)s), so it has nothing to exit from. "
        "If that is wrong, correct its village ledger first."
    )


class ClassMissing(ExitError):
    """Raised when a household is to be monitored without its class."""

    code = "BF743"
    message = mark("Who is to be monitored has a class. Choose one: %(classes)s.")


class ClassDoesNotFit(ExitError):
    """Raised when a household is to be monitored in a class that it cannot be of."""

    code = "BF744"
    message = mark(
        "%(group)s is only for households that were registered as poor and have exited; this one is %(status)s. "
        "Choose another class."
    )


class PlanDayUnfit(ExitError):
    """Raised when an exit is planned for a day on which the programme does not run."""

    code = "BF746"
    message = mark("An exit under this programme is planned for a day between %(first)s and %(last)s.")


class ExitUnderWay(ExitError):
    """Raised when a plan is to be altered while the exit is being decided."""

    code = "BF747"
    message = mark(
        "The exit of this place is being decided (case %(case)s), so its planned day stands. "
        "Only before the case is opened, or after it is withdrawn, may another day be planned."
    )
