"""How allauth is fitted in: accounts are opened by the security administrator, never by signing up."""

import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from bangfu.access.models import Account
from bangfu.kernel.home import Home

_WHERE: Final = "mfa_authenticator|secret"


def typed_login(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return the login that was typed, by whichever name a library calls it: wrong passwords are counted by it."""
    known = credentials or {}
    return known.get("login") or known.get("username") or request.POST.get("login", "")


class LongEnough(MinimumLengthValidator):
    """The length of a password, said in both languages."""

    def get_error_message(self) -> str:
        """Return what is wrong with a short one."""
        return gettext("The password is too short: it needs at least %(count)s characters.") % {
            "count": self.min_length
        }


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody signs up, and a demonstration needs no account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody opens an account for themselves."""
        del request
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go on with the new password: the own day, or what an account still lacks before it."""
        del request
        return reverse("my_day")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Tell whether the password is asked once more; not to set up a second factor just after it was typed."""
        request = self.request
        if Authenticator.objects.filter(user_id=request.user.pk).exists():
            return super().is_reauthentication_required(app=app)
        typed = get_authentication_records(request, request.user)
        return not any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in typed)

    def set_password(self, user: Account, password: str) -> None:
        """Keep a password that the person chose; the first one, handed over on paper, is behind them then."""
        user.first_password = False
        super().set_password(user, password)


class KnownAccountsOnly(DefaultSocialAccountAdapter):
    """The office's sign-on server vouches for accounts that exist here; it opens none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell that nobody opens an account this way."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the server's person to the account of the same login, or lead back to the sign-in page."""
        if sociallogin.is_existing:
            return
        told = sociallogin.account.get_provider(request).extract_common_fields(sociallogin.account.extra_data)
        login = str(told.get("username") or "")
        account = Account.objects.filter(login=login, is_active=True).first()
        if account is None:
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, account)


class SecondFactor(DefaultMFAAdapter):
    """The second factor's secret is sealed with the home's own key."""

    def encrypt(self, text: str) -> str:
        """Return the secret sealed for the database."""
        return b64encode(Home.current().keys.encrypt(text.encode(), _WHERE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret."""
        return Home.current().keys.decrypt(b64decode(encrypted_text), _WHERE).decode()
