"""The card door (凭卡查询): number and code of its card open a household its own page, for a quarter of an hour."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.access.acting import today
from bangfu.access.actions.count_attempt import count_attempts, forget_attempts
from bangfu.access.founding import Visitor
from bangfu.access.policies import Request, needs, public
from bangfu.access.refusals import status_of
from bangfu.access.scope import scope_required
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.errors.register import HouseholdUnknown
from bangfu.kernel.home import Home
from bangfu.procedures.actions.raise_objection import LONGEST, LONGEST_NAME, Complaint, raise_objection
from bangfu.procedures.answering import programme_answering
from bangfu.procedures.models import Channel
from bangfu.registry.actions.renew_card import renew_card
from bangfu.registry.card_codes import LONGEST_NUMBER, card_holder
from bangfu.web.card_page import CardPage, card_page
from bangfu.web.doors import WORDS_OF_CARD, card_tries, close_card, new_sheet, open_card, sheet_of, shown_card
from bangfu.web.views.objecting import given, in_words


@public
@require_http_methods(["GET", "HEAD", "POST"])
def card_door(request: Request) -> HttpResponse:
    """Take number and code of a card, and open the page of its household."""
    if request.method != "POST":
        return redirect("card_page") if shown_card(request) else _door(request, 200)
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    if not number.strip() or not code.strip():
        return _door(request, 400, empty=True)
    try:
        tries = count_attempts(card_tries(request, number))
        household, issue = card_holder(Home.current().keys, number, code)
    except BangfuError as error:
        return _door(request, status_of(error), problem=in_words(error))
    forget_attempts(tries)
    open_card(request, household, issue)
    return redirect("card_page")


@public
@require_safe
def own_page(request: Request) -> HttpResponse:
    """Show the household whose card is open its own page; the address names nobody."""
    card = shown_card(request)
    if card is None:
        return redirect("card_door")
    return _page(request, card.household)


@public
@require_POST
def object_to_own(request: Request) -> HttpResponse:
    """Take what the household says against its case, or about how it is treated; give a receipt."""
    card = shown_card(request)
    if card is None:
        return redirect("card_door")
    words, who = request.POST.get("words", ""), request.POST.get("who", "")
    if not words.strip():
        return _page(request, card.household, 400, no_words=True)
    page = card_page(card.household, today())
    case = page.case.path.case.pk if page.case else None
    complaint = Complaint(
        place=page.village,
        words=words,
        who=_named(page, who),
        case=case,
        channel=Channel.HOUSEHOLD,
        sheet=sheet_of(request),
    )
    try:
        count_attempts({WORDS_OF_CARD: str(card.household)})
        programme = programme_answering(page.village, case, today())
        made = raise_objection(by=Visitor(), complaint=complaint, programme=programme)
    except BangfuError as error:
        problem = in_words(error)
        return _page(request, card.household, status_of(error), problem=problem, words=words[:LONGEST], who=who)
    return given(request, made)


@public
@require_POST
def leave(request: Request) -> HttpResponse:
    """Close the page: the next who takes this phone sees nothing."""
    close_card(request)
    return redirect("card_door")


@needs(Can.STAGE_IMPORT)
@require_POST
def renew(request: Request, number: int) -> HttpResponse:
    """Issue a household's card anew, because the old one was lost or seen by others."""
    renew_card(by=request.actor, scope=scope_required(request.actor, Can.READ_REGISTER), household=number)
    return redirect("household_card", number=number)


def _door(request: Request, status: int, **shows: object) -> HttpResponse:
    return render(request, "web/card_door.html", shows | {"longest": LONGEST_NUMBER}, status=status)


def _page(request: Request, household: int, status: int = 200, **shows: object) -> HttpResponse:
    try:
        page = card_page(household, today())
    except HouseholdUnknown:
        close_card(request)
        return redirect("card_door")
    shows |= {"page": page, "today": today(), "longest": LONGEST, "longest_name": LONGEST_NAME - LONGEST_NUMBER}
    return render(request, "web/card_page.html", shows | {"sheet": sheet_of(request) or new_sheet()}, status=status)


def _named(page: CardPage, who: str) -> str:
    """Return who objects: the household of the card, and how it wants to be reached."""
    return f"户编号{page.number} {who.strip()}".strip()[:LONGEST_NAME]
