"""Errors raised when a procedure does not allow an act."""

from bangfu.kernel.errors.base import BangfuError
from bangfu.kernel.texts import mark


class ProcedureError(BangfuError):
    """Raised when a procedure does not allow an act; nothing was changed."""


class CaseUnknown(ProcedureError):
    """Raised when a case does not exist, or lies outside the area of who asks."""

    code = "BF701"
    message = mark("There is no case %(case)s here. Look for it in the list of its village.")


class CaseOpenAlready(ProcedureError):
    """Raised when a case is to be opened about what has an open case of the same programme."""

    code = "BF702"
    message = mark("%(count)s of these have an open case of this programme already. Finish that one or end it first.")


class StepOutOfTurn(ProcedureError):
    """Raised when a step is to be taken that is not the next one."""

    code = "BF703"
    message = mark(
        "%(count)s of these cases do not wait for %(step)s: the next step of the first is %(next)s. "
        "Steps are taken in their order, none is left out."
    )


class CaseEnded(ProcedureError):
    """Raised when an act is to be done in a case that has ended."""

    code = "BF704"
    message = mark(
        "%(count)s of these cases have ended; nothing more is done in them. If facts changed, open new ones."
    )


class ObjectionOpen(ProcedureError):
    """Raised when a case is to go on while an objection is open."""

    code = "BF705"
    message = mark(
        "An objection is open against %(count)s of these cases, so they wait. Answer it with a reason first."
    )


class NoticeTooShort(ProcedureError):
    """Raised when a notice is to be closed before its days are served."""

    code = "BF706"
    message = mark(
        "The notice must hang %(days)s days and has served %(served)s: it may be closed on %(day)s at the earliest."
    )


class DayOutOfOrder(ProcedureError):
    """Raised when an act bears a day that cannot be."""

    code = "BF707"
    message = mark(
        "%(day)s cannot be the day of this act: it lies before the step that came first (%(first)s) or after today."
    )


class DayNotToday(ProcedureError):
    """Raised when a notice, a review or an approval is to bear another day than the present one."""

    code = "BF708"
    message = mark("%(step)s happens here and now; it cannot bear the day %(day)s. Only records of earlier work may.")


class NoQuorum(ProcedureError):
    """Raised when too few of those entitled were present."""

    code = "BF709"
    message = mark(
        "%(present)s of %(entitled)s were present; this meeting needs %(numerator)s/%(denominator)s. "
        "Call it again: it cannot decide."
    )


class CountsDoNotFit(ProcedureError):
    """Raised when numbers of a meeting contradict each other."""

    code = "BF710"
    message = mark("These numbers do not fit: %(entitled)s entitled, %(present)s present, %(votes)s votes. Check them.")


class PaperMissing(ProcedureError):
    """Raised when a paper that a step leaves is not on file."""

    code = "BF711"
    message = mark("%(step)s leaves papers that are not on file: %(papers)s. Add them, then confirm each.")


class EarlierHand(ProcedureError):
    """Raised when somebody is to decide a case on which they did something before."""

    code = "BF712"
    message = mark(
        "%(actor)s worked on %(count)s of these cases before and cannot decide them as well. "
        "Ask another person who holds the right to do it."
    )


class CasesChanged(ProcedureError):
    """Raised when cases are not any more what the person saw."""

    code = "BF713"
    message = mark("These cases changed after you opened the page. Look at them again, then decide.")


class ReasonNeeded(ProcedureError):
    """Raised when something is sent back, refused, withdrawn or undone without a reason, or with a person's number."""

    code = "BF714"
    message = mark("A reason is needed: one to %(limit)s characters, without ID numbers, phones or card numbers.")


class ActStands(ProcedureError):
    """Raised when an act cannot be undone any more."""

    code = "BF715"
    message = mark("This act cannot be undone: it was published, entered in the register, or later acts stand on it.")


class ObjectionUnknown(ProcedureError):
    """Raised when an objection does not exist, or lies outside what the person may hear."""

    code = "BF716"
    message = mark("There is no objection %(objection)s here.")


