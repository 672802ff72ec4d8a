"""The words of cases on pages: what was done, what a button does, why a case waits, what a meeting must be."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from bangfu.access.roles import RIGHTS, ROLE_NAMES
from bangfu.kernel.actors import Can
from bangfu.kernel.texts import Text
from bangfu.params import Step
from bangfu.procedures.models import ActKind, CaseState

DONE_WORDS: Final = {
    ActKind.OPENED: gettext_lazy("opened"),
    ActKind.DONE: gettext_lazy("done"),
    ActKind.POSTED: gettext_lazy("notice posted"),
    ActKind.AGREED: gettext_lazy("agreed, a second person is to decide"),
    ActKind.RETURNED: gettext_lazy("sent back"),
    ActKind.REFUSED: gettext_lazy("not passed"),
    ActKind.WITHDRAWN: gettext_lazy("withdrawn"),
    ActKind.UNDONE: gettext_lazy("taken back"),
}
"""What an act did, as the mark beside it."""
STATE_WORDS: Final = {
    CaseState.OPEN: gettext_lazy("under way"),
    CaseState.FINISHED: gettext_lazy("finished"),
    CaseState.REFUSED: gettext_lazy("not passed"),
    CaseState.WITHDRAWN: gettext_lazy("withdrawn"),
}
STATE_COLOURS: Final = {CaseState.OPEN: "warn", CaseState.FINISHED: "good", CaseState.REFUSED: "bad"}
_VERBS: Final = {
    "notice": gettext_lazy("Post the notice"),
    "review": gettext_lazy("Pass the review"),
    "assessment": gettext_lazy("Pass the assessment"),
    "approval": gettext_lazy("Approve"),
    "announcement": gettext_lazy("Announce"),
    "entry": gettext_lazy("Enter in the register"),
}
_DIGITS: Final = "零一二三四五六七八九十"


def verb_of(step: Step, *, hanging: bool) -> str:
    """Return what the button of a step says."""
    if step.kind == "notice" and hanging:
        return gettext("Close the notice")
    return str(_VERBS.get(step.kind, gettext_lazy("Record this step")))


def quorum_said(step: Step) -> str:
    """Return in words how many must be present; empty where the law asks for no share."""
    if not step.quorum_numerator:
        return ""
    share = fraction(step.quorum_numerator, step.quorum_denominator)
    return gettext("At least %(share)s of those entitled must be present.") % {"share": _spoken(share)}


def majority_said(step: Step) -> str:
    """Return in words when a meeting is for a case."""
    if not step.majority_numerator:
        return gettext("A case passes when more vote for it than against it.")
    share = fraction(step.majority_numerator, step.majority_denominator)
    return gettext("A case passes when more than %(share)s of those present vote for it.") % {"share": _spoken(share)}


def fraction(numerator: int, denominator: int) -> Text:
    """Return a share as people say it: 三分之二, 2/3; half is half."""
    if numerator * 2 == denominator:
        return Text(zh="半数", en="half")
    both = f"{_numeral(denominator)}分之{_numeral(numerator)}"
    return Text(zh=both, en=f"{numerator}/{denominator}")


def reason_said(met: Sequence[Text], unmet: Sequence[Text]) -> str:
    """Return the criteria that a proposal rests on: those met, then those not met; empty where there are none."""
    titles = [gettext(", ").join(_spoken(one) for one in some) for some in (met, unmet)]
    if not unmet:
        return titles[0]
    both = [gettext("met: %(titles)s") % {"titles": titles[0]}] if met else []
    return gettext("; ").join([*both, gettext("not so: %(titles)s") % {"titles": titles[1]}])


def column_titles() -> dict[str, str]:
    """Return the titles of the columns of a sheet that its cells carry as well."""
    return {
        "village": gettext("Village"),
        "group": gettext("Group"),
        "members": gettext("Members"),
        "proposed": gettext("Proposed"),
        "because": gettext("Because"),
        "income": gettext("Income per head (yuan)"),
    }


def votes_named() -> list[tuple[str, str]]:
    """Return the three parts of a vote: the name of the input and its words."""
    return [("for", gettext("for")), ("against", gettext("against")), ("abstain", gettext("abstaining"))]


def roles_with(right: Can) -> list[Text]:
    """Return the roles that carry a right: whose step it is."""
    return [ROLE_NAMES[role] for role in ROLE_NAMES if right in RIGHTS[role]]


def address_of(route: str, **arguments: Any) -> str:
    """Return the address of a route; empty where the site has no such route."""
    try:
        return reverse(route, kwargs=arguments)
    except NoReverseMatch:
        return ""


def kinds_said(kinds: Mapping[ActKind, int]) -> list[tuple[Any, int]]:
    """Return the words of what was done, each with the number of cases."""
    return [(DONE_WORDS[kind], count) for kind, count in kinds.items()]


def _spoken(text: Text) -> str:
    return text.say(get_language() or "")


def _numeral(number: int) -> str:
    return _DIGITS[number] if number < len(_DIGITS) else str(number)
