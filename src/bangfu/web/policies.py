"""The policies of routes that libraries bring; our own routes declare theirs themselves."""

from typing import Final

from bangfu.access.policies import CLOSED, PUBLIC, SIGNED_IN, Policy

SIGN_IN: Final = "sign-in/"
"""How the addresses begin under which people sign in, change their password and set up their second factor."""
FOREIGN: Final[dict[str, Policy]] = {
    SIGN_IN: CLOSED,
    "sign-in/login/": PUBLIC,
    "sign-in/login/code/": CLOSED,
    "sign-in/logout/": PUBLIC,
    "sign-in/inactive/": PUBLIC,
    "sign-in/reauthenticate/": SIGNED_IN,
    "sign-in/password/change/": SIGNED_IN,
    "sign-in/2fa/": SIGNED_IN,
    "sign-in/2fa/authenticate/": PUBLIC,
    "sign-in/oidc/": PUBLIC,
    "sign-in/3rdparty/login/": PUBLIC,
}
"""What is not named here stays closed: nobody signs up, has an address for mail, or resets a password alone."""
