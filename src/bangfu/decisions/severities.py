"""How grave a hit is until it is decided: what the local negative lists say of the office whose list it is."""

from bangfu.decisions.models import Hit
from bangfu.intake.lists import ListForm
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.kernel.texts import Text
from bangfu.params.programme import Programme

_KIND = Text(zh="负面清单", en="negative list")


def severity_of(form: ListForm, programme: Programme, negative_list: str | None = None) -> Hit.Severity:
    """Return block or review for hits of a list (分类处置).

    The mildest of the programme's local lists holds that knows the office: a household is blocked only where
    each of them would block it. A county that has taken one list names it.

    negative_list  name of the list in force; None for all of the programme's
    Raises         ParameterUnknown for a list that the programme lacks
    """
    lists = programme.negative_lists
    if negative_list is not None and negative_list not in lists:
        known = ", ".join(sorted(lists))
        raise ParameterUnknown(programme=programme.id, kind=_KIND, name=negative_list, known=known)
    chosen = [one for name, one in lists.items() if negative_list in {None, name}]
    actions = []
    for one in chosen:
        own = {ground.action for ground in one.grounds if {*ground.checked_with} & {*form.checked_with}}
        if own:
            actions.append("block" if "block" in own else "review")
    return Hit.Severity.BLOCK if actions and "review" not in actions else Hit.Severity.REVIEW
