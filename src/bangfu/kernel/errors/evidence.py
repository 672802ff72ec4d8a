"""Errors raised when a snapshot, a run or the audit chain does not hold."""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class EvidenceError(BangfuError):
    """Raised when a snapshot, a run or the audit chain does not hold."""


class SealBroken(EvidenceError):
    """Raised when sealed bytes were altered, moved to another place or sealed with another key."""

    code = "BF501"
    message = mark(
        "What is stored at %(context)s does not open with this installation's key. "
        "It was altered or moved, or the key file is another one: restore the key that belongs to this home."
    )


class EvidenceMissing(EvidenceError):
    """Raised when a file of a snapshot or run is not there."""

    code = "BF502"
    message = mark("%(place)s is missing in this home. Restore it from the backup, or freeze and run again.")


class EvidenceAltered(EvidenceError):
    """Raised when a file of a snapshot or run is not the one that was recorded."""

    code = "BF503"
    message = mark(
        "%(file)s of %(place)s was altered after it was recorded: its digest differs. "
        "Restore it from the backup; figures that name it cannot be trusted until then."
    )


class EvidenceUnknown(EvidenceError):
    """Raised when no snapshot or run has this name."""

    code = "BF504"
    message = mark("No snapshot or run %(name)s is known here. See the names that `bangfu identify` prints.")


class RunDiffers(EvidenceError):
    """Raised when computing a run again gives other results."""

    code = "BF505"
    message = mark(
        "Computing %(run)s again gave other results in %(files)s. "
        "Recorded with code %(recorded)s, computed with %(present)s. "
        "Keep the recorded files and report this difference."
    )


class HouseholdNotInRun(EvidenceError):
    """Raised when a household is not among those of a run."""

    code = "BF506"
    message = mark("Household %(household)s is not in run %(run)s. Check the number, or name another run.")


class NothingToRun(EvidenceError):
    """Raised when a run is asked for before any was made."""

    code = "BF507"
    message = mark("There is no run yet. Make one with `bangfu identify --programme P --on DAY`.")


class TruthUnreadable(EvidenceError):
    """Raised when a file of known truths cannot be read."""

    code = "BF508"
    message = mark(
        "%(file)s cannot be read as a list of what is true. Give a CSV file in UTF-8 with the columns "
        "household_no and poor (yes or no)."
    )
