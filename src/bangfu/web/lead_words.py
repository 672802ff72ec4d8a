"""The words of doubts on pages: what is doubted, how grave it is, how a row was matched, what was decided."""

from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from bangfu.access.field_classes import Sights
from bangfu.decisions.facts import said_each
from bangfu.decisions.models import Comparison, Disposition, Hit
from bangfu.decisions.queries.hits import HitShown
from bangfu.decisions.queries.leads import OTHER
from bangfu.intake.lists import list_forms
from bangfu.params import load

_KINDS: Final = {
    "comparison.duplicate": gettext_lazy("Registered twice"),
    "unserved.registration": gettext_lazy("On a department's list, and not in the register"),
    "unserved.disability": gettext_lazy("Disability certificate that the register does not have"),
    "unserved.housing": gettext_lazy("Unsafe house that the register does not have"),
    "unserved.medical": gettext_lazy("Large medical bills paid by the household"),
    "unserved.insurance": gettext_lazy("Not in basic medical insurance"),
    "unserved.schooling": gettext_lazy("Of school age, and at no school"),
    "unserved.dibao": gettext_lazy("Below the line, without the minimum living allowance"),
    "import.status_differs": gettext_lazy("A ledger states another status than the register"),
    "household.split": gettext_lazy("Household split"),
    "household.merged": gettext_lazy("Household merged into others"),
    "household.emptied": gettext_lazy("Household without members"),
}
SEVERITY_WORDS: Final = {
    Hit.Severity.BLOCK.value: gettext_lazy("blocks until answered"),
    Hit.Severity.REVIEW.value: gettext_lazy("strict review"),
    Hit.Severity.HELP.value: gettext_lazy("somebody may lack help"),
    OTHER: gettext_lazy("to be looked into"),
}
SEVERITY_COLOURS: Final = {Hit.Severity.BLOCK.value: "bad", Hit.Severity.REVIEW.value: "warn"}
SEVERITY_MEANS: Final = {
    Hit.Severity.BLOCK.value: gettext_lazy(
        "The local list shuts such a household out once the county has checked and agreed. Until this doubt is "
        "answered, the household is not newly listed; help that it has goes on."
    ),
    Hit.Severity.REVIEW.value: gettext_lazy("The household is examined with special care. Help that it has goes on."),
    Hit.Severity.HELP.value: gettext_lazy(
        "Here nobody has too much: somebody may lack a help that the law gives. Visit, and see that it comes."
    ),
    OTHER: gettext_lazy("The register holds two things that do not fit. Look which is true, and correct the other."),
}
OUTCOME_WORDS: Final = {
    Disposition.Outcome.KEEP.value: gettext_lazy("Keep: the doubt is true, and help goes on"),
    Disposition.Outcome.REMOVE_PROPOSED.value: gettext_lazy("Propose removal: a case may be opened, and steps decide"),
    Disposition.Outcome.DISMISSED.value: gettext_lazy("Dismiss: the doubt was none"),
}
_HOW: Final = {
    Hit.How.ID.value: gettext_lazy("the same identity number"),
    Hit.How.ABSENT.value: gettext_lazy("not on the list, though it says of everybody"),
    Hit.How.OUTSIDE.value: gettext_lazy("on the list, and not in the register"),
}


def kind_said(kind: str) -> str:
    """Return what is doubted, in the language of the page."""
    if kind in _KINDS:
        return str(_KINDS[kind])
    return list_said(kind.rpartition(".")[2])


def list_said(name: str) -> str:
    """Return what a kind of list is called; the name itself where nobody knows it."""
    if name == "duplicates":
        return gettext("The register compared with itself")
    form = list_forms().get(name)
    return form.title.say(get_language() or "") if form else name


def severity_said(severity: str) -> dict[str, Any]:
    """Return the mark of a severity: its words, its colour and what it means."""
    return {
        "words": SEVERITY_WORDS[severity],
        "colour": SEVERITY_COLOURS.get(severity, "unknown"),
        "means": SEVERITY_MEANS[severity],
    }


def how_said(how: str, score_bp: int) -> str:
    """Return how a row was matched, a likely one with how likely it is."""
    if how in _HOW:
        return str(_HOW[how])
    return gettext("likely the same person: name, birth and place fit (%(score)s%%)") % {"score": f"{score_bp / 100:g}"}


def told_facts(shown: HitShown, sights: Sights) -> list[tuple[str, str]]:
    """Return what the list says as somebody sees it, as titles and words of the list itself."""
    form = list_forms().get(shown.list)
    return said_each(shown.facts, form, load(), sights) if form else []


def grounds_of(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the grounds of the programme's local lists on which such a list is asked about, each with its source."""
    form = list_forms().get(comparison.kind)
    programme = load().programmes.get(comparison.programme)
    if form is None or programme is None:
        return []
    return [
        {"list": one.title, "ground": ground.title, "blocks": ground.action == "block", "source": one.source}
        for one in programme.negative_lists.values()
        for ground in one.grounds
        if {*ground.checked_with} & {*form.checked_with}
    ]


def case_address(number: int) -> str:
    """Return the address of a case; empty where the site has no page of cases."""
    try:
        return reverse("case", args=[number])
    except NoReverseMatch:
        return ""