class ObjectionAnswered(ProcedureError):
    """Raised when an objection that has its answer is to be answered again."""

    code = "BF717"
    message = mark("This objection has its answer. Whoever is not satisfied may appeal to the next level.")


class NothingToDo(ProcedureError):
    """Raised when an act names no case."""

    code = "BF718"
    message = mark("No case was chosen. Choose at least one.")


class StepUnknown(ProcedureError):
    """Raised when a procedure has no such step."""

    code = "BF719"
    message = mark("%(procedure)s has no step %(step)s.")


class CriteriaNotMet(ProcedureError):
    """Raised when a case asks for what its findings do not carry."""

    code = "BF721"
    message = mark(
        "The findings do not carry this: %(criteria)s. What is unknown counts as not shown: "
        "verify the facts, run again, then come back."
    )


class StatusDoesNotFit(ProcedureError):
    """Raised when a case is to be opened that does not fit what a household is at present."""

    code = "BF722"
    message = mark("The household is %(status)s at present, so it cannot be proposed to be %(proposal)s.")


class WordsTooLong(ProcedureError):
    """Raised when the words of an objection are missing or too long."""

    code = "BF720"
    message = mark("Write one to %(limit)s characters.")


class RefusalOutOfPlace(ProcedureError):
    """Raised when a case is to be refused at a step that judges nothing."""

    code = "BF733"
    message = mark(
        "At this step nobody refuses these cases alone: %(step)s. A meeting votes them down; elsewhere send them back "
        "with a reason to the step that is to judge them again."
    )


class WithdrawalTooLate(ProcedureError):
    """Raised when a case is to be withdrawn of which a notice hung already."""

    code = "BF734"
    message = mark(
        "%(count)s of these cases were on a public notice. Who asked to be listed may ask no longer: withdraw that "
        "case alone, with the number under which its signed request is filed. Send others back to the step that judges."
    )


class ObjectionUpheld(ProcedureError):
    """Raised when a case is to go forward although an objection to it was found right."""

    code = "BF735"
    message = mark(
        "An objection against %(count)s of these cases was found right, so they do not go on as they are. "
        "Send them back with a reason, or refuse them where the step judges."
    )


class CodeMissing(ProcedureError):
    """Raised when a step is taken without saying what it is to find, of a list of answers."""

    code = "BF737"
    message = mark("%(what)s: choose what was found. One of: %(codes)s.")


class PaperUnfit(ProcedureError):
    """Raised when the number of a paper is too long or hides the number of a person, phone or card."""

    code = "BF738"
    message = mark(
        "Give the number under which the paper is filed: at most %(limit)s signs, no ID, phone or card number."
    )


class LateWithoutReason(ProcedureError):
    """Raised when a step is finished after its last day and nobody says why."""

    code = "BF736"
    message = mark(
        "%(count)s of these cases are past the last day for %(step)s, by up to %(days)s days. "
        "Say why: the reason is kept with the act."
    )


class RoundUnknown(ProcedureError):
    """Raised when a round does not exist, or lies outside the area of who asks."""

    code = "BF730"
    message = mark("There is no round %(round)s here. Look for it among the rounds.")


class NoticeUnknown(ProcedureError):
    """Raised when a notice, or a line of it, does not exist or does not hang any more."""

    code = "BF732"
    message = mark("There is no notice %(notice)s here, or it was taken down.")


class HitUnanswered(ProcedureError):
    """Raised when households shall be put on a list about which another department's list says what blocks it."""

    code = "BF724"
    message = mark(
        "Of %(count)s of these households another department's list says what must be answered first (cases "
        "%(cases)s). Hear the household and decide the doubt, then go on; leave these cases out until then."
    )


class StatusOvertaken(ProcedureError):
    """Raised when households are no longer what they were when their cases began."""

    code = "BF725"
    message = mark(
        "%(count)s of these households are no longer what they were when their cases began (cases %(cases)s), so the "
        "proposal does not fit any more. Refuse or send back these, and go on with the others."
    )


class AppealFinal(ProcedureError):
    """Raised when an appeal is to be appealed: there is one appeal, then the answer stands."""

    code = "BF750"
    message = mark("This was an appeal already. There is one appeal; its answer is final.")
