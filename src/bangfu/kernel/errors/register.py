"""Errors raised when the register refuses a verb."""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class RegisterError(BangfuError):
    """Raised when the register refuses a verb."""


class LaterRowsStand(RegisterError):
    """Raised when a batch cannot be undone because later acts stand on its rows."""

    code = "BF301"
    message = mark(
        "%(subject)s cannot be undone yet: %(later)s changed the same households later. "
        "Undo the later ones first, or import a correction."
    )


class BatchNotFound(RegisterError):
    """Raised when no batch has this number."""

    code = "BF302"
    message = mark("No batch %(batch)s is known here. See the number that `bangfu import` printed.")


class BatchNotWaiting(RegisterError):
    """Raised when a verb asks for a batch in another state."""

    code = "BF303"
    message = mark("Batch %(batch)s is %(state)s, so it cannot be %(verb)s. Nothing was changed.")


class BatchOutdated(RegisterError):
    """Raised when the register changed since the batch was staged, so that the approved difference is another one."""

    code = "BF304"
    message = mark(
        "The register changed after batch %(batch)s was staged, and the difference is not the same any more. "
        "Import the files again and approve the new difference. Nothing was changed."
    )


class BatchAltered(RegisterError):
    """Raised when the staged content is not the one whose digest was recorded."""

    code = "BF305"
    message = mark(
        "The staged files of batch %(batch)s are not what was checked. Import the files again. Nothing was changed."
    )


class ReasonMissing(RegisterError):
    """Raised when a batch is sent back without a reason, or with one that quotes a number of a person."""

    code = "BF306"
    message = mark(
        "A batch is sent back with a reason: one to %(limit)s characters, without ID numbers, phones or card numbers."
    )


class JobUnknown(RegisterError):
    """Raised when no job has this name, or it lies outside the person's area."""

    code = "BF310"
    message = mark("No job %(job)s is known here.")


class JobCancelled(RegisterError):
    """Raised inside a job at a safe point, when somebody asked it to stop."""

    code = "BF311"
    message = mark("The job was cancelled. Nothing was changed.")


class JobNotBroken(RegisterError):
    """Raised when a job that is under way, or that ended well, is to be started again."""

    code = "BF312"
    message = mark("This job is under way or has ended well, so it is not started again.")


class PlaceUnknown(RegisterError):
    """Raised when a verb or a query names a place that the tree does not have."""

    code = "BF320"
    message = mark("The tree of places has no place %(place)s. Load it with its county first, or check the code.")


class PlaceFileUnreadable(RegisterError):
    """Raised when a file of places cannot be read at all."""

    code = "BF321"
    message = mark(
        "%(file)s cannot be read as a list of places: %(reason)s. "
        "Save it as CSV in UTF-8 with the columns code, name, level and parent in its first row."
    )


class OutlineFileUnreadable(RegisterError):
    """Raised when a file of outlines cannot be read at all."""

    code = "BF322"
    message = mark(
        "%(file)s cannot be read as outlines of places: %(reason)s. "
        "Export it as GeoJSON (a FeatureCollection in UTF-8) whose features name their place in the property `code`."
    )


class HouseholdUnknown(RegisterError):
    """Raised when a household does not exist, or lies outside the area of who asks."""

    code = "BF330"
    message = mark("There is no household %(household)s here. Look for it by its number or by a member's name.")
