"""Who acts on the pages: the person of the account that is signed in, or in a demonstration the one chosen."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from bangfu.access.acting import ActingPerson, acting, today
from bangfu.access.models import Account
from bangfu.kernel.errors.access import PersonUnknown
from bangfu.kernel.home import Home

CHOSEN: Final = "acts_as"
"""Key of the session under which a demonstration keeps the name of the person chosen."""
_SECURED: Final = "second_factor"


def acting_of(request: HttpRequest) -> ActingPerson | None:
    """Return who acts with the grants live today; None while nobody is signed in."""
    if Home.current().demo:
        try:
            return acting(request.session.get(CHOSEN))
        except PersonUnknown:
            return acting()
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return None
    return ActingPerson.of(account.person, today())


def unfinished(request: HttpRequest) -> str | None:
    """Return the name of the route that the signed-in person must pass first: own password, then second factor.

    A demonstration asks for neither.
    """
    if Home.current().demo or request.session.get(_SECURED):
        return None
    assert isinstance(request.user, Account)
    if request.user.first_password:
        return "account_change_password"
    if not Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists():
        return "mfa_activate_totp"
    request.session[_SECURED] = True
    return None


@receiver(authenticator_removed)
def _no_longer_secured(request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Ask for a second factor again at the next page once the last one was taken away."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(_SECURED, None)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in page and from there back to where the person was."""
    back = redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    return HttpResponseClientRedirect(back.url) if getattr(request, "htmx", False) else back
